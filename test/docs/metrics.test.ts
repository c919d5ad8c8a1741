import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { watchingOf } from '../../cli/target/watching.ts';
import { INDICATORS } from '../../core/indicator.ts';
import { PRESETS } from '../../metrics/presets.ts';
import { parseHttpDeclaration } from '../../targets/http/schema.ts';

const text = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

test('every indicator and every preset is in the page on metrics, and no other', () => {
  const rows = [...text.matchAll(/^\| `([\w.]+)` *\| (counter|gauge) *\| (.+?) *\| (.+?) *\|$/gm)];
  expect(rows.map(([, name, kind, unit, says]) => [name, { kind, unit, says }])).toEqual(Object.entries(INDICATORS));
  for (const preset of PRESETS.keys()) expect(text).toContain(`\`${preset}\``);
});

test('its examples are configurations that work', () => {
  const written = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => parse(yaml ?? '') as object);
  expect(written).toHaveLength(2);
  const whole = Object.assign({ url: 'http://127.0.0.1', operations: { login: [{ request: 'GET /' }] } }, ...written);
  const { metrics, halts } = watchingOf(
    parseHttpDeclaration(whole, 'targets.mine', { PROM_TOKEN: 't' }),
    'targets.mine',
  );
  expect(metrics.map(({ kind }) => kind)).toEqual(['page', 'prometheus']);
  expect(halts.map(({ sources }) => sources)).toEqual([['prom'], ['auth'], ['prom']]);
});
