import { afterEach, expect, test } from 'vitest';
import { startRelay } from '../../../chaos/relay/relay.ts';
import { livekitTarget } from '../../../targets/livekit/target.ts';
import { peers } from '../../support/attended.ts';
import { conference } from '../../support/conference.ts';
import { startLivekit } from '../../support/livekit-server.ts';
import { describeWith } from '../../support/real-part.ts';
import { expectRelayed, PATH } from '../../support/relayed-conference.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A real LiveKit, a relay, and people whose media go by it. */
async function relayed() {
  const server = await startLivekit();
  closing.push(() => server.stop());
  const relay = await startRelay({ seed: 1 });
  closing.push(() => relay.stop());
  await relay.begin(PATH);
  const host = peers([], { relay: relay.url, paths: { '': PATH } });
  return { relay, hall: await conference(livekitTarget('meet', { ...server, kind: 'livekit' }), host, closing, 4) };
}

describeWith('livekit', 'people whose media go to a LiveKit server by a relay', () => {
  test('measure what is done to their datagrams, and have no other way', { timeout: 90_000 }, async () => {
    const { relay, hall } = await relayed();
    await expectRelayed(hall, relay);
  });

  test('are let down by the generator, and not by the target, when the relay has ended', {
    timeout: 60_000,
  }, async () => {
    const { relay, hall } = await relayed();
    await relay.stop();
    await expect(hall.enter(0, await hall.open('hall'))).rejects.toMatchObject({ name: 'Exhausted' });
  });
});
