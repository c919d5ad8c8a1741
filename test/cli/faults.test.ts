import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import type { RunEvent } from '../../core/event.ts';
import { EXIT } from '../../core/exit.ts';
import { endStarted, startProgram, stormtest } from '../support/command-line.ts';
import { descendantsOf } from '../support/descendants.ts';
import { faultyStorm, lineTo, watchdogsOf } from '../support/faulty-storm.ts';
import { describeWith } from '../support/real-part.ts';
import { eventually } from '../support/reference.ts';
import { isAlive } from '../support/remains.ts';
import { smallConference } from '../support/small-conference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { startReal, type TestedToxiproxy } from '../support/toxiproxy.ts';

const folder = temporaryFolders(undefined, afterAll);
afterAll(endStarted);

/** The typical time of an attempt in each second of a phase, in microseconds. */
function attemptsIn(events: readonly RunEvent[], phase: string): readonly number[] {
  const starts = events.filter((event) => event.kind === 'phase');
  const from = starts.find(({ name }) => name === phase)?.at ?? 0;
  const to = starts.find(({ at }) => at > from)?.at ?? Number.POSITIVE_INFINITY;
  return events
    .filter((event) => event.kind === 'traffic')
    .filter(({ second }) => second * 1_000 >= from && (second + 1) * 1_000 <= to)
    .flatMap(({ duration }) => typical(duration));
}

/** The value in the middle of a histogram that is written as values and their counts. */
function typical(histogram: readonly number[]): number[] {
  const pairs = histogram.flatMap((value, at) => (at % 2 === 0 ? [[value, histogram[at + 1] ?? 0] as const] : []));
  const half = pairs.reduce((sum, [, count]) => sum + count, 0) / 2;
  let seen = 0;
  for (const [value, count] of pairs) {
    seen += count;
    if (seen >= half && count > 0) return [value];
  }
  return [];
}

describe('a storm with a fault on connections', () => {
  test('by a Toxiproxy of its own that is interrupted takes everything with it', async () => {
    const run = await faultyStorm(folder());
    await run.until('proven');
    const started = descendantsOf(run.storm.pid);
    expect(started.length).toBeGreaterThanOrEqual(2);
    expect(readdirSync(join(run.env.STORMTEST_STATE, 'intents'))).toHaveLength(1);
    run.storm.signal('SIGINT');
    const { code, stderr } = await run.storm.ended;
    expect([code, stderr]).toEqual([EXIT.interrupted, expect.stringContaining('SIGINT: stopping')]);
    expect(run.faults().map(({ state }) => state)).toEqual(['applied', 'proven', 'lifted']);
    expect(readdirSync(join(run.env.STORMTEST_STATE, 'intents'))).toEqual([]);
    await eventually(() => !started.some(isAlive));
    await run.service.close();
  });

  test('whose intentions cannot be written down is not begun', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'state'), '');
    const run = await faultyStorm(cwd, '--toxiproxy', 'http://127.0.0.1:9');
    const { code, stdout, stderr } = await run.storm.ended;
    expect([code, stdout]).toEqual([EXIT.broken, '']);
    expect(stderr).toMatch(/^stormtest: .*state\/intents.*cannot be (read|written) \(ENOTDIR/m);
    expect(stderr).not.toContain('a bug of ours');
    expect(existsSync(join(cwd, 'out'))).toBe(false);
    await run.service.close();
  });
});

describeWith('toxiproxy', 'a storm with a fault in a Toxiproxy that runs already', () => {
  let real: TestedToxiproxy;
  beforeEach(async () => {
    real = await startReal();
  });
  afterEach(() => real.stop());
  const proxies = () => toxiproxyClient(real.url).proxies();

  test('goes by a proxy of its own there, is slowed down by the fault alone, and removes it', async () => {
    const theirs = { name: 'theirs', upstream: '127.0.0.1:9', listen: '127.0.0.1:0' };
    await toxiproxyClient(real.url).createProxy(theirs);
    const run = await faultyStorm(folder(), '--toxiproxy', real.url, '--json');
    await run.until('proven');
    const own = (await proxies()).find(({ name }) => name !== 'theirs');
    expect(own?.name).toMatch(/^st_\w+_auth_0$/);
    expect(own?.toxics).toMatchObject([{ type: 'latency', attributes: { latency: 100, jitter: 20 } }]);
    const { code, stdout } = await run.storm.ended;
    // A machine that others use may have made it invalid, but never for want of proof.
    expect([EXIT.survived, EXIT.unproven]).toContain(code);
    const { validity } = JSON.parse(stdout) as { validity: { reasons: readonly { name: string }[] } };
    expect(validity.reasons.map(({ name }) => name)).not.toContain('fault-not-proven');
    expect(run.faults().map(({ state }) => state)).toEqual(['applied', 'proven', 'lifted']);
    const [before, storm] = [attemptsIn(run.recorded(), 'baseline'), attemptsIn(run.recorded(), 'storm')];
    expect(before.filter((time) => time < 60_000).length).toBeGreaterThan(before.length * 0.8);
    expect(storm.filter((time) => time > 75_000).length).toBeGreaterThan(storm.length * 0.8);
    expect((await proxies()).map(({ name }) => name)).toEqual(['theirs']);
    await toxiproxyClient(real.url).removeProxy('theirs');
    await run.service.close();
  }, 180_000);

  test('that cannot be taken out ends with 113 and the commands, until the next command can', async () => {
    const line = await lineTo(real.url);
    const run = await faultyStorm(folder(), '--toxiproxy', line.url, '--repeat', '2');
    const { cwd, env } = run;
    await run.until('proven');
    line.cut();
    run.storm.signal('SIGINT');
    const ended = await run.storm.ended;
    expect(ended.code).toBe(EXIT.uncleaned);
    expect(run.faults().at(-1)?.state).toBe('not lifted');
    expect(ended.stderr).toContain('stopped after run 1 of 2: nothing more is stormed before everything is put back');
    expect(ended.stderr).toContain('NOT EVERYTHING COULD BE PUT BACK. stormtest cleanup tries again; by hand:');
    const typed = ended.stderr.match(/curl -X DELETE \S+/g) ?? [];
    expect(typed.map((text) => text.replace(/st_[a-z0-9]+_/g, 'st_RUN_'))).toEqual([
      `curl -X DELETE ${line.url}/proxies/st_RUN_auth_0`,
      `curl -X DELETE ${line.url}/proxies/st_RUN_auth_0/toxics/st_RUN_0`,
    ]);
    for (const pid of watchdogsOf(env.STORMTEST_STATE)) process.kill(pid, 'SIGKILL');
    expect((await proxies()).flatMap(({ toxics }) => toxics)).toHaveLength(1);

    // Whatever is asked next, nothing is proven on a target that is broken still.
    const doctor = await stormtest(['doctor'], { cwd, env });
    expect([doctor.code, doctor.stdout]).toEqual([EXIT.uncleaned, '']);
    expect(doctor.stderr).toMatch(
      /cannot put back what an earlier run has left: latency at database: 100 ms.*(ECONNRESET|(did|does) not answer)/,
    );
    for (const text of typed) expect(doctor.stderr).toContain(text);
    const failed = await stormtest(['cleanup', '--json'], { cwd, env });
    expect(failed.code).toBe(EXIT.uncleaned);
    expect(JSON.parse(failed.stdout)).toMatchObject({ undone: [], owned: [], failed: [{}, {}] });
    expect(failed.stderr).toContain(`is forgotten when its file in ${join(env.STORMTEST_STATE, 'intents')} is removed`);
    const byHand = (JSON.parse(failed.stdout) as { failed: { byHand: string }[] }).failed.map((one) => one.byHand);
    expect(byHand.toSorted()).toEqual(typed.toSorted());

    line.mend();
    // Not waited for in one piece: the line is laid by this process.
    await promisify(execFile)('sh', ['-c', byHand.find((text) => text.includes('/toxics/')) ?? 'false']);
    expect((await proxies()).flatMap(({ toxics }) => toxics)).toEqual([]);
    const done = await stormtest(['cleanup'], { cwd, env });
    expect([done.code, done.stderr]).toEqual([EXIT.survived, '']);
    expect(done.stdout.split('\n').toSorted()).toEqual([
      '',
      'put back: a proxy before auth_0',
      'put back: latency at database: 100 ms of latency, 20 ms of jitter',
    ]);
    expect(await proxies()).toEqual([]);
    const again = await stormtest(['cleanup'], { cwd, env });
    expect([again.code, again.stdout]).toEqual([EXIT.survived, 'nothing is left of earlier runs\n']);
    line.close();
    await run.service.close();
  }, 120_000);

  test('that is killed together with its watchdog is put back by the next command, before anything else', async () => {
    const run = await faultyStorm(folder(), '--toxiproxy', real.url);
    const { cwd, env } = run;
    await run.until('proven');
    const during = await stormtest(['doctor'], { cwd, env });
    expect([during.code, during.stderr]).toEqual([EXIT.survived, '']);
    expect(during.stdout).toMatch(/^doubt {3}in place by a run that goes on: .*latency at database/m);
    run.storm.process.kill('SIGKILL');
    for (const pid of watchdogsOf(env.STORMTEST_STATE)) process.kill(pid, 'SIGKILL');
    await run.storm.ended;
    expect((await proxies()).flatMap(({ toxics }) => toxics)).toHaveLength(1);
    const doctor = await stormtest(['doctor'], { cwd, env });
    expect(doctor.code).toBe(EXIT.survived);
    expect(doctor.stderr).toMatch(/put back what an earlier run has left: latency at database/);
    expect(doctor.stdout).toMatch(/^ok {6}no fault is in place/m);
    expect(await proxies()).toEqual([]);
    await run.service.close();
  }, 120_000);
});

describe('an adapter with a defect', () => {
  /** A build of the program in which people cannot sign in for a reason of its own, from the first or in the load only. */
  const defective = (where: 'everywhere' | 'load workers'): string => {
    const at = folder();
    cpSync('dist', join(at, 'dist'), { recursive: true });
    cpSync('package.json', join(at, 'package.json'));
    symlinkSync(resolve('node_modules'), join(at, 'node_modules'));
    const file = join(at, 'dist', 'targets', 'http', 'client.js');
    const text = readFileSync(file, 'utf8');
    const when = where === 'everywhere' ? 'true' : '!isMainThread';
    const planted = text.replace('client.login = async () => {', `$& if (${when}) throw new TypeError('planted');`);
    expect(planted).not.toBe(text);
    writeFileSync(file, `import { isMainThread } from 'node:worker_threads';\n${planted}`);
    return join(at, 'dist', 'cli', 'main.js');
  };

  test.each(['everywhere', 'load workers'] as const)(
    '(%s) ends the run with 107, and is not called a bug of ours',
    async (where) => {
      const service = await smallConference();
      const cwd = folder();
      mkdirSync(join(cwd, 'state'));
      const operations = { login: [{ request: 'POST /v1/login', json: { email: 'a', password: 'b' } }] };
      writeFileSync(
        join(cwd, 'stormtest.config.yaml'),
        JSON.stringify({ targets: { mine: { url: service.url, operations } } }),
      );
      const words = [defective(where), 'login-storm', '--target', 'mine', '--base-rate', '20', '--out', 'out'];
      const env = { STORMTEST_STATE: join(cwd, 'state') };
      const { code, stderr } = await startProgram(process.execPath, words, { cwd, env }).ended;
      expect(code).toBe(EXIT.exception);
      expect(stderr).toMatch(/^stormtest: a journey or an adapter broke: TypeError: planted$/m);
      // Load workers keep no stacks: there they would cost more than the load.
      if (where === 'everywhere') expect(stderr).toMatch(/^ +at .*targets\/http\/client\.js/m);
      expect(stderr).not.toContain('a bug of ours');
      // One person signs in before the load does.
      const signedIn = service.seen.filter(({ method }) => method === 'POST');
      expect(signedIn).toHaveLength(where === 'everywhere' ? 0 : 1);
      expect(existsSync(join(cwd, 'out', 'recording.jsonl'))).toBe(where === 'load workers');
      await service.close();
    },
  );
});
