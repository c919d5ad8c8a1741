import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Picture } from '../../../core/event.ts';
import type { Client } from '../../../core/target.ts';
import { threadHost } from '../../../generators/participants/thread/host.ts';
import { mediaWire } from '../../../generators/participants/thread/media-wire.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { parseBrowserDeclaration } from '../../../targets/browser/schema.ts';
import { browserTarget } from '../../../targets/browser/target.ts';
import { parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { httpTarget } from '../../../targets/http/target.ts';
import { referenceDeclaration } from '../../../targets/reference/declaration.ts';
import type { RunningReference } from '../../../targets/reference/start.ts';
import { type Browsing, beginNow, browsing, factsUntil, REACH, sum } from '../../support/browser.ts';
import { describeWith } from '../../support/real-part.ts';
import { describeWithReference, PATIENCE, person, startForTest } from '../../support/reference.ts';
import { STEPS } from '../../support/web-client-steps.ts';
import { wishFor } from '../../support/wish.ts';

/** They open meetings as well, and see that they have left. */
const OWN_STEPS = {
  ...STEPS,
  createMeeting: [{ click: '#new-meeting' }, { read: '#meeting-id' }],
  leave: [...STEPS.leave, { wait: '#lobby' }],
};

describeWith('chromium', 'a browser on the web client of the reference target', () => {
  describeWithReference('which is there', () => {
    let reference: RunningReference;
    let own: Browsing;
    const pictures: Picture[] = [];

    beforeAll(async () => {
      reference = await startForTest('hardened', { media: true });
      own = browsing({ measure: 'conference.received()', pictureAt: 0 });
      own.wire.onPicture((picture) => pictures.push(picture));
      beginNow(own);
    }, PATIENCE);
    afterAll(() => own?.stop());

    const clientOf = (who: number, changed: object = {}, patience?: number): Required<Client> => {
      const written = { kind: 'browser', url: reference.url, steps: OWN_STEPS, ...changed };
      const declaration = parseBrowserDeclaration(written, 'targets.page', {});
      return browserTarget('page', declaration).client(own.io(patience), {
        index: who,
        ...person(who),
      }) as Required<Client>;
    };
    const failureOf = (done: Promise<unknown>) =>
      done.then(
        () => undefined,
        (thrown: Error) => thrown,
      );

    /** Somebody native who sends sound and picture, and their meeting. */
    const publisher = async () => {
      const worker = new Worker(new URL('../../../dist/cli/media-worker.js', import.meta.url), {
        workerData: { seed: 1, reach: REACH },
      });
      const media = mediaWire(threadHost(worker));
      const wire = nodeWire(REACH, media);
      const io = new PatientTransport(wire);
      io.giveUpAt = performance.now() + 20_000;
      const declaration = parseHttpDeclaration(referenceDeclaration(reference), 'targets.reference', {});
      const client = httpTarget('reference', declaration).client(io, { index: 0, ...person(0) }) as Required<Client>;
      await client.login();
      const meeting = await client.createMeeting(wishFor('seen'));
      const seat = await client.join(meeting);
      if (!seat.media) throw new Error('no media');
      await io.media?.attend(seat.media, { meeting: meeting.id, size: 2, camera: true, who: 7 });
      return { meeting, stop: () => wire.close() };
    };

    test('signs in, joins, hears a native participant and shows decoded frames of them', {
      timeout: 60_000,
    }, async () => {
      const native = await publisher();
      const client = clientOf(1);
      await client.login();
      const seat = await client.join(native.meeting);
      if (!seat.media) throw new Error('no media');
      const attendance = await own.wire.attend(
        seat.media,
        { meeting: native.meeting.id, size: 2, camera: false, who: 1, joining: 100 },
        Number.POSITIVE_INFINITY,
      );
      // A key frame comes every ten seconds.
      const facts = await factsUntil(own.wire, attendance, (told) => sum(told, ({ decoded = 0 }) => decoded) > 30);
      expect(facts.some(({ audio, breach }) => audio.packets > 20 && breach === undefined)).toBe(true);
      expect(sum(facts, ({ audio }) => Math.abs(audio.lost))).toBeLessThan(
        sum(facts, ({ audio }) => audio.packets) / 10,
      );
      expect(await attendance.entry).toMatchObject({ signalling: 100 });
      expect(pictures.filter(({ why }) => why === 'storm')).toHaveLength(1);
      expect(pictures[0]?.jpeg).toMatch(/^\/9j\/[A-Za-z0-9+/]+={0,2}$/);
      await seat.leave();
      client.goodbye();
      native.stop();
    });

    test('makes a meeting, and somebody else finds it', async () => {
      const [host, guest] = [clientOf(2), clientOf(3)];
      const meeting = await host.createMeeting(wishFor('mine'));
      expect(meeting.id).toMatch(/^[\w-]{4,64}$/);
      const seat = await guest.join(meeting);
      await seat.leave();
      for (const one of [host, guest]) one.goodbye();
    });

    test('who was made ready before goes on at the page that is open, and opens another when it is gone', async () => {
      const [host, guest] = [clientOf(2), clientOf(3)];
      const meeting = await host.createMeeting(wishFor('kept'));
      host.goodbye();
      await guest.makeReady?.();
      const before = own.wire.size;
      const visit = guest.elsewhere(own.io()) as Required<Client>;
      const seat = await visit.join(meeting);
      expect(own.wire.size).toBe(before);
      await seat.leave();
      visit.goodbye();
      expect(own.wire.size).toBe(before - 1);
      const next = guest.elsewhere(own.io()) as Required<Client>;
      await (await next.join(meeting)).leave();
      next.goodbye();
    });

    test('says what a no is, and shows the page that said so', async () => {
      const wrong = parseBrowserDeclaration(
        { kind: 'browser', url: reference.url, steps: OWN_STEPS },
        'targets.page',
        {},
      );
      const stranger = { index: 1, ...person(1), password: 'not that', impostor: true as const };
      const impostor = browserTarget('page', wrong).client(own.io(), stranger);
      expect(await failureOf(Promise.resolve(impostor.login?.()))).toMatchObject({ name: 'Failure', kind: 'denied' });
      expect(await failureOf(clientOf(1, {}, 3_000).join({ id: 'nowhere' }))).toMatchObject({ name: 'Failure' });
      const impatient = clientOf(1, { steps: { login: [{ goto: '/' }, { wait: '#never' }] } }, 1_500);
      expect(await failureOf(impatient.login())).toMatchObject({ kind: 'timeout' });
      const nowhere = clientOf(1, { url: 'http://127.0.0.1:9' });
      expect(await failureOf(nowhere.login())).toMatchObject({
        kind: expect.stringMatching(/refused|unreachable|protocol/),
      });
      expect(pictures.filter(({ why }) => why === 'failure').map(({ says }) => says)).toContain(
        'the page shows #denied',
      );
    });

    test('has so many pages and no more', async () => {
      const [first, second, third] = [clientOf(1), clientOf(2), clientOf(3)];
      const meeting = await first.createMeeting(wishFor('full'));
      const seats = [await first.join(meeting), await second.join(meeting)];
      for (const { media } of seats)
        if (media) await own.wire.attend(media, { meeting: meeting.id, size: 2, camera: false, who: 1 }, 1e9);
      expect(await failureOf(third.login())).toMatchObject({ name: 'Exhausted' });
      for (const one of [first, second]) one.goodbye();
    });
  });
});
