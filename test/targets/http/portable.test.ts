import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const IMPORT = /^(?:import|export) (?!type )[^;]*? from '([^']+)';/gm;

/** Everything that a module loads when it runs, itself included. */
function loadedBy(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  if (!file.startsWith('/')) return loaded;
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(IMPORT))
    loadedBy(from.startsWith('.') ? resolve(dirname(file), from) : from, loaded);
  return loaded;
}

test('what runs per request loads nothing but core and this adapter: no Node, no zod', () => {
  const loaded = [...loadedBy(resolve('targets/http/target.ts'))];
  expect(loaded.length).toBeGreaterThan(20);
  const own = [resolve('core/'), resolve('targets/http/')];
  expect(loaded.filter((file) => !own.some((folder) => file.startsWith(`${folder}/`)))).toEqual([]);
  expect(loaded.filter((file) => file.includes('/schema'))).toEqual([]);
});

test('what runs per stanza of an XMPP server loads its reader of XML besides', () => {
  const loaded = [...loadedBy(resolve('targets/xmpp/target.ts'))];
  const own = [resolve('core/'), resolve('targets/http/'), resolve('targets/xmpp/')];
  expect(loaded.filter((file) => !own.some((folder) => file.startsWith(`${folder}/`)))).toEqual(['saxes']);
  expect(loaded.filter((file) => file.includes('/schema'))).toEqual([]);
});

test('the reader of declarations loads zod besides', () => {
  const loaded = [...loadedBy(resolve('targets/http/schema.ts'))];
  expect(loaded.filter((file) => !file.startsWith('/'))).toEqual(['zod']);
});

test('no global is used that engines other than Node lack', () => {
  const sources = [...loadedBy(resolve('targets/http/target.ts'))].map((file) => readFileSync(file, 'utf8'));
  for (const source of sources)
    expect(source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')).not.toMatch(
      /\bnew URL\b|\bBuffer\b|\bfetch\(|\bprocess\.|\bsetTimeout\b|\bstructuredClone\b|\bcrypto\b|\bperformance\b|async \*/,
    );
});
