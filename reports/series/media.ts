import type { Browsers, Comings } from '../../core/event.ts';
import { Histogram } from '../../core/histogram.ts';
import { ENTRY_TIMES, type EntryTime, lossOf } from '../../core/media.ts';
import { bothOf, browsersOf, type MediaHistogram, type MergedMedia } from '../../core/media-sums.ts';

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
  /** Frames that decoders made of pictures; undefined where nobody has one. */
  readonly decodedFrames: number | undefined;
  /** The same a second, of one participant who has a decoder. */
  readonly decoded: number | undefined;
  /** What those in browsers measured, who are in all of the above as well; undefined where nobody was in one. */
  readonly browsers: BrowserSummary | undefined;
  /** How they came in and back; undefined where nobody did. */
  readonly comings: Comings | undefined;
  /** How long each step of joining had taken: the middle one, and for 95 % of those who came in at most. */
  readonly entry: Readonly<Partial<Record<EntryTime, { readonly p50: number; readonly p95: number }>>>;
  /** Bits a second of one participant. */
  readonly received: number | undefined;
  readonly sent: number | undefined;
}

/** What people in browsers heard and saw. */
export type BrowserSummary = Pick<
  MediaSummary,
  'participantSeconds' | 'held' | 'audioLoss' | 'videoLoss' | 'freezeRatio'
>;

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
    ...decodedIn(media),
    browsers: browsersIn(media),
    entry: entryOf(media),
    comings: media.reduce<Comings | undefined>((all, one) => bothOf(all, one.comings), undefined),
    received: share(sum(({ bytesReceived }) => bytesReceived) * 8, participantSeconds),
    sent: share(sum(({ bytesSent }) => bytesSent) * 8, participantSeconds),
  };
}

function decodedIn(media: readonly MergedMedia[]): Pick<MediaSummary, 'decodedFrames' | 'decoded'> {
  const told = media.filter(({ decoded }) => decoded !== undefined);
  if (told.length === 0) return { decodedFrames: undefined, decoded: undefined };
  const decodedFrames = told.reduce((sum, { decoded = 0 }) => sum + decoded, 0);
  // Who has no browser decodes nothing, and is not in the mean.
  const seconds = told.reduce((sum, { browsers, participants }) => sum + (browsers?.participants ?? participants), 0);
  return { decodedFrames, decoded: seconds > 0 ? decodedFrames / seconds : undefined };
}

function browsersIn(media: readonly MergedMedia[]): BrowserSummary | undefined {
  const all = media.reduce<Browsers | undefined>((sum, { browsers }) => browsersOf(sum, browsers), undefined);
  if (!all) return undefined;
  const { participants, held, frozen, watched, audio, video } = all;
  return {
    ...{ participantSeconds: participants, held: participants > 0 ? held / participants : undefined },
    ...{ audioLoss: lossOf(audio), videoLoss: lossOf(video) },
    freezeRatio: watched > 0 ? frozen / watched : undefined,
  };
}

function entryOf(media: readonly MergedMedia[]): MediaSummary['entry'] {
  const told = ENTRY_TIMES.flatMap((phase) => {
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
