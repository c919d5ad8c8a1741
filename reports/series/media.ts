import type { Comings } from '../../core/event.ts';
import { Histogram } from '../../core/histogram.ts';
import { ENTRY_PHASES, type EntryPhase, lossOf } from '../../core/media.ts';
import { bothOf, type MediaHistogram, type MergedMedia } from '../../core/media-sums.ts';

/** What media participants measured over some seconds; undefined where there is nothing to tell. Times in milliseconds. */
export interface MediaSummary {
  readonly participantSeconds: number;
  /** The share of them for which the quality floor held. */
  readonly held: number | undefined;
  /** Shares of packets lost. */
  readonly audioLoss: number | undefined;
  readonly videoLoss: number | undefined;
  /** The middle participant's mos_est, that of whom 95 % have better, and the share of them at 4 or more. */
  readonly mosP50: number | undefined;
  readonly mosP5: number | undefined;
  readonly mosAtLeast4: number | undefined;
  readonly jitterP95: number | undefined;
  readonly roundTripP95: number | undefined;
  readonly audioDelayP95: number | undefined;
  readonly videoDelayP95: number | undefined;
  /** How much the sound was early, or late, at most for 95 % of those it was for. */
  readonly soundEarlyP95: number | undefined;
  readonly soundLateP95: number | undefined;
  /** The share of the time that pictures stood still. */
  readonly freezeRatio: number | undefined;
  readonly freezes: number;
  /** Datagrams of the media servers that were of no use to anybody. */
  readonly discarded: number;
  /** Frames a second that a decoder made of pictures, of one participant; undefined where nobody has one. */
  readonly decoded: number | undefined;
  /** How they came in and back; undefined where nobody did. */
  readonly comings: Comings | undefined;
  /** How long each step of joining had taken: the middle one, and for 95 % of those who came in at most. */
  readonly entry: Readonly<Partial<Record<EntryPhase, { readonly p50: number; readonly p95: number }>>>;
  /** Bits a second of one participant. */
  readonly received: number | undefined;
  readonly sent: number | undefined;
}

/** Adds media up. */
export function summaryOf(media: readonly MergedMedia[]): MediaSummary {
  const sum = (pick: (one: MergedMedia) => number) => media.reduce((total, one) => total + pick(one), 0);
  const merged = (name: MediaHistogram) => media.reduce((all, one) => all.merge(one[name].data()), new Histogram());
  const p95 = (name: MediaHistogram) => thousandths(merged(name).quantile(0.95));
  const participantSeconds = sum(({ participants }) => participants);
  const loss = (kind: 'audio' | 'video') =>
    lossOf({ packets: sum((one) => one[kind].packets), lost: sum((one) => one[kind].lost) });
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
  const mos = merged('mos');
  return {
    participantSeconds,
    held: share(
      sum(({ held }) => held),
      participantSeconds,
    ),
    audioLoss: loss('audio'),
    videoLoss: loss('video'),
    mosP50: thousandths(mos.quantile(0.5)),
    mosP5: thousandths(mos.quantile(0.05)),
    mosAtLeast4: share(mos.total - mos.countUpTo(JUST_BELOW_4), mos.total),
    jitterP95: p95('jitter'),
    roundTripP95: p95('roundTrip'),
    audioDelayP95: p95('audioDelay'),
    videoDelayP95: p95('videoDelay'),
    soundEarlyP95: p95('early'),
    soundLateP95: p95('late'),
    freezeRatio: share(
      sum(({ frozen }) => frozen),
      sum(({ watched }) => watched),
    ),
    freezes: sum(({ freezes }) => freezes),
    discarded: sum(({ discarded = 0 }) => discarded),
    decoded: decodedIn(media),
    entry: entryOf(media),
    comings: media.reduce<Comings | undefined>((all, one) => bothOf(all, one.comings), undefined),
    received: share(sum(({ bytesReceived }) => bytesReceived) * 8, participantSeconds),
    sent: share(sum(({ bytesSent }) => bytesSent) * 8, participantSeconds),
  };
}

function decodedIn(media: readonly MergedMedia[]): number | undefined {
  const told = media.filter(({ decoded }) => decoded !== undefined);
  const seconds = told.reduce((sum, { participants }) => sum + participants, 0);
  return seconds > 0 ? told.reduce((sum, { decoded = 0 }) => sum + decoded, 0) / seconds : undefined;
}

function entryOf(media: readonly MergedMedia[]): MediaSummary['entry'] {
  const told = ENTRY_PHASES.flatMap((phase) => {
    const took = media.reduce((all, { entries }) => {
      const one = entries?.[phase];
      return one ? all.merge(one.data()) : all;
    }, new Histogram());
    const [p50, p95] = [thousandths(took.quantile(0.5)), thousandths(took.quantile(0.95))];
    return p50 === undefined || p95 === undefined ? [] : [[phase, { p50, p95 }] as const];
  });
  return Object.fromEntries(told);
}

/** The slot before the one that 4.0 is in. */
const JUST_BELOW_4 = 3_983;

function thousandths(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 1_000;
}
