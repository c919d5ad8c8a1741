import type { Loudness } from './loudness.ts';

/** Who of a meeting is heard and seen, in order: whoever speaks first. */
export interface Stage<Someone> {
  /** The voices that are forwarded. */
  readonly speakers: readonly Someone[];
  /** Who was seen before whoever is seen first, for that one to look at. */
  readonly before: Someone | undefined;
}

/** How much louder somebody has to be than whoever has the place, so that it does not change with every breath. */
const HYSTERESIS = 10;

/** Whoever is softer listens. Who tells no level is louder. */
const SPOKEN = 35;
/** So many have a place be they silent: whoever speaks alone has to hear somebody, too. */
const LEAST = 2;

/**
 * Chooses the loudest `most` of those who speak, or the least there have to be, those who have a place already before others,
 * and the order among them as steadily. With as many places as people nobody is compared.
 */
export function nextStage<Someone extends { readonly loudness: Loudness }>(
  { speakers, before }: Stage<Someone>,
  present: readonly Someone[],
  most: number,
): Stage<Someone> {
  const score = (someone: Someone) => someone.loudness.volume + (speakers.includes(someone) ? HYSTERESIS : 0);
  const [first] = speakers;
  const ranked =
    present.length <= most
      ? [...present]
      : present
          .toSorted((a, b) => score(b) - score(a))
          .slice(0, most)
          .filter((someone, place) => place < LEAST || volume(someone) >= SPOKEN);
  const lead = ranked.reduce<Someone | undefined>(
    (best, someone) => (best && volume(best) >= volume(someone) ? best : someone),
    undefined,
  );
  const stays = first && ranked.includes(first) && (!lead || volume(lead) < volume(first) + HYSTERESIS);
  const leader = stays ? first : lead;
  const seen = leader === first ? before : first;
  return {
    speakers: leader ? [leader, ...ranked.filter((someone) => someone !== leader)] : [],
    before: seen && present.includes(seen) && seen !== leader ? seen : present.find((someone) => someone !== leader),
  };
}

function volume({ loudness }: { readonly loudness: Loudness }): number {
  return loudness.volume;
}
