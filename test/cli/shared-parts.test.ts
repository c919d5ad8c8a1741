import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../../cli/config-shape.ts';
import { withSharedParts } from '../../cli/shared-parts.ts';

const TIME = { type: 'string', pattern: '^\\d+(ms|s|m|h)$', description: `${'how long it may take, '.repeat(12)}` };
const HOP = { type: 'object', properties: { timeout: TIME, after: TIME }, required: ['timeout'] };

test('what stands in a schema several times is told once, also inside of what is told once', () => {
  const shared = withSharedParts({
    type: 'object',
    properties: { one: HOP, other: HOP, wait: TIME, name: { type: 'string' } },
  });
  expect(shared.properties).toEqual({
    ...{ one: { $ref: '#/$defs/shared1' }, other: { $ref: '#/$defs/shared1' } },
    ...{ wait: { $ref: '#/$defs/shared2' }, name: { type: 'string' } },
  });
  const time = { $ref: '#/$defs/shared2' };
  expect(shared.$defs).toEqual({
    shared1: { ...HOP, properties: { timeout: time, after: time } },
    shared2: TIME,
  });
});

test('the schema of the configuration says the same of a file, in less than 200 kB', () => {
  const schema = configJsonSchema();
  expect(JSON.stringify(schema).length).toBeLessThan(200_000);
  const isConfig = new Ajv2020({ strict: false }).compile(schema);
  const meet = { kind: 'xmpp', url: 'ws://127.0.0.1:5280/xmpp-websocket' };
  expect([isConfig({ targets: { meet } }), isConfig.errors]).toEqual([true, null]);
  for (const wrong of [
    { ...meet, capacity: 'much' },
    { ...meet, hosts: [] },
    { ...meet, colour: 'red' },
  ]) {
    expect(isConfig({ targets: { meet: wrong } }), JSON.stringify(wrong)).toBe(false);
  }
});
