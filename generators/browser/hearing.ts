import { isMapping } from '../../core/mapping.ts';
import type { MediaFacts } from '../../core/media.ts';
import { breachOf } from '../participants/quality/floor.ts';
import { mosOf, mouthToEar } from '../participants/quality/mos.ts';
import type { PeerReading } from './instrument.ts';

/** What a page says by itself that it has received so far, where that does not come over WebRTC. */
export interface OwnCounts {
  readonly audio: { readonly packets: number; readonly lost: number };
  readonly video: { readonly packets: number; readonly lost: number; readonly decoded: number };
  readonly bytes: number;
}

/** Nothing heard for so long is a seat lost from sight, in milliseconds. */
const UNHEARD = 3_000;
/** Nothing ever heard is silence from then on. */
const ALONE = 5_000;
const SECOND = 1_000;

/** What one page hears and sees, second by second. */
export class Hearing {
  readonly #since: number;
  #own: OwnCounts | undefined;
  #heard: number | undefined;
  #seen = false;
  /** How long a picture has stood still that does yet, in milliseconds: it is told again when it goes on. */
  #standing = 0;

  /** Of somebody who is in since a moment. */
  constructor(since: number) {
    this.#since = since;
  }

  /** The facts of a second that is over. */
  take(peer: PeerReading | undefined, own: OwnCounts | undefined, now: number): MediaFacts {
    const [audio, video] = [this.#sum('audio', peer, own), this.#sum('video', peer, own)];
    const decoded = this.#decoded(peer, own);
    const bytesReceived = sumOf(peer, ({ bytes }) => bytes) + (own ? own.bytes - (this.#own?.bytes ?? 0) : 0);
    this.#own = own;
    if (audio.packets + video.packets > 0) this.#heard = now;
    const freezes = this.#freezes(peer, decoded);
    const missed = Math.max(0, audio.lost);
    const loss = audio.packets + missed > 0 ? missed / (audio.packets + missed) : undefined;
    const jitters = (peer?.streams ?? []).flatMap(({ kind, jitter }) =>
      kind === 'audio' && jitter !== undefined ? [jitter * SECOND] : [],
    );
    const way = peer?.roundTrip === undefined ? undefined : peer.roundTrip / 2;
    const expected = this.#heard !== undefined || now - this.#since > ALONE;
    const breach = breachOf({
      seated: !peer?.failed && (this.#heard === undefined || now - this.#heard < UNHEARD),
      expected,
      packets: audio.packets,
      loss,
      audioDelay: audio.packets > 0 ? way : undefined,
      videoDelay: video.packets > 0 ? way : undefined,
      frozen: freezes.frozen > 0 && decoded === 0 && audio.packets === 0,
    });
    return {
      ...{ audio, video, bytesReceived, bytesSent: peer?.sent ?? 0, decoded, ...freezes },
      ...(jitters.length > 0 && { jitter: Math.max(...jitters) }),
      ...(peer?.roundTrip !== undefined && { roundTrip: peer.roundTrip }),
      ...(way !== undefined && audio.packets > 0 && { audioDelay: way }),
      ...(way !== undefined && video.packets > 0 && { videoDelay: way }),
      ...(expected && { mos: loss === undefined ? 1 : mosOf({ delay: mouthToEar(way ?? 0), loss }) }),
      ...(breach && { breach }),
    };
  }

  #sum(kind: 'audio' | 'video', peer: PeerReading | undefined, own: OwnCounts | undefined) {
    const [now, before] = [own?.[kind], this.#own?.[kind]];
    const of = (name: 'packets' | 'lost') =>
      sumOf(peer, (stream) => (stream.kind === kind ? stream[name] : 0)) +
      (now ? now[name] - (before?.[name] ?? 0) : 0);
    return { packets: of('packets'), lost: of('lost') };
  }

  #decoded(peer: PeerReading | undefined, own: OwnCounts | undefined): number {
    return sumOf(peer, ({ decoded }) => decoded) + (own ? own.video.decoded - (this.#own?.video.decoded ?? 0) : 0);
  }

  /** W3C's counters move when a picture goes on; the time it has stood still until now counts as well. */
  #freezes(peer: PeerReading | undefined, decoded: number): Pick<MediaFacts, 'freezes' | 'frozen' | 'watched'> {
    const told = sumOf(peer, ({ frozen }) => frozen) * SECOND;
    const freezes = sumOf(peer, (stream) => stream.freezes);
    if (decoded > 0) {
      this.#seen = true;
      const frozen = Math.max(0, Math.min(SECOND, told - this.#standing));
      this.#standing = 0;
      return { freezes, frozen, watched: SECOND };
    }
    if (!this.#seen) return { freezes, frozen: 0, watched: 0 };
    this.#standing += SECOND;
    return { freezes, frozen: SECOND, watched: SECOND };
  }
}

function sumOf(peer: PeerReading | undefined, pick: (stream: PeerReading['streams'][number]) => number): number {
  return (peer?.streams ?? []).reduce((sum, stream) => sum + pick(stream), 0);
}

/** Reads what a page says of itself; undefined when it is none of that. */
export function ownCountsIn(told: unknown): OwnCounts | undefined {
  const of = (value: unknown, name: string): number => {
    const found = isMapping(value) ? value[name] : undefined;
    return typeof found === 'number' && Number.isFinite(found) ? found : 0;
  };
  if (!isMapping(told)) return undefined;
  const { audio, video } = told;
  return {
    audio: { packets: of(audio, 'packets'), lost: of(audio, 'lost') },
    video: { packets: of(video, 'packets'), lost: of(video, 'lost'), decoded: of(video, 'decoded') },
    bytes: of(told, 'bytes'),
  };
}
