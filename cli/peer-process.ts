import { relayClient } from '../chaos/relay/client.ts';
import { type Ways, waysBy } from '../chaos/relay/ways.ts';
import { servePeers } from '../generators/participants/peers/serve.ts';
import type { MediaSetup } from '../generators/participants/thread/messages.ts';

/** The entry of the WebRTC participants' process beside a load worker. */
const [written = '{}'] = process.argv.slice(2);
const setup = JSON.parse(written) as MediaSetup;
const ways = new Map<string, Ways>();
await servePeers(process, setup, (path) => {
  const known = ways.get(path) ?? waysBy(relayClient(setup.reach.media?.relay ?? ''), path);
  ways.set(path, known);
  return known;
});
