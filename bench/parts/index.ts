import type { Bench, Section } from '../bench.ts';
import type { Part } from '../options.ts';
import { cpu } from './cpu.ts';
import { joins } from './joins.ts';
import { lateness } from './lateness.ts';
import { memory } from './memory.ts';
import { participants } from './participants.ts';
import { proxies } from './proxies.ts';
import { relay } from './relay.ts';
import { stall } from './stall.ts';
import { start } from './start.ts';
import { webrtc } from './webrtc.ts';
import { websockets } from './websockets.ts';

/** How every part is measured. */
export const parts: Readonly<Record<Part, (bench: Bench) => Promise<Section>>> = {
  cpu,
  lateness,
  stall,
  websockets,
  memory,
  start,
  proxies,
  relay,
  participants,
  webrtc,
  joins,
};
