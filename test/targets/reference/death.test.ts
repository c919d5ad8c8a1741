import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { Order } from '../../../targets/reference/gateway/order.ts';
import type { ReferenceDeath, RunningReference } from '../../../targets/reference/start.ts';
import { VARIANTS } from '../../../targets/reference/variants.ts';
import { ask, describeWithReference, eventually, person, startForTest, stopStarted } from '../../support/reference.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from '../../support/remains.ts';

describeWithReference('the end of the reference target', () => {
  useOwnTemporaryFolder();
  afterEach(stopStarted);

  test.each([
    ['gateway', /^was ended by SIGKILL$/],
    ['postgres', /^was ended by SIGKILL; the last it said:\n.+/s],
  ] as const)('the death of the %s is told, and a stop leaves nothing', async (name, says) => {
    const deaths: ReferenceDeath[] = [];
    const reference = await startForTest('2020', { onDeath: (death) => deaths.push(death) });
    process.kill(pidOf(reference, name), 'SIGKILL');
    await eventually(() => deaths.length === 1);
    expect(deaths[0]).toMatchObject({ process: name, says: expect.stringMatching(says) });
    await reference.stop();
    expect(deaths).toHaveLength(1);
    expectNothingLeft(reference);
  });

  test('the gateway outlives its database, and says that logins fail', async () => {
    const reference = await startForTest('hardened', { onDeath: () => {} });
    process.kill(pidOf(reference, 'postgres'), 'SIGKILL');
    await eventually(() => foldersLeft().length === 0);
    const { email, password } = person(0);
    const { status } = await ask(`${reference.url}/v1/login`, { method: 'POST', body: { email, password } });
    expect(status).toBe(500);
    expect((await ask(`${reference.url}/healthz`)).status).toBe(200);
    await reference.stop();
    expectNothingLeft(reference);
  });

  test('a gateway ends with the channel to whoever started it, whatever it is at', async () => {
    const gateway = fork(GATEWAY, { stdio: 'ignore', serialization: 'advanced' });
    const ended = once(gateway, 'exit');
    const told = once(gateway, 'message');
    const database = { host: '/nowhere/at/all', port: 1, user: 'nobody', password: 'none' };
    const order: Order = {
      variant: '2020',
      settings: VARIANTS['2020'],
      accounts: [],
      population: undefined,
      calibration: undefined,
      port: 0,
      database,
      media: undefined,
      recordings: undefined,
      edges: undefined,
    };
    gateway.send(order);
    const [report] = await told;
    expect(report).toMatchObject({ kind: 'failed', what: expect.stringContaining('/nowhere/at/all') });
    expect(gateway.exitCode).toBeNull();
    gateway.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  test.runIf(process.platform === 'linux')('the death of the keeper is told, and a stop leaves nothing', async () => {
    const deaths: ReferenceDeath[] = [];
    const reference = await startForTest('2020', { onDeath: (death) => deaths.push(death) });
    const keeper = parentOf(pidOf(reference, 'postgres'));
    process.kill(keeper, 'SIGKILL');
    await eventually(() => deaths.length === 1);
    expect(deaths[0]?.process).toBe('postgres');
    await reference.stop();
    expectNothingLeft(reference);
  });

  test('kill -9 of whoever started it leaves no process, port or folder', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const reference: Pick<RunningReference, 'url' | 'processes'> = JSON.parse(String(line));
    expect(reference.processes.every(({ pid }) => isAlive(pid))).toBe(true);
    expect(foldersLeft()).toHaveLength(1);
    parent.kill('SIGKILL');
    await eventually(() => isNothingLeft(reference), 7_000);
    await expect(fetch(reference.url)).rejects.toThrow();
  });

  test.each([30, 300, 1_000, 1_800])(
    'kill -9 of whoever is starting it, after %i ms, leaves nothing',
    async (after) => {
      const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT], { stdio: 'ignore' });
      await new Promise((resolve) => setTimeout(resolve, 100 + after));
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      await eventually(() => foldersLeft().length === 0, 7_000);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(foldersLeft()).toEqual([]);
    },
  );
});

const GATEWAY = fileURLToPath(new URL('../../../dist/targets/reference/gateway/main.js', import.meta.url));

/** A script that starts the built reference target, tells what it is, and waits to be killed. */
const PARENT = `
  import { startReference } from ${JSON.stringify(new URL('../../../dist/targets/reference/start.js', import.meta.url).href)};
  const accounts = [{ name: 'Ada', email: 'ada@example.org', password: 'secret' }];
  const { url, processes } = await startReference('2020', { accounts, calibration: { r: 8, login: 90 }, media: true, onDeath() {} });
  console.log(JSON.stringify({ url, processes }));
`;

function isNothingLeft({ processes }: Pick<RunningReference, 'processes'>): boolean {
  return foldersLeft().length === 0 && !processes.some(({ pid }) => isAlive(pid));
}

function expectNothingLeft({ processes }: RunningReference): void {
  expect(foldersLeft()).toEqual([]);
  expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
}

function pidOf({ processes }: RunningReference, name: string): number {
  const found = processes.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no process ${name}`);
  return found.pid;
}

/** The second field after the name in brackets of a process' stat line. */
function parentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
}
