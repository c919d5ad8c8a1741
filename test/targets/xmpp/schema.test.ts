import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { describedBy, describedJsonSchema } from '../../../cli/kinds.ts';
import { Mistakes } from '../../../core/mistake.ts';
import { parseXmppDeclaration } from '../../../targets/xmpp/schema.ts';

const least = { kind: 'xmpp', url: 'https://meet.example.com' };

function mistakesOf(declared: object): string[] {
  try {
    describedBy(declared, 'targets.mine', {});
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list.map(({ where, what }) => `${where}: ${what}`);
    throw thrown;
  }
  return [];
}

test('what is not said is what most servers have', () => {
  expect(parseXmppDeclaration(least, 'targets.mine', {})).toEqual({
    ...least,
    websocket: 'wss://meet.example.com/xmpp-websocket',
    domain: 'meet.example.com',
    rooms: 'conference.meet.example.com',
    login: 'password',
  });
  const said = { url: 'http://127.0.0.1:5280', websocket: '/ws', domain: 'a.b', rooms: 'muc.a.b', login: 'anonymous' };
  expect(parseXmppDeclaration({ kind: 'xmpp', ...said, metrics: [{ name: 'p', url: '/metrics' }] }, 'x', {})).toEqual({
    kind: 'xmpp',
    ...said,
    websocket: 'ws://127.0.0.1:5280/ws',
    metrics: [{ name: 'p', url: 'http://127.0.0.1:5280/metrics' }],
  });
});

test.each([
  [{ url: 'nowhere' }, 'targets.mine.url: is no address'],
  [{ domain: 'not a domain' }, 'targets.mine.domain: "not a domain" is no domain'],
  [
    { websocket: 'wss://elsewhere.example.com/x' },
    'targets.mine.websocket: elsewhere.example.com is not among the hosts',
  ],
  [{ login: 'anonymous', mechanism: 'PLAIN' }, 'targets.mine.mechanism: needs a password'],
  [{ mechanism: 'DIGEST-MD5' }, 'targets.mine.mechanism: cannot be "DIGEST-MD5"'],
  [{ operations: {} }, 'targets.mine.operations: is not known'],
  [{ kind: 'xmp' }, 'targets.mine.kind: there is no kind of target "xmp"'],
])('%j is a mistake', (changes, told) => {
  expect(mistakesOf({ ...least, ...changes })).toContain(told);
});

describe('the schema for editors', () => {
  const isTarget = new Ajv2020({ strict: false }).compile(describedJsonSchema());

  test('knows both kinds apart', () => {
    expect(isTarget(least)).toBe(true);
    expect(isTarget({ ...least, operations: {} })).toBe(false);
    expect(isTarget({ url: 'http://a', operations: {} })).toBe(true);
    expect(isTarget({ url: 'http://a', domain: 'a', operations: {} })).toBe(false);
  });
});
