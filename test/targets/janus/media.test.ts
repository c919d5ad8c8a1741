import { afterEach, expect, test } from 'vitest';
import { ENTRY_PHASES, lossOf, type MediaFacts } from '../../../core/media.ts';
import { parseJanusDeclaration } from '../../../targets/janus/schema.ts';
import { janusTarget } from '../../../targets/janus/target.ts';
import { attended, expectMet, peers } from '../../support/attended.ts';
import { conference, gone, nextFacts } from '../../support/conference.ts';
import { type JanusServer, startJanus } from '../../support/janus-server.ts';
import { describeWith } from '../../support/real-part.ts';
import { total } from '../../support/shards.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function started(): Promise<JanusServer> {
  const server = await startJanus();
  closing.push(() => server.stop());
  return server;
}

const declared = ({ url }: JanusServer, changes: object = {}) =>
  janusTarget('meet', parseJanusDeclaration({ kind: 'janus', url, ...changes }, 'targets.meet', {}));

/** People who can take a seat with sound and picture. */
const hallOf = (server: JanusServer, changes: object = {}) =>
  conference(declared(server, changes), peers(server.beside), closing);

/** 50 packets of sound a second of everybody else, and pictures; all of them came. */
function expectWhole({ audio, video, breach }: MediaFacts, others: number): void {
  expect(audio.packets).toBeGreaterThan(others * 40);
  expect(audio.packets).toBeLessThan(others * 60);
  expect(video.packets).toBeGreaterThan(others * 20);
  expect([lossOf(audio), lossOf(video), breach]).toEqual([0, 0, undefined]);
}

describeWith('janus', 'people with sound and picture in a room of a Janus server', () => {
  test('hear and see each other, whoever comes and goes, as many as the room takes', { timeout: 60_000 }, async () => {
    const { open, enter, seconds } = await hallOf(await started(), { publishers: 2 });
    const meeting = await open('hall');
    const [ada, bo] = [await enter(1, meeting), await enter(2, meeting)];
    for (const one of [ada, bo]) expectWhole(await nextFacts(one, seconds), 1);
    const entry = await bo.attendance.entry;
    const steps = ENTRY_PHASES.map((phase) => entry?.[phase] ?? Number.NaN);
    expect(steps.toSorted((a, b) => a - b)).toEqual(steps);
    await expect(enter(3, meeting)).rejects.toMatchObject({ name: 'Failure', kind: 'shed' });
    await gone(ada);
    await expect.poll(() => enter(3, meeting).then(gone), { timeout: 10_000 }).toBeUndefined();
    const cy = await enter(4, meeting);
    for (const one of [bo, cy]) expectWhole(await nextFacts(one, seconds), 1);
    expect([...bo.news, ...cy.news]).toEqual([]);
  });

  test('are told when it is killed', { timeout: 60_000 }, async () => {
    const server = await started();
    const { open, enter } = await hallOf(server);
    const meeting = await open('short');
    const [ada, bo] = [await enter(1, meeting), await enter(2, meeting)];
    server.signal('SIGKILL');
    await expect
      .poll(() => [...ada.news, ...bo.news].map(({ is }) => is), { timeout: 10_000 })
      .toEqual(['lost', 'lost']);
    await expect(enter(3, meeting)).rejects.toMatchObject({ kind: 'reset' });
    await Promise.all([gone(ada), gone(bo)]);
  });
});

describeWith('janus', 'five people in a room of the plugin AudioBridge', () => {
  test('each hear one mix of the others, and see nobody', { timeout: 60_000 }, async () => {
    const { open, enter, seconds } = await hallOf(await started(), { plugin: 'audiobridge' });
    const meeting = await open('bridge');
    expect(await open('bridge')).toEqual(meeting);
    const people = await Promise.all([1, 2, 3, 4, 5].map((who) => enter(who, meeting)));
    const facts = await Promise.all(people.map((one) => nextFacts(one, seconds)));
    for (const { audio, video, breach, jitter, bytesSent } of facts) {
      // One stream of 20 ms packets, however many speak.
      expect(audio.packets).toBeGreaterThan(40);
      expect(audio.packets).toBeLessThan(60);
      expect([lossOf(audio), video.packets, breach]).toEqual([0, 0, undefined]);
      expect(jitter).toBeGreaterThanOrEqual(0);
      expect(bytesSent).toBeGreaterThan(1_000);
    }
    expect(people.flatMap(({ news }) => news)).toEqual([]);
    await Promise.all(people.map(gone));
  });
});

describeWith('janus', 'meetings of a plan at a Janus server', () => {
  test('hold the quality floor, and tell the steps of joining apart', { timeout: 60_000 }, async () => {
    const server = await started();
    const met = await attended(5_000, declared(server), undefined, undefined, peers(server.beside));
    expect(total(met.bins, (bin) => bin.offered)).toBe(7 + 2 * 6);
    // Two others, each 50 packets a second.
    expectMet(met, { good: 0.4, audio: 30, video: 6 });
  });
});
