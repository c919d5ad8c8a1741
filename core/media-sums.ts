import { addCounts } from './counts.ts';
import type { Comings, Media } from './event.ts';
import { Histogram } from './histogram.ts';

/** The histograms of a media event. */
export const MEDIA_HISTOGRAMS = [
  'jitter',
  'roundTrip',
  'audioDelay',
  'videoDelay',
  'early',
  'late',
  'mos',
] as const satisfies readonly (keyof Media)[];

export type MediaHistogram = (typeof MEDIA_HISTOGRAMS)[number];

/** Media events of the same second, scenario and cohort, added up. */
export type MergedMedia = Omit<Media, MediaHistogram> & { readonly [Name in MediaHistogram]: Histogram };

const COUNTS = ['participants', 'held', 'bytesReceived', 'bytesSent', 'freezes', 'frozen', 'watched'] as const;

/** Adds a media event to what was told before of the same second, scenario and cohort. */
export function addMedia(sums: Map<string, MergedMedia>, media: Media): void {
  const key = `${media.second}/${media.scenario}/${media.cohort}`;
  const known = sums.get(key);
  const histograms = (before?: MergedMedia) =>
    Object.fromEntries(
      MEDIA_HISTOGRAMS.map((name) => [name, (before?.[name] ?? new Histogram()).merge(media[name])]),
    ) as Record<MediaHistogram, Histogram>;
  if (!known) {
    sums.set(key, { ...media, ...histograms() });
    return;
  }
  const counts = Object.fromEntries(COUNTS.map((name) => [name, known[name] + media[name]]));
  const both = (kind: 'audio' | 'video') => ({
    packets: known[kind].packets + media[kind].packets,
    lost: known[kind].lost + media[kind].lost,
  });
  const breaches = { ...known.breaches };
  addCounts(breaches, media.breaches);
  const comings = bothOf(known.comings, media.comings);
  sums.set(key, {
    ...known,
    ...(comings && { comings }),
    ...counts,
    breaches,
    audio: both('audio'),
    video: both('video'),
    ...histograms(known),
  });
}

/** What counts of comings there are. */
export const COMINGS = [
  'admitted',
  'lost',
  'moved',
  'attempts',
  'first',
  'back',
] as const satisfies readonly (keyof Comings)[];

/** Nobody came. */
export const NO_COMINGS: Comings = { admitted: 0, lost: 0, moved: 0, attempts: 0, first: 0, back: 0 };

/** Comings of both. */
export function bothOf(one: Comings | undefined, other: Comings | undefined): Comings | undefined {
  if (!one || !other) return one ?? other;
  return Object.fromEntries(COMINGS.map((name) => [name, one[name] + other[name]])) as unknown as Comings;
}
