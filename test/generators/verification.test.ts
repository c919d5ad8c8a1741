import { expect, test } from 'vitest';
import type { AcknowledgedMeeting, Kept } from '../../core/acknowledged.ts';
import { Failure } from '../../core/failure.ts';
import type { Client, Operation, Target } from '../../core/target.ts';
import { peopleOf } from '../../generators/people.ts';
import { nodeWire } from '../../generators/transports/node.ts';
import { verified } from '../../generators/verification.ts';

const meeting = (id: string): AcknowledgedMeeting => ({
  kind: 'meeting',
  id,
  name: `name of ${id}`,
  key: `key of ${id}`,
});

/** Asks a target that answers like this for three meetings. */
async function ledgersOf(operations: readonly Operation[], answers: Partial<Client>, changes: Partial<Kept> = {}) {
  const client: Client = { ...answers, elsewhere: () => client };
  const target: Target = { name: 'made-up', operations, capacity: {}, metrics: [], services: {}, client: () => client };
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  const people = peopleOf({ from: 'seed', count: 1 }, 1);
  const kept: Kept = {
    meeting: { sample: ['a', 'b', 'c'].map(meeting), total: 9 },
    ticket: { sample: [], total: 0 },
    recording: { sample: [], total: 0 },
    ...changes,
  };
  try {
    return await verified({ target, wire, people, residents: [], kept, at: 7 });
  } finally {
    wire.close();
  }
}

const told = { kind: 'ledger', at: 7, acknowledged: 9, checked: 3, held: 3, broken: [], unanswered: 0 };

test('what is there, once and empty, is held', async () => {
  const ledgers = await ledgersOf(['findMeeting', 'countMeetings'], {
    findMeeting: async (id) => ({ id, participants: 0 }),
    countMeetings: async () => 1,
  });
  expect(ledgers).toEqual([
    { ...told, invariant: 'meetings-kept' },
    { ...told, invariant: 'created-once' },
    { ...told, invariant: 'no-ghosts' },
  ]);
});

test('a meeting that is gone, one that was created twice, and one with somebody left in it are named', async () => {
  const ledgers = await ledgersOf(['findMeeting', 'countMeetings'], {
    findMeeting: async (id) => (id === 'a' ? undefined : { id, participants: id === 'c' ? 2 : 0 }),
    countMeetings: async ({ key }) => (key === 'key of b' ? 2 : Number(key !== 'key of a')),
  });
  expect(ledgers).toEqual([
    { ...told, invariant: 'meetings-kept', held: 2, broken: ['a'] },
    { ...told, invariant: 'created-once', held: 1, broken: ['a', 'b'] },
    { ...told, invariant: 'no-ghosts', checked: 2, held: 1, broken: ['c'] },
  ]);
});

test('what the target does not offer is not in the ledgers, and what it does not answer proves nothing', async () => {
  const silent = async () => {
    throw new Failure('timeout', 'no answer');
  };
  expect(await ledgersOf(['findMeeting'], { findMeeting: silent })).toEqual([
    { ...told, invariant: 'meetings-kept', held: 0, unanswered: 3 },
  ]);
  expect(await ledgersOf(['countMeetings'], { countMeetings: async () => 1 })).toEqual([
    { ...told, invariant: 'created-once' },
  ]);
});

test('a recording that is gone, shorter or another one is named, and one of which nothing is told proves nothing', async () => {
  const recording = (id: string, facts: object = { bytes: 9, checksum: 'abc' }) =>
    ({ kind: 'recording', id, ...facts }) as const;
  const sample = [...['whole', 'gone', 'short', 'other'].map((id) => recording(id)), recording('untold', {})];
  const kept: Partial<Kept> = {
    meeting: { sample: [], total: 0 },
    recording: { sample, total: 9 },
  };
  const told = { whole: { bytes: 9, checksum: 'abc' }, short: { bytes: 8 }, other: { bytes: 9, checksum: 'abd' } };
  const findRecording = async (id: string) => (id === 'gone' ? undefined : { id, ...told[id as keyof typeof told] });
  expect(await ledgersOf(['findRecording'], { findRecording }, kept)).toEqual([
    {
      ...{ kind: 'ledger', at: 7, invariant: 'recordings-whole', acknowledged: 9, checked: 5 },
      ...{ held: 1, broken: ['gone', 'short', 'other'], unanswered: 1 },
    },
  ]);
  expect(await ledgersOf([], {}, kept)).toEqual([]);
});

test('tickets are asked for where the target offers it', async () => {
  const tickets: Partial<Kept> = {
    meeting: { sample: [], total: 0 },
    ticket: { sample: ['a', 'b', 'c'].map((id) => ({ kind: 'ticket', id })), total: 9 },
  };
  const findTicket = async (id: string) => (id === 'b' ? undefined : { id });
  expect(await ledgersOf(['findTicket'], { findTicket }, tickets)).toEqual([
    { ...told, invariant: 'tickets-kept', held: 2, broken: ['b'] },
  ]);
  expect(await ledgersOf([], {}, tickets)).toEqual([]);
});
