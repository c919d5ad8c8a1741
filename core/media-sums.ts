import { addCounts } from './counts.ts';
import type { Browsers, Comings, Media } from './event.ts';
import { Histogram } from './histogram.ts';
import { ENTRY_TIMES, type EntryTime, type StreamCounts } from './media.ts';

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
export type MergedMedia = Omit<Media, MediaHistogram | 'entries'> & { readonly [Name in MediaHistogram]: Histogram } & {
  readonly entries?: Entries;
};

/** How long each step of joining had taken. */
export type Entries = Readonly<Partial<Record<EntryTime, Histogram>>>;

/** Entries of both. */
function entriesOf(one: Entries | undefined, other: Media['entries']): Entries | undefined {
  if (!other) return one;
  const merged = ENTRY_TIMES.flatMap((phase) => {
    const added = other[phase];
    const all = added ? (one?.[phase] ?? new Histogram()).merge(added) : one?.[phase];
    return all ? [[phase, all] as const] : [];
  });
  return Object.fromEntries(merged);
}

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
    const { entries: _, ...rest } = media;
    const entries = entriesOf(undefined, media.entries);
    sums.set(key, { ...rest, ...(entries && { entries }), ...histograms() });
    return;
  }
  const decoded = known.decoded ?? media.decoded;
  const counts = Object.fromEntries(COUNTS.map((name) => [name, known[name] + media[name]]));
  const breaches = { ...known.breaches };
  addCounts(breaches, media.breaches);
  const comings = bothOf(known.comings, media.comings);
  const discarded = (known.discarded ?? 0) + (media.discarded ?? 0);
  const entries = entriesOf(known.entries, media.entries);
  const browsers = browsersOf(known.browsers, media.browsers);
  sums.set(key, {
    ...known,
    ...(comings && { comings }),
    ...(entries && { entries }),
    ...(browsers && { browsers }),
    ...(discarded > 0 && { discarded }),
    ...(decoded !== undefined && { decoded: (known.decoded ?? 0) + (media.decoded ?? 0) }),
    ...counts,
    breaches,
    audio: streamsOf(known.audio, media.audio),
    video: streamsOf(known.video, media.video),
    ...histograms(known),
  });
}

function streamsOf(one: StreamCounts, other: StreamCounts): StreamCounts {
  return { packets: one.packets + other.packets, lost: one.lost + other.lost };
}

/** What browsers measured in both. */
export function browsersOf(one: Browsers, other: Browsers): Browsers;
export function browsersOf(one: Browsers | undefined, other: Browsers | undefined): Browsers | undefined;
export function browsersOf(one: Browsers | undefined, other: Browsers | undefined): Browsers | undefined {
  if (!one || !other) return one ?? other;
  return {
    participants: one.participants + other.participants,
    held: one.held + other.held,
    frozen: one.frozen + other.frozen,
    watched: one.watched + other.watched,
    audio: streamsOf(one.audio, other.audio),
    video: streamsOf(one.video, other.video),
  };
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
