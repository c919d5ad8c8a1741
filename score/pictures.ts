import { milliseconds } from '../core/duration.ts';
import { lossOf } from '../core/media.ts';
import type { MergedMedia } from '../core/media-sums.ts';
import { phaseOf } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';
import type { JudgedPhases } from './phases.ts';
import { isInSpan, type Span } from './span.ts';
import { number, seconds as spokenSeconds } from './spoken.ts';
import { cohortsOf } from './tally.ts';

/** What those who were planned to be in meetings saw in one second, together. */
type Seen = Pick<MergedMedia, 'second' | 'participants' | 'video' | 'frozen' | 'watched' | 'breaches'>;

/** Fewer packets of pictures than this share of what a participant had before the storm: fewer frames, or none. */
const LEAST = 0.5;
/** More of them lost than this: the line the quality floor draws for sound. */
const MOST_LOST = 0.1;
/** More of the time frozen, or more of the participants with pictures that are late or stand still. */
const MOST_SPOILT = 0.05;

/**
 * How long the pictures of the primary cohorts were degraded, from the beginning of the storm on, in minutes at natural
 * pace: lost, late, frozen, or half as many as before. What was left out on purpose to save the sound counts as well.
 */
export function degradedVideo(recording: Recording, { baseline, storm, recovery }: JudgedPhases): string | undefined {
  const seen = seenIn(recording);
  const usual = perParticipant(seen, baseline);
  if (!usual || !storm.whole) return undefined;
  const after = seen.filter(({ second }) => isInSpan({ from: storm.from, to: recovery.to }, second));
  const degraded = after.filter((one) => isDegraded(one, usual)).length;
  const pace = paceOf(recording);
  const minutes = `${number((degraded * pace) / 60, 1)} min`;
  return pace === 1 || degraded === 0
    ? minutes
    : `${minutes} (${spokenSeconds(degraded * 1_000)} in a run ${number(pace, 1)} times as fast)`;
}

/** How much faster than its natural pace a run goes. */
function paceOf({ plan }: Recording): number {
  const { from, to } = phaseOf(plan, 'storm');
  return milliseconds(plan.profile.phases.storm) / (to - from);
}

function seenIn({ plan, media }: Recording): Seen[] {
  const primary = cohortsOf(plan, 'primary');
  const seconds = new Map<number, Seen>();
  for (const one of media) {
    if (!primary.has(one.cohort)) continue;
    const known = seconds.get(one.second);
    seconds.set(one.second, known ? together(known, one) : one);
  }
  return [...seconds.values()];
}

function together(one: Seen, other: Seen): Seen {
  const sum = (name: 'participants' | 'frozen' | 'watched') => one[name] + other[name];
  const both = (name: 'late' | 'frozen') => (one.breaches[BREACH[name]] ?? 0) + (other.breaches[BREACH[name]] ?? 0);
  return {
    second: one.second,
    participants: sum('participants'),
    video: { packets: one.video.packets + other.video.packets, lost: one.video.lost + other.video.lost },
    frozen: sum('frozen'),
    watched: sum('watched'),
    breaches: { 'video-delay': both('late'), frozen: both('frozen') },
  };
}

const BREACH = { late: 'video-delay', frozen: 'frozen' } as const;

/** Packets of pictures that a participant had in a second, on average; undefined where nobody was there. */
function perParticipant(seen: readonly Seen[], span: Span): number | undefined {
  const within = seen.filter(({ second }) => isInSpan(span, second));
  const participants = within.reduce((sum, one) => sum + one.participants, 0);
  return participants > 0 ? within.reduce((sum, { video }) => sum + video.packets, 0) / participants : undefined;
}

function isDegraded({ participants, video, frozen, watched, breaches }: Seen, usual: number): boolean {
  const spoilt = (breaches['video-delay'] ?? 0) + (breaches.frozen ?? 0);
  return (
    video.packets < LEAST * usual * participants ||
    (lossOf(video) ?? 0) > MOST_LOST ||
    frozen > MOST_SPOILT * watched ||
    spoilt > MOST_SPOILT * participants
  );
}
