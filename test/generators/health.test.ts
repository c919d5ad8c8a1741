import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

test('a generator out of descriptors goes on, and says nothing of what it cannot know', () => {
  const script = `
    import { openSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    const { health } = await import(${JSON.stringify(pathToFileURL('dist/generators/health.js').href)});
    await sleep(1);
    const end = new Error('enough');
    const told = [];
    const run = {
      now: () => performance.now(),
      record: (event) => told.push(event),
      until: (moment) => (told.length === 2 ? Promise.reject(end) : sleep(Math.max(0, moment - performance.now()))),
    };
    try { for (;;) openSync('/dev/null'); } catch {}
    await health(run).catch((thrown) => { if (thrown !== end) throw thrown; });
    process.stdout.write(JSON.stringify(told));
  `;
  const shell = `ulimit -n 64 && exec "$0" --input-type=module -e "$1"`;
  const ended = spawnSync('bash', ['-c', shell, process.execPath, script], { encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  const told = JSON.parse(ended.stdout) as Record<string, unknown>[];
  expect(told).toHaveLength(2);
  expect(told.map(({ memory, machine }) => [memory, machine])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(told[0]?.cpu).toBeGreaterThan(0);
});
