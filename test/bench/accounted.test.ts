import { expect, test } from 'vitest';
import { accounted, cpuIn } from '../../bench/accounted.ts';

const FOREVER = new AbortController().signal;
const node = (script: string) => [process.execPath, '-e', script];

test('the CPU time of a program is that of itself and its children', async () => {
  const burn = 'const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);';
  const script = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn)}]); console.log('done')`;
  const { stdout, cpu } = await accounted(node(script), { limit: 30_000, signal: FOREVER }).ended;
  expect(stdout).toBe('done\n');
  expect(cpu).toBeGreaterThan(0.3);
  expect(cpu).toBeLessThan(20);
});

test('a program that fails, overruns or is no longer wanted is no figure', async () => {
  const failing = accounted(node('console.error("no luck"); process.exit(3)'), { limit: 30_000, signal: FOREVER });
  await expect(failing.ended).rejects.toThrow(/ended with code 3: no luck/);
  const endless = accounted(node('setInterval(() => {}, 1000)'), { limit: 300, signal: FOREVER });
  await expect(endless.ended).rejects.toThrow('took more than 300 ms');
  const stopping = new AbortController();
  const stopped = accounted(node('setInterval(() => {}, 1000)'), { limit: 30_000, signal: stopping.signal });
  stopping.abort(new Error('interrupted'));
  await expect(stopped.ended).rejects.toThrow('interrupted');
});

test("bash's line is found below whatever the program itself wrote", () => {
  expect(cpuIn('a warning\n@cpu 1.250 0.125\n')).toBe(1.375);
  expect(cpuIn('a warning\n')).toBeUndefined();
});
