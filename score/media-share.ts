import { SURVIVAL } from '../core/constants.ts';
import { Histogram } from '../core/histogram.ts';
import type { Breach } from '../core/media.ts';
import type { MergedMedia } from '../core/media-sums.ts';
import type { MediaMeasure, PromisedMedia } from '../core/profile.ts';
import type { Measured } from './measured.ts';
import { isInSpan } from './span.ts';
import { number, percent } from './spoken.ts';

/** In how many participant-seconds of the storm a measure of media could be told, and in how many it was good. */
export interface MediaShare {
  /** `audio_floor of calls in the storm` */
  readonly subject: string;
  readonly samples: number;
  readonly good: number;
  readonly says: string;
}

/** What a cohort's media were like in the storm, by one measure. */
export function mediaShareOf({ measure, cohort }: PromisedMedia, { recording, phases }: Measured): MediaShare {
  const media = recording.media.filter((one) => one.cohort === cohort && isInSpan(phases.storm, one.second));
  return { subject: `${measure} of ${cohort} in the storm`, ...MEASURES[measure](media) };
}

type Share = Omit<MediaShare, 'subject'>;

const MEASURES: Readonly<Record<MediaMeasure, (media: readonly MergedMedia[]) => Share>> = {
  audio_floor: audioFloor,
  av_skew: skew,
};

/** What a second of sound can fall short of; each second is counted by the first of these, and pictures come after them. */
const OF_SOUND: readonly Breach[] = ['absent', 'unseated', 'silent', 'loss', 'audio-delay'];

function audioFloor(media: readonly MergedMedia[]): Share {
  const samples = media.reduce((sum, { participants }) => sum + participants, 0);
  const broken = (breach: Breach) => media.reduce((sum, { breaches }) => sum + (breaches[breach] ?? 0), 0);
  const counts = OF_SOUND.map((breach) => [breach, broken(breach)] as const).filter(([, count]) => count > 0);
  const good = samples - counts.reduce((sum, [, count]) => sum + count, 0);
  const why = counts.map(([breach, count]) => `${breach} ${number(count)}`).join(', ');
  const says = `held in ${percent(good / samples)} of ${number(samples)} participant-seconds`;
  return { samples, good, says: why === '' ? says : `${says} (${why})` };
}

/** Histograms of media are in microseconds. */
const MICROSECONDS = 1_000;

function skew(media: readonly MergedMedia[]): Share {
  const [early, late] = [new Histogram(), new Histogram()];
  for (const one of media) {
    early.merge(one.early.data());
    late.merge(one.late.data());
  }
  const limits = SURVIVAL.skew;
  const samples = early.total + late.total;
  const good = early.countUpTo(limits.early * MICROSECONDS) + late.countUpTo(limits.late * MICROSECONDS);
  const within = `within -${limits.late} to +${limits.early} ms in ${percent(good / samples)}`;
  const widest = `95 % of what is early within +${spoken(early)}, of what is late within -${spoken(late)}`;
  return { samples, good, says: `${within} of ${number(samples)} participant-seconds (${widest})` };
}

function spoken(histogram: Histogram): string {
  return `${number((histogram.quantile(0.95) ?? 0) / MICROSECONDS)} ms`;
}
