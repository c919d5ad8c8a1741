import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Failure } from '../../core/failure.ts';
import type { PlannedScenario } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { Client, Target } from '../../core/target.ts';
import { cdnBrownout } from '../../profiles/cdn-brownout.ts';
import { constant, type Loaded, loaded, total } from '../support/shards.ts';

const OPERATIONS = ['login', 'createMeeting', 'fetchAssets', 'join'] as const;

/** Ten people open the web client, with so much patience and a deadline of 400 ms. */
function visited(fetchAssets: () => Promise<void>, joins: () => void = () => {}): Promise<Loaded> {
  const client: Client = {
    async login() {},
    createMeeting: async () => ({ id: 'm' }),
    fetchAssets,
    async join() {
      joins();
      return { leave: async () => {} };
    },
    elsewhere: () => client,
  };
  const target: Target = {
    ...{ name: 'made-up', operations: OPERATIONS, capacity: {}, metrics: [], services: {} },
    client: () => client,
  };
  const planned = plan(cdnBrownout, { operations: OPERATIONS });
  const scenario: PlannedScenario = {
    ...{ name: 'visits', journey: 'enter', cohort: 'visitors', role: 'base', model: 'open' },
    ...{ curve: constant(10, 1_000), maxVUs: 100, signedIn: 1 },
  };
  const classes = planned.classes.map((each) => ({ ...each, deadline: 400 }));
  const habits = { ...planned.habits, retries: [] };
  return loaded({ ...planned, classes, habits, scenarios: [scenario] }, target);
}

const ofClass = ({ bins }: Loaded, name: string) => bins.filter((bin) => bin.class === name);

test('whoever fetches the web client in time joins in time', async () => {
  const told = await visited(async () => {});
  for (const name of ['assets', 'join']) {
    expect(total(ofClass(told, name), ({ offered }) => offered)).toBe(10);
    expect(total(ofClass(told, name), ({ good }) => good)).toBe(10);
  }
});

test('what the web client takes is a part of what the join takes', async () => {
  let joined = 0;
  const told = await visited(
    () => sleep(600),
    () => {
      joined += 1;
    },
  );
  expect(joined).toBe(10);
  expect(total(ofClass(told, 'join'), ({ offered }) => offered)).toBe(10);
  expect(total(ofClass(told, 'join'), ({ failed }) => failed.late)).toBe(10);
});

test('whoever cannot fetch the web client has not joined, without having tried', async () => {
  let joined = 0;
  const told = await visited(
    async () => {
      throw new Failure('reset', 'the edge is gone');
    },
    () => {
      joined += 1;
    },
  );
  expect(joined).toBe(0);
  const joins = ofClass(told, 'join');
  expect(total(joins, ({ offered }) => offered)).toBe(10);
  expect(total(joins, ({ failed }) => failed.reset)).toBe(10);
  expect(total(joins, ({ attempts }) => attempts)).toBe(0);
});
