import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { endStarted, stormtest } from '../support/command-line.ts';
import { describeWithReference } from '../support/reference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { webServer } from '../support/web-server.ts';

const folder = temporaryFolders();
afterAll(endStarted);

describe('what cannot be calibrated', () => {
  test.each([
    [
      ['--target', 'reference:hardened', '--class', 'logn'],
      '--class: "logn" cannot be calibrated (did you mean login?)',
    ],
    [
      ['--target', 'reference:hardened', '--share', '1'],
      '--share: 1 cannot be shown by any number of tries (such as 0.99)',
    ],
    [['--target', 'reference:hardened', '--from', '50', '--max-rate', '20'], '--from: 50/s is above --max-rate 20/s'],
    [
      ['--target', 'reference:hardened', '--max-duration', '1m'],
      '--max-duration: the search may take 680 s, the cap is 60 s (begin at a higher --from, with a shorter --step, or raise the cap)',
    ],
  ])('%j is told', async (args, told) => {
    const ended = await answered(['calibrate', ...args]);
    expect([ended.code, ended.stdout, ...mistakesIn(ended)]).toEqual([EXIT.usage, '', told]);
  });

  test('a missing target is told as everywhere', async () => {
    const ended = await answered(['calibrate']);
    expect([ended.code, ended.stderr]).toEqual([EXIT.usage, expect.stringContaining('--target: is missing')]);
  });
});

test('a target that turns everybody away has no capacity, and its configuration stays as it is', {
  timeout: 120_000,
}, async () => {
  const server = await webServer((_, response) => response.writeHead(503).end());
  const file = join(folder(), 'storm.yaml');
  const text = `targets:\n  mine:\n    url: ${server.url}\n    operations: { login: [{ request: POST /login }] }\n`;
  writeFileSync(file, text);
  const args = ['--target', 'mine', '--config', file, '--step', '2s', '--from', '100', '--share', '0.5', '--json'];
  const ended = await stormtest(['calibrate', ...args], { cwd: folder() });
  expect([ended.code, readFileSync(file, 'utf8')]).toEqual([EXIT.unproven, text]);
  expect(JSON.parse(ended.stdout)).toMatchObject({ written: null });
  await server.stop();
});

describeWithReference('the hardened reference target', () => {
  test('carries about what it declares, which is written down where it is declared', { timeout: 400_000 }, async () => {
    const cwd = folder();
    const args = ['--target', 'reference:hardened', '--from', '25', '--step', '5s', '--share', '0.95', '--json'];
    const { code, stdout, stderr } = await stormtest(['calibrate', ...args], { cwd });
    expect([code, stderr]).toEqual([EXIT.survived, expect.stringMatching(/25 login\/s: \d+ of \d+ in time, holds/)]);
    const { held, written } = JSON.parse(stdout);
    // It declares about 73; it can do about 102 at the most, on a machine that has nothing else to do.
    expect(held.rate).toBeGreaterThan(35);
    expect(held.rate).toBeLessThan(150);
    expect(written).toBeNull();
  });
});

test('a declared target has it written down, and the comments stay', { timeout: 120_000 }, async () => {
  const server = await webServer((_, response) => response.end('{}'));
  const file = join(folder(), 'storm.yaml');
  const text = `# mine\ntargets:\n  mine:\n    url: ${server.url} # here\n    operations: { login: [{ request: POST /login }] }\n`;
  writeFileSync(file, text);
  const args = [
    '--target',
    'mine',
    '--config',
    file,
    '--step',
    '2s',
    '--from',
    '40',
    '--max-rate',
    '40',
    '--share',
    '0.5',
  ];
  const ended = await stormtest(['calibrate', ...args], { cwd: folder() });
  expect(ended.code).toBe(EXIT.survived);
  expect(ended.stdout).toContain('mine keeps 50 % within 1 s up to 40 login/s');
  expect(ended.stdout).toContain('beyond is not told: 40/s is the most that was to be tried');
  const after = readFileSync(file, 'utf8');
  expect(parse(after).targets.mine.capacity).toEqual({ login: 40 });
  expect(
    after
      .split('\n')
      .filter((line) => !line.includes('calibrated on'))
      .join('\n'),
  ).toBe(text);
  await server.stop();
});
