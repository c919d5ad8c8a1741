import { bandwidth } from './bandwidth.ts';
import { latency } from './latency.ts';
import { limitData } from './limit-data.ts';
import { noop } from './noop.ts';
import { resetPeer } from './reset-peer.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { timeout } from './timeout.ts';
import type { ToxicKind } from './toxic.ts';

/** Every kind of toxic there is. */
const KINDS: readonly ToxicKind[] = [latency, bandwidth, slowClose, timeout, resetPeer, slicer, limitData, noop];

/** The kind of a type, or undefined. */
export function kindOfType(type: string): ToxicKind | undefined {
  return KINDS.find((kind) => kind.type === type);
}
