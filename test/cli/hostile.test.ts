import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import type { JsonReport } from '../../reports/json.ts';
import { endStarted, startCommand } from '../support/command-line.ts';
import { descendantsOf } from '../support/descendants.ts';
import { NO_ANSWERS } from '../support/hostile-answers.ts';
import { answers, hostileService } from '../support/hostile-service.ts';
import { isAlive } from '../support/remains.ts';
import { TODAY } from '../support/strikes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folders = temporaryFolders();
afterAll(endStarted);

/** What a service can do to people by the hundred without keeping the processor from whoever makes them. */
const hostile = NO_ANSWERS.filter(([name]) => !name.includes('without end') && !name.includes('1 MB'));

test('a storm on a service that turns hostile ends with a verdict, and with nothing left of it', {
  timeout: 400_000,
}, async (context) => {
  context.skip(TODAY !== 'a service that turns hostile', 'its turn comes on another day');
  const folder = folders();
  let [isHostile, turn] = [false, 0];
  const service = await hostileService((request) => {
    if (request !== 'POST /login') return answers('{}');
    if (!isHostile) return answers(JSON.stringify({ token: 'x' }));
    turn += 1;
    return hostile[turn % hostile.length]?.[1];
  });
  try {
    const [file, state, out] = [join(folder, 'stormtest.config.yaml'), join(folder, 'state'), join(folder, 'out')];
    const login = [{ request: 'POST /login', json: { as: '${person.email}' }, capture: { token: 'json:/token' } }];
    const target = { kind: 'http', url: service.url, operations: { login } };
    writeFileSync(file, stringify({ targets: { mine: target } }));
    const args = ['login-storm', '--target', 'mine', '--config', file, '--base-rate', '20', '--out', out, '--json'];
    const storm = startCommand(args, { cwd: folder, env: { STORMTEST_STATE: state } });
    await storm.until(/: storm/);
    const ours = descendantsOf(storm.pid);
    isHostile = true;
    const { code, stdout, stderr } = await storm.ended;
    expect([EXIT.failed, EXIT.unproven], stderr).toContain(code);
    const { verdict, run, counts } = JSON.parse(stdout) as JsonReport;
    expect(['died', 'invalid', 'inconclusive']).toContain(verdict);
    expect(run.ended?.reason).toBe('completed');
    const good = (phase: string) =>
      counts.filter((count) => count.phase === phase).reduce((sum, one) => sum + one.good, 0);
    expect(good('baseline')).toBeGreaterThan(0);
    expect(good('recovery')).toBe(0);
    // Each of its ways to answer was tried many times.
    expect(turn).toBeGreaterThan(10 * hostile.length);
    await expect.poll(() => ours.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    const intents = join(state, 'intents');
    expect(existsSync(intents) ? readdirSync(intents) : []).toEqual([]);
  } finally {
    service.close();
  }
});
