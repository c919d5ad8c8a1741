import { servePeers } from '../generators/participants/peers/serve.ts';
import type { MediaSetup } from '../generators/participants/thread/messages.ts';

/** The entry of the WebRTC participants' process beside a load worker. */
const [setup = '{}'] = process.argv.slice(2);
await servePeers(process, JSON.parse(setup) as MediaSetup);
