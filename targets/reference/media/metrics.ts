import { collectDefaultMetrics, Registry } from 'prom-client';
import { counter, counterBy, gauge, gaugeBy } from '../scraped.ts';
import { droppedByKernel } from './kernel.ts';
import type { Plane } from './plane.ts';
import { DROPS, KINDS } from './tally.ts';
import { delaysOf } from './trunk.ts';

/** What a media server tells of itself. */
export interface MediaMetrics {
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

type Values = () => readonly (readonly [label: string, value: number])[];

/** Registers a media server's metrics; all of them are read when they are scraped, and so are exact then. */
export function openMetrics(plane: Plane, port: number, region: string | undefined): MediaMetrics {
  const registry = new Registry();
  if (region !== undefined) registry.setDefaultLabels({ region });
  collectDefaultMetrics({ register: registry });
  counters(registry, plane, port);
  gauges(registry, plane);
  if (region !== undefined) regional(registry, plane, region);
  return {
    async page() {
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function counters(registry: Registry, { tally }: Plane, port: number): void {
  const { packetsIn, bytesIn, packetsOut, bytesOut, drops, withheld, bindings, ends } = tally;
  const byKind = (of: typeof packetsIn) => () => KINDS.map((kind) => [kind, of[kind]] as const);
  const entries = (of: Readonly<Record<string, number>>) => () => Object.entries(of);
  const lost = () => {
    const missed = droppedByKernel(port);
    const all = DROPS.map((cause) => [cause, drops[cause]] as const);
    return missed === undefined ? all : [...all, ['unread', missed] as const];
  };
  const told: readonly (readonly [name: string, help: string, label: string, values: Values])[] = [
    ['packets_in', 'Datagrams that were made use of.', 'kind', byKind(packetsIn)],
    ['bytes_in', 'Bytes of these.', 'kind', byKind(bytesIn)],
    ['packets_out', 'Datagrams that were sent.', 'kind', byKind(packetsOut)],
    ['bytes_out', 'Bytes of these.', 'kind', byKind(bytesOut)],
    ['drops', 'Datagrams that were lost here, by cause; unread: the kernel had no more room for them.', 'cause', lost],
    ['withheld', 'Packets not forwarded on purpose, for each who did not get them.', 'kind', entries(withheld)],
    ['bindings', 'Binding requests by how they were answered.', 'result', entries(bindings)],
    ['seats_ended', 'Seats that ended without a word of the gateway.', 'how', entries(ends)],
  ];
  for (const [name, help, label, values] of told)
    counterBy(registry, { name: `reference_media_${name}_total`, help, label }, values);
  const help = 'What the network link has carried, headers included.';
  counter(registry, 'reference_media_egress_bytes_total', help, () => tally.egressBytes);
  const missed = 'Packets that did not arrive, by the reports of those they were sent to.';
  counter(registry, 'reference_media_undelivered_total', missed, () => tally.undelivered);
}

function gauges(registry: Registry, { seats, egress, pressure }: Plane): void {
  const told: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ['seats', 'Participants who have taken their seat.', () => seats.taken],
    ['seats_kept', 'Seats, taken or not.', () => seats.size],
    ['meetings', 'Meetings with somebody in them.', () => seats.meetings.size],
    ['queue_packets', 'Packets that wait to be sent.', () => egress.waiting],
    ['egress_used', 'Share of the network link in use, over the last half second.', () => pressure.used],
    ['video_layers', 'Layers of a picture that are forwarded at most.', () => pressure.allowed],
  ];
  for (const [name, help, read] of told) gauge(registry, `reference_media_${name}`, help, read);
}

/** What is told between regions. Of each way only one end tells the worst, the first by name, so that it adds up. */
function regional(registry: Registry, { guests, trunk }: Plane, region: string): void {
  const delays = () => delaysOf(trunk, performance.now()).map((way) => ({ ...way, seconds: way.delay / 1_000 }));
  const help = 'How long a way to the media server of another region takes at present, one way.';
  gaugeBy(registry, { name: 'reference_media_path_delay_seconds', help, labels: ['path', 'to'] }, () =>
    delays().map(({ name, to, seconds }) => [{ path: name, to }, seconds]),
  );
  const worst = () => Math.max(0, ...delays().flatMap(({ to, seconds }) => (region < to ? [seconds] : [])));
  const ofWorst = 'That of the slowest way to a region that comes later by name.';
  gauge(registry, 'reference_media_worst_path_delay_seconds', ofWorst, worst);
  const ofGuests = 'Participants of meetings here who sit at the media servers of other regions.';
  gauge(registry, 'reference_media_guests', ofGuests, () => guests.size);
}
