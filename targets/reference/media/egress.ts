import { type Bucket, fill, fullBucket } from './bucket.ts';
import { emptyFifo, type Fifo, lengthOf, taken } from './fifo.ts';
import type { Lane, Outgoing, Queue } from './lane.ts';
import { AUDIO_TYPE } from './rtp.ts';
import type { MediaSettings } from './settings.ts';
import type { PacketKind, Tally } from './tally.ts';

/** Everything a media server forwards goes by here: in turn from each participant's queue, as fast as the link takes it. */
export interface Egress {
  readonly settings: EgressSettings;
  readonly tally: Tally;
  readonly hand: Hand;
  readonly bucket: Bucket;
  /** Whom something waits for, each once: something urgent, and anything else. */
  readonly rounds: readonly [urgent: Fifo<Lane>, other: Fifo<Lane>];
  /** Packets that wait, of all queues. */
  waiting: number;
  isScheduled: boolean;
}

type EgressSettings = Pick<MediaSettings, 'queuePerSeat' | 'egressBytesPerSecond' | 'adaptsVideo' | 'copiesWaiting'>;

/** Hands a datagram to the operating system. */
export type Hand = (datagram: Outgoing, host: string, port: number) => void;

/** IPv4 and UDP put so many bytes before each datagram. */
const HEADERS = 28;
/** How many go out before what has come in meanwhile is looked at. */
const BATCH = 256;

/** An egress with nothing in it. */
export function openEgress(settings: EgressSettings, tally: Tally, hand: Hand): Egress {
  const bucket = fullBucket(settings.egressBytesPerSecond, performance.now());
  return { settings, tally, hand, bucket, rounds: [emptyFifo(), emptyFifo()], waiting: 0, isScheduled: false };
}

/** Puts a datagram in a participant's queue. */
export function enqueue(egress: Egress, lane: Lane, datagram: Outgoing, isUrgent: boolean): void {
  if (!lane.address || lane.isClosed) return;
  const round = isUrgent || lane.urgent === lane.other ? 0 : 1;
  const queue = round === 0 ? lane.urgent : lane.other;
  if (lengthOf(queue.waiting) >= egress.settings.queuePerSeat) {
    taken(queue.waiting);
    egress.tally.drops.queue += 1;
  } else egress.waiting += 1;
  queue.waiting.items.push(egress.settings.copiesWaiting ? copied(datagram) : datagram);
  if (!queue.isInRound) {
    queue.isInRound = true;
    egress.rounds[round].items.push(lane);
  }
  if (egress.isScheduled) return;
  egress.isScheduled = true;
  setImmediate(drain, egress);
}

function copied(datagram: Outgoing): Outgoing {
  return Buffer.isBuffer(datagram) ? Buffer.from(datagram) : Buffer.concat(datagram);
}

/** Forgets what waits for somebody who is gone. */
export function closeLane(egress: Egress, lane: Lane): void {
  lane.isClosed = true;
  for (const { waiting } of new Set([lane.urgent, lane.other])) {
    egress.waiting -= lengthOf(waiting);
    egress.tally.drops.gone += lengthOf(waiting);
    waiting.items.length = 0;
    waiting.front = 0;
  }
}

function drain(egress: Egress): void {
  const { bucket, rounds } = egress;
  fill(bucket, performance.now());
  sendSome(egress, rounds[0], 'urgent');
  sendSome(egress, rounds[1], 'other');
  egress.isScheduled = rounds.some((round) => lengthOf(round) > 0);
  if (!egress.isScheduled) return;
  if (bucket.tokens > 0) setImmediate(drain, egress);
  else setTimeout(drain, 1, egress);
}

function sendSome(egress: Egress, round: Fifo<Lane>, which: 'urgent' | 'other'): void {
  for (let left = BATCH; left > 0 && egress.bucket.tokens > 0; left -= 1) {
    const lane = taken(round);
    if (!lane) return;
    const queue = lane[which];
    sendOne(egress, lane, queue);
    if (lengthOf(queue.waiting) > 0) round.items.push(lane);
    else queue.isInRound = false;
  }
}

function sendOne(egress: Egress, lane: Lane, { waiting }: Queue): void {
  const { address } = lane;
  const datagram = taken(waiting);
  if (!datagram || !address) return;
  const { tally, bucket, hand } = egress;
  egress.waiting -= 1;
  lane.sent += 1;
  const isWhole = Buffer.isBuffer(datagram);
  const size = isWhole ? datagram.length : datagram[0].length + datagram[1].length;
  bucket.tokens -= HEADERS + size;
  tally.egressBytes += HEADERS + size;
  const kind = kindOfOutgoing(isWhole ? datagram : datagram[0]);
  tally.packetsOut[kind] += 1;
  tally.bytesOut[kind] += size;
  hand(datagram, address.host, address.port);
}

function kindOfOutgoing(head: Buffer): PacketKind {
  const second = head[1] ?? 0;
  if (second >= 192 && second <= 223) return 'rtcp';
  return (second & 0x7f) === AUDIO_TYPE ? 'audio' : 'video';
}
