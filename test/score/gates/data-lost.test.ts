import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../../core/event.ts';
import { dataLost } from '../../../score/gates/data-lost.ts';
import { keptLedger, recordingOf, storyPlan } from '../../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick' });

function gateOf(...ledgers: Partial<Ledger>[]) {
  return dataLost(recordingOf({ plan: PLAN, ledgers: ledgers.map((ledger) => keptLedger(57, ledger)) }));
}

describe('the gate data-lost', () => {
  it('fires when one thing of a hundred is gone, and names it', () => {
    const gate = gateOf({ held: 99, broken: ['m17'] });
    expect(gate).toMatchObject({
      status: 'fired',
      says: 'acknowledged data was lost: 99 of 100 meetings are still there (not: m17)',
    });
  });

  it('fires on ghosts while every meeting is there', () => {
    const gate = gateOf({}, { invariant: 'no-ghosts', held: 98 });
    expect(gate).toMatchObject({ status: 'fired' });
    expect(gate.says).toContain('98 of 100 meetings are empty after everybody left');
  });

  it('holds when everything that was answered was there', () => {
    expect(gateOf({ held: 90, unanswered: 10 })).toMatchObject({ status: 'held' });
    expect(gateOf({ held: 90, unanswered: 10 }).evidence[0]?.says).toBe(
      '90 of 100 meetings are still there, 10 without an answer',
    );
  });

  it('is not covered when nothing was answered, or nothing asked', () => {
    expect(gateOf({ held: 0, unanswered: 100 }).status).toBe('not covered');
    expect(gateOf().status).toBe('not covered');
  });
});
