import { phaseOf } from '../../core/plan.ts';
import type { Recording } from '../../core/recording.ts';
import type { Countermeasure } from '../../core/score.ts';
import { levelOf } from '../series.ts';
import { number, percent } from '../spoken.ts';

/** So many more people make a surge in media, as a share of those before. */
const MORE = 0.2;
/** So much less for each of them is an adaptation, and not chance. */
const LESS = 0.2;

/** Whether each participant was sent less picture while there were more of them, by the media servers' own count. */
export function qualityAdaptation(recording: Recording): Omit<Countermeasure, 'name'> {
  const { plan } = recording;
  const [baseline, storm] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm')];
  const before = sentIn(recording, baseline.from, baseline.to);
  // The later half: nothing has to adapt before there are too many.
  const during = sentIn(recording, (storm.from + storm.to) / 2, storm.to);
  if (!before || !during)
    return told('could not tell', 'the target does not tell of pictures sent to people in meetings');
  if (during.seats < (1 + MORE) * before.seats)
    return told(
      'could not tell',
      `no surge in media: ${number(before.seats)} participants became ${number(during.seats)}`,
    );
  const rate = (each: Sent) => `${number(each.each / 125, 0)} kbit/s`;
  const fall = 1 - during.each / before.each;
  const says = `while ${number(before.seats)} participants became ${number(during.seats)}, the picture sent to each of them went from ${rate(before)} to ${rate(during)}`;
  return told(fall >= LESS ? 'seen' : 'not seen', `${says}, and ${percent(LESS)} less would show it`);
}

interface Sent {
  readonly seats: number;
  /** Bytes of pictures a second. */
  readonly each: number;
}

function sentIn({ scrapes }: Recording, from: number, to: number): Sent | undefined {
  const [video, seats] = [levelOf(scrapes, 'media.video.out', from, to), levelOf(scrapes, 'media.seats', from, to)];
  return video !== undefined && video > 0 && seats ? { seats, each: video / seats } : undefined;
}

function told(status: Countermeasure['status'], says: string): Omit<Countermeasure, 'name'> {
  return { status, says, from: 'target' };
}
