import { describe, expect, it } from 'vitest';
import type { FaultEvent } from '../../core/event.ts';
import { score } from '../../score/score.ts';
import { keptLedger, recordingOf, type Story, storyFault, storyPlan } from '../support/recordings.ts';

function coverageOf(story: Story) {
  return score(recordingOf(story)).coverage;
}

describe('coverage', () => {
  it('is 1 when everything declared has data', () => {
    expect(coverageOf({ plan: storyPlan({ bystanders: ['red'] }, { pace: 'quick' }) }).value).toBe(1);
  });

  it('loses the weight of a component without data, and says which', () => {
    const plan = storyPlan({ bystanders: ['red'] }, { pace: 'quick' });
    const unanswered = keptLedger(57, { held: 0, unanswered: 100 });
    const { value, says } = coverageOf({ plan, ledgers: [unanswered] });
    expect(value).toBeCloseTo(0.85, 9);
    expect(says).toContain('durable: no data for what the target acknowledged');
  });

  it('is the share of planned faults that were proven, and says what became of the others', () => {
    const plan = storyPlan({ faults: [storyFault, { ...storyFault, service: 'database' }] }, { pace: 'quick' });
    const faults: FaultEvent[] = [
      { kind: 'fault', at: 20_000, fault: 0, state: 'proven', says: 'bites' },
      { kind: 'fault', at: 20_000, fault: 1, state: 'not injected', says: 'the configuration maps no database' },
    ];
    const judged = score(recordingOf({ plan, faults }));
    expect(judged.coverage.value).toBe(0.5);
    expect(judged.coverage.says).toContain(
      'fault latency at database: not injected (the configuration maps no database)',
    );
    expect(judged.verdict).toBe('inconclusive');
  });

  it('is enough at exactly .8', () => {
    const faults = Array.from({ length: 5 }, () => storyFault);
    const plan = storyPlan({ faults }, { pace: 'quick' });
    const proven = (count: number) =>
      faults.map(
        (_, fault): FaultEvent => ({
          kind: 'fault',
          at: 20_000,
          fault,
          state: fault < count ? 'proven' : 'not injected',
          says: '',
        }),
      );
    expect(score(recordingOf({ plan, faults: proven(4) }))).toMatchObject({
      verdict: 'survived',
      coverage: { value: 0.8 },
    });
    expect(score(recordingOf({ plan, faults: proven(3) })).verdict).toBe('inconclusive');
  });

  it('says what was left out because the target does not offer it', () => {
    const plan = storyPlan({ bystanders: ['red'] }, { pace: 'quick', operations: ['login', 'join', 'chat'] });
    const { value, says } = coverageOf({ plan });
    expect(value).toBe(1);
    expect(says).toContain('scenario visits of red left out: the target does not offer createMeeting');
  });
});
