import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { EXIT } from '../../core/exit.ts';
import { endStarted, startCommand } from '../support/command-line.ts';
import { descendantsOf } from '../support/descendants.ts';
import { begun, keptTarget } from '../support/kept-target.ts';
import { ask, describeWithReference, eventually } from '../support/reference.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from '../support/remains.ts';

describeWithReference('stormtest target', () => {
  useOwnTemporaryFolder();
  afterAll(endStarted);

  test('says in JSON where it is and who may sign in, answers there, and ends on SIGTERM leaving nothing', async () => {
    const { command, facts } = await keptTarget('hardened', { cwd: process.cwd() });
    expect(facts).toMatchObject({ variant: 'hardened', seed: 1, metrics: `${facts.url}/metrics` });
    expect(facts.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(facts.capacity.login).toBeGreaterThan(0);
    expect(command.said.stderr).not.toMatch(/password/);
    const granted = await ask(`${facts.url}/v1/login`, { method: 'POST', body: facts.account });
    expect(granted.status).toBe(200);
    const denied = await ask(`${facts.url}/v1/login`, { method: 'POST', body: { ...facts.account, password: 'no' } });
    expect(denied.status).toBe(401);
    expect(await (await fetch(facts.metrics)).text()).toMatch(/^reference_logins_total\{result="granted"\} 1$/m);
    expect(facts.processes.map(({ pid }) => isAlive(pid))).not.toContain(false);
    command.signal('SIGTERM');
    const { code, stdout } = await command.ended;
    expect(code).toBe(EXIT.survived);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect([foldersLeft(), facts.processes.filter(({ pid }) => isAlive(pid))]).toEqual([[], []]);
    await expect(fetch(facts.url)).rejects.toThrow();
  });

  test.runIf(process.platform === 'linux')(
    'for people says the same in lines, and answers 1 when the target dies',
    async () => {
      const start = () => startCommand(['target', 'reference:2020', '--seed', '7'], { cwd: process.cwd() });
      const command = await begun(start, /sign in .*\n/);
      expect(command.said.stdout).toMatch(/^reference:2020 is ready; Ctrl-C ends it$/m);
      expect(command.said.stdout).toMatch(
        /target {4}http.*\n {2}metrics {3}http.*\/metrics\n {2}capacity {2}\d+ logins\/s/,
      );
      expect(command.said.stdout).toMatch(/sign in {3}\S+@\S+ with .* \(the first of 200 people of seed 7\)/);
      const gateway = descendantsOf(command.pid).find((pid) => commandOf(pid).includes('gateway/main.js'));
      process.kill(gateway ?? 0, 'SIGKILL');
      const { code, stderr } = await command.ended;
      expect(code).toBe(EXIT.broken);
      expect(stderr).toMatch(/gateway was ended by SIGKILL/);
      await eventually(() => foldersLeft().length === 0, 10_000);
    },
  );
});

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}
