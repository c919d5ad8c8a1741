import { expect, test } from 'vitest';
import type { Client } from '../../../core/target.ts';
import { mediaWire } from '../../../generators/participants/thread/media-wire.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { parseBrowserDeclaration } from '../../../targets/browser/schema.ts';
import { browserTarget } from '../../../targets/browser/target.ts';
import { livekitTarget } from '../../../targets/livekit/target.ts';
import { signerOf } from '../../../targets/livekit/token.ts';
import { peers } from '../../support/attended.ts';
import { beginNow, browsing, factsUntil, nobody, REACH, sum } from '../../support/browser.ts';
import { startLivekit } from '../../support/livekit-server.ts';
import { describeWith } from '../../support/real-part.ts';
import { LIVEKIT_PAGE, servePage } from '../../support/rtc-page.ts';
import { wishFor } from '../../support/wish.ts';

describeWith('livekit', 'a room of a LiveKit server', () => {
  describeWith('chromium', 'in a browser', () => {
    test('shows decoded frames of a native participant', { timeout: 60_000 }, async () => {
      const [server, page, own] = [await startLivekit(), await servePage(LIVEKIT_PAGE), browsing()];
      const host = peers();
      const wire = nodeWire(REACH, mediaWire(host));
      try {
        const io = new PatientTransport(wire);
        io.giveUpAt = performance.now() + 30_000;
        await wire.media?.ready();
        const native = livekitTarget('meet', { ...server, kind: 'livekit' }).client(io, nobody) as Required<Client>;
        const meeting = await native.createMeeting(wishFor('seen'));
        const seat = await native.join(meeting);
        if (!seat.media) throw new Error('no media');
        await io.media?.attend(seat.media, { meeting: meeting.id, size: 2, camera: true, who: 7 });

        const token = await signerOf(server.key, server.secret)('probe', 'Probe', { roomJoin: true, room: meeting.id });
        const query = `access_token=${token}&auto_subscribe=1&sdk=js&version=2.15.0&protocol=15`;
        const address = `${server.url.replace('http', 'ws')}/rtc?${query}`;
        const written = {
          ...{ kind: 'browser', url: page.url, meeting: '${meeting.key}' },
          steps: { login: [{ goto: '/' }], join: [{ evaluate: `enter("${address}")` }, { wait: '#joined' }] },
        };
        const target = browserTarget('page', parseBrowserDeclaration(written, 'targets.page', {}));
        const client = target.client(own.io(), nobody) as Required<Client>;
        beginNow(own);
        const there = await client.join(meeting);
        if (!there.media) throw new Error('no media');
        const attendee = { meeting: meeting.id, size: 2, camera: false, who: 1, joining: 50 };
        const attendance = await own.wire.attend(there.media, attendee, Number.POSITIVE_INFINITY);
        const enough = (facts: Parameters<typeof sum>[0]) =>
          sum(facts, ({ decoded = 0 }) => decoded) > 40 && facts.some(({ roundTrip }) => roundTrip !== undefined);
        const facts = await factsUntil(own.wire, attendance, enough);
        expect(sum(facts, ({ audio }) => audio.packets)).toBeGreaterThan(20);
        expect(sum(facts, ({ video }) => video.packets)).toBeGreaterThan(20);
        const { ice = Number.NaN, packet = Number.NaN, frame = Number.NaN } = (await attendance.entry) ?? {};
        expect(ice).toBeLessThanOrEqual(packet);
        expect(packet).toBeLessThanOrEqual(frame);
        expect(frame).toBeLessThan(15_000);
      } finally {
        own.stop();
        wire.close();
        host.end();
        page.stop();
        await server.stop();
      }
    });
  });
});
