import { describe, expect, test } from 'vitest';
import type { Media, RunEvent } from '../../core/event.ts';
import { Histogram } from '../../core/histogram.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { mistakesOfEvent } from '../../reports/recording/event-shape.ts';
import { verdictText } from '../../reports/text.ts';
import { judgedRun, recordingOf, stormPlan, survivedRun } from '../support/report-fixtures.ts';

const data = (...values: number[]) => {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram.data();
};

function media(second: number, changes: Partial<Media> = {}): Media {
  return {
    ...{ kind: 'media', second, scenario: 'storm', cohort: 'everybody', participants: 4, held: 3 },
    ...{ breaches: { loss: 1 }, audio: { packets: 180, lost: 20 }, video: { packets: 100, lost: 0 } },
    ...{ bytesReceived: 50_000, bytesSent: 10_000, freezes: 1, frozen: 200, watched: 4_000 },
    ...{ jitter: data(2_000), roundTrip: data(30_000), audioDelay: data(20_000), videoDelay: data(25_000) },
    ...{ early: data(5_000), late: [], mos: data(4_300, 4_000, 4_300, 2_500) },
    ...changes,
  };
}

const storm = stormPlan().phases.find(({ name }) => name === 'storm');
const second = Math.ceil((storm?.from ?? 0) / 1_000) + 2;
const events: readonly RunEvent[] = [...survivedRun(), media(second), media(second), media(second + 1)];

describe('what media participants measured', () => {
  test('adds up in a recording, whatever the order, and late packets make up for lost ones', () => {
    const late = media(second, { audio: { packets: 20, lost: -20 }, breaches: { frozen: 1 } });
    const [sum] = recordingOf([...survivedRun(), media(second), late]).media;
    expect(sum).toMatchObject({
      ...{ second, participants: 8, held: 6, breaches: { loss: 1, frozen: 1 } },
      ...{ audio: { packets: 200, lost: 0 }, frozen: 400, watched: 8_000 },
    });
    expect(sum?.mos.total).toBe(8);
  });

  test('is in the JSON report by phase and cohort', () => {
    const { recording, score } = judgedRun(events);
    const [told, ...rest] = jsonReport(recording, score).media;
    expect(rest).toEqual([]);
    expect(told).toMatchObject({
      ...{ phase: 'storm', cohort: 'everybody', participantSeconds: 12, held: 0.75, breaches: { loss: 3 } },
      ...{ audioLoss: 0.1, videoLoss: 0, mosAtLeast4: 0.75, freezeRatio: 0.05, freezes: 3 },
      ...{ receivedBitsPerSecond: 100_000, sentBitsPerSecond: 20_000, soundLateP95Ms: null },
    });
    expect(told?.jitterP95Ms).toBeCloseTo(2, 1);
    expect(told?.mosP5).toBeCloseTo(2.5, 1);
  });

  test('is one line of the text, and four charts of the page', () => {
    const judged = judgedRun(events);
    expect(verdictText(judged.recording, judged.score, { color: false, width: 200 }).replaceAll(/\s+/g, ' ')).toContain(
      'Media in the storm the quality floor held for 75 % of 12 participant-seconds, mos_est 4 or more for 75 %, 10 % of the sound lost, pictures still 5 % of the time',
    );
    const page = htmlReport([judged]);
    for (const id of ['media-mos', 'media-loss', 'media-freezes', 'media-bitrate'])
      expect(page).toContain(`id="${id}"`);
    expect(htmlReport([judgedRun(survivedRun())])).not.toContain('media-mos');
    expect(page).not.toContain('NaN');
  });

  test('tells those in browsers apart, who alone have a decoder', () => {
    const streams = { audio: { packets: 40, lost: 10 }, video: { packets: 50, lost: 0 } };
    const browsers = { participants: 1, held: 0, frozen: 100, watched: 1_000, ...streams };
    const decoding = { decoded: 20, browsers };
    const judged = judgedRun([...survivedRun(), media(second, decoding), media(second, decoding), media(second)]);
    expect(jsonReport(judged.recording, judged.score).media[0]).toMatchObject({
      ...{ participantSeconds: 12, held: 0.75, audioLoss: 0.1, decodedFrames: 40 },
      browsers: {
        participantSeconds: 2,
        held: 0,
        audioLoss: 0.2,
        videoLoss: 0,
        freezeRatio: 0.1,
        decodedPerSecond: 20,
      },
    });
    expect(verdictText(judged.recording, judged.score, { color: false, width: 200 }).replaceAll(/\s+/g, ' ')).toContain(
      'in browsers it held for 0 % of 2 of them, 20 frames decoded a second, pictures still 10 % of the time',
    );
    const page = htmlReport([judged]);
    expect(page).toContain('id="media-decoded"');
    const native = judgedRun(events);
    expect(jsonReport(native.recording, native.score).media[0]).toMatchObject({ decodedFrames: null, browsers: null });
    expect(mistakesOfEvent({ ...media(1, decoding) })).toEqual([]);
    expect(mistakesOfEvent({ ...media(1), browsers: { participants: 1 } }).length).toBeGreaterThan(0);
  });

  test('is read back from a file only as it was written', () => {
    expect(mistakesOfEvent({ ...media(1) })).toEqual([]);
    expect(mistakesOfEvent({ ...media(1), audio: { packets: 1 } })).toHaveLength(1);
    expect(mistakesOfEvent({ ...media(1), mos: [1] })).toHaveLength(1);
  });
});
