import { addCounts } from '../../core/counts.ts';
import type { Breach } from '../../core/media.ts';
import { NO_COMINGS } from '../../core/media-sums.ts';
import type { Recording } from '../../core/recording.ts';
import { type BrowserSummary, type MediaSummary, summaryOf } from '../series/media.ts';
import { phaseOfSecond, timelineOf } from '../timeline.ts';
import type { JsonMedia } from './report.ts';

/** What media participants measured, by phase and cohort. */
export function mediaOf(recording: Recording): JsonMedia[] {
  const timeline = timelineOf(recording);
  const phases = [...new Set(timeline.map(({ name }) => name))];
  return phases.flatMap((phase) => {
    const within = recording.media.filter(({ second }) => phaseOfSecond(timeline, second) === phase);
    return [...new Set(within.map(({ cohort }) => cohort))].map((cohort) => ({
      ...{ phase, cohort, breaches: breachesIn(within.filter((one) => one.cohort === cohort)) },
      ...told(summaryOf(within.filter((one) => one.cohort === cohort))),
    }));
  });
}

function breachesIn(media: Recording['media']): JsonMedia['breaches'] {
  const sums: Partial<Record<Breach, number>> = {};
  for (const { breaches } of media) addCounts(sums, breaches);
  return sums;
}

function told(summary: MediaSummary): Omit<JsonMedia, 'phase' | 'cohort' | 'breaches'> {
  return {
    participantSeconds: summary.participantSeconds,
    held: summary.held ?? null,
    audioLoss: summary.audioLoss ?? null,
    videoLoss: summary.videoLoss ?? null,
    mosP50: summary.mosP50 ?? null,
    mosP5: summary.mosP5 ?? null,
    mosAtLeast4: summary.mosAtLeast4 ?? null,
    jitterP95Ms: summary.jitterP95 ?? null,
    roundTripP95Ms: summary.roundTripP95 ?? null,
    audioDelayP95Ms: summary.audioDelayP95 ?? null,
    videoDelayP95Ms: summary.videoDelayP95 ?? null,
    soundEarlyP95Ms: summary.soundEarlyP95 ?? null,
    soundLateP95Ms: summary.soundLateP95 ?? null,
    freezeRatio: summary.freezeRatio ?? null,
    freezes: summary.freezes,
    decodedFrames: summary.decodedFrames ?? null,
    browsers: summary.browsers ? browsersOf(summary.browsers, summary.decoded) : null,
    discarded: summary.discarded,
    comings: summary.comings ?? NO_COMINGS,
    entryMs: summary.entry,
    receivedBitsPerSecond: summary.received ?? null,
    sentBitsPerSecond: summary.sent ?? null,
  };
}

function browsersOf(
  { participantSeconds, held, audioLoss, videoLoss, freezeRatio }: BrowserSummary,
  decoded: number | undefined,
): JsonMedia['browsers'] {
  return {
    ...{ participantSeconds, held: held ?? null, audioLoss: audioLoss ?? null, videoLoss: videoLoss ?? null },
    ...{ freezeRatio: freezeRatio ?? null, decodedPerSecond: decoded ?? null },
  };
}
