import type { Browsers, Comings, Media } from '../core/event.ts';
import { Histogram } from '../core/histogram.ts';
import { type Breach, ENTRY_TIMES, type Entry, type EntryTime, type MediaFacts } from '../core/media.ts';
import { bothOf, browsersOf, MEDIA_HISTOGRAMS, type MediaHistogram, NO_COMINGS } from '../core/media-sums.ts';

/** Whose media it is. */
export interface MediaKey {
  readonly scenario: string;
  readonly cohort: string;
}

type Draft = {
  -readonly [K in Exclude<
    keyof Media,
    MediaHistogram | 'breaches' | 'audio' | 'video' | 'comings' | 'entries' | 'decoded' | 'browsers' | 'discarded'
  >]: Media[K];
} & { decoded?: number; browsers?: Browsers; discarded?: number; comings?: Comings } & {
  entries?: Partial<Record<EntryTime, Histogram>>;
} & {
  readonly [Name in MediaHistogram]: Histogram;
} & {
  readonly breaches: Partial<Record<Breach, number>>;
  readonly audio: { packets: number; lost: number };
  readonly video: { packets: number; lost: number };
};

/** What is told of somebody who is not there: they hear nothing. */
const WORST = 1;

/** Where what media participants measured is added up, second by second. */
export class MediaBook {
  readonly #drafts = new Map<string, Draft>();

  /** One second of one participant, without facts if they were not in; gives what it fell short of. */
  second(key: MediaKey, second: number, facts: MediaFacts | undefined): Breach | undefined {
    const draft = this.#draft(key, second);
    const breach = facts ? facts.breach : 'absent';
    draft.participants += 1;
    if (breach) draft.breaches[breach] = (draft.breaches[breach] ?? 0) + 1;
    else draft.held += 1;
    record(draft.mos, facts ? facts.mos : WORST);
    if (!facts) return breach;
    for (const kind of ['audio', 'video'] as const) {
      draft[kind].packets += facts[kind].packets;
      draft[kind].lost += facts[kind].lost;
    }
    for (const sum of ['bytesReceived', 'bytesSent', 'freezes', 'frozen', 'watched'] as const) draft[sum] += facts[sum];
    for (const name of ['jitter', 'roundTrip', 'audioDelay', 'videoDelay'] as const) record(draft[name], facts[name]);
    if (facts.discarded) draft.discarded = (draft.discarded ?? 0) + facts.discarded;
    if (facts.decoded !== undefined) {
      const { audio, video, frozen, watched } = facts;
      const one = { participants: 1, held: breach ? 0 : 1, audio, video, frozen, watched };
      draft.decoded = (draft.decoded ?? 0) + facts.decoded;
      draft.browsers = draft.browsers ? browsersOf(draft.browsers, one) : one;
    }
    const { skew } = facts;
    if (skew !== undefined) record(skew >= 0 ? draft.early : draft.late, Math.abs(skew));
    return breach;
  }

  /** Somebody came in or came back, or lost their seat. */
  came(key: MediaKey, second: number, how: Partial<Comings>): void {
    const draft = this.#draft(key, second);
    draft.comings = bothOf(draft.comings ?? NO_COMINGS, { ...NO_COMINGS, ...how }) ?? NO_COMINGS;
  }

  /** Somebody is in, step by step. */
  entered(key: MediaKey, second: number, entry: Entry): void {
    const draft = this.#draft(key, second);
    draft.entries ??= {};
    for (const phase of ENTRY_TIMES) {
      const took = entry[phase];
      if (took === undefined) continue;
      draft.entries[phase] ??= new Histogram();
      record(draft.entries[phase], took);
    }
  }

  /** Takes out everything so far. */
  take(): Media[] {
    const taken = [...this.#drafts.values()].map(({ entries, ...draft }): Media => {
      const histograms = Object.fromEntries(MEDIA_HISTOGRAMS.map((name) => [name, draft[name].data()]));
      const told = Object.entries(entries ?? {}).map(([phase, took]) => [phase, took.data()]);
      return {
        ...draft,
        ...(histograms as Pick<Media, MediaHistogram>),
        ...(entries && { entries: Object.fromEntries(told) as Required<Media>['entries'] }),
      };
    });
    this.#drafts.clear();
    return taken;
  }

  #draft(key: MediaKey, second: number): Draft {
    const name = `${second}/${key.scenario}/${key.cohort}`;
    const known = this.#drafts.get(name);
    if (known) return known;
    const histograms = Object.fromEntries(MEDIA_HISTOGRAMS.map((each) => [each, new Histogram()]));
    const draft: Draft = {
      ...{ kind: 'media', second, ...key, participants: 0, held: 0, breaches: {} },
      ...{ audio: { packets: 0, lost: 0 }, video: { packets: 0, lost: 0 }, bytesReceived: 0, bytesSent: 0 },
      ...{ freezes: 0, frozen: 0, watched: 0, ...(histograms as Record<MediaHistogram, Histogram>) },
    };
    this.#drafts.set(name, draft);
    return draft;
  }
}

/** Milliseconds are kept in microseconds, ratings in thousandths. */
function record(histogram: Histogram, value: number | undefined): void {
  if (value !== undefined) histogram.record(value * 1_000);
}
