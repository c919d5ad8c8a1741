import { describe, expect, test } from 'vitest';
import { type ScriptedAnswer, scriptedTransport } from '../../support/scripted-transport.ts';
import { ada, clientOf, failureOf } from './declared.ts';

/** How login ends after an answer: `ok`, or the kind and the message of its failure. */
async function judged(answer: ScriptedAnswer, step: object): Promise<string> {
  const client = clientOf({ login: [{ request: 'POST /v1/login?key=1', ...step }] }, scriptedTransport([answer]));
  try {
    await client.login?.();
    return 'ok';
  } catch {
    const { kind, message } = await failureOf(client.login?.());
    return `${kind}: ${message}`;
  }
}

describe('an answer', () => {
  test.each([200, 201, 204, 299])('of %i is a success unless told otherwise', async (status) => {
    expect(await judged({ status }, {})).toBe('ok');
  });

  test.each([
    [301, 'status: POST /v1/login: 301, expected 2xx'],
    [404, 'status: POST /v1/login: 404, expected 2xx'],
    [500, 'status: POST /v1/login: 500, expected 2xx'],
    [401, 'denied: POST /v1/login: denied with 401'],
    [403, 'denied: POST /v1/login: denied with 403'],
    [429, 'shed: POST /v1/login: shed with 429'],
    [503, 'shed: POST /v1/login: shed with 503'],
  ])('of %i is what it usually means', async (status, ending) => {
    expect(await judged({ status, body: 'secret' }, {})).toBe(ending);
  });

  test('of another status than expected names what was expected', async () => {
    expect(await judged({ status: 200 }, { expect: { status: [201, '3xx'] } })).toBe(
      'status: POST /v1/login: 200, expected 201 or 3xx',
    );
  });

  test('is judged in the order shed, denied, expected', async () => {
    const step = { shed: { contains: 'full' }, denied: { contains: 'no' }, expect: { status: 503 } };
    expect(await judged({ status: 503, body: 'no, full' }, step)).toMatch(/^shed/);
    expect(await judged({ status: 503, body: 'no' }, step)).toMatch(/^denied/);
    expect(await judged({ status: 503, body: 'yes' }, step)).toBe('ok');
  });

  test('is shed by any pattern of a list, and by none of an empty one', async () => {
    const shed = [{ status: 429 }, { status: 409, json: { error: 'room full' } }];
    expect(await judged({ status: 409, json: { error: 'room full', id: 1 } }, { shed })).toMatch(/^shed/);
    expect(await judged({ status: 409, json: { error: 'exists' } }, { shed })).toMatch(/^status/);
    expect(await judged({ status: 503 }, { shed })).toMatch(/^status: .* 503, expected 2xx$/);
    expect(await judged({ status: 503 }, { shed: [] })).toMatch(/^status/);
  });

  test('must show all that a pattern says', async () => {
    const step = { expect: { status: 200, header: { 'X-Ok': 1 }, contains: 'granted', json: { ok: true } } };
    const good = { headers: { 'x-ok': ['0', '1'] }, json: { ok: true, says: 'granted' } };
    const but = (part: string) => `protocol: POST /v1/login: 200, but its ${part} is not what was expected`;
    expect(await judged(good, step)).toBe('ok');
    expect(await judged({ ...good, headers: { 'x-ok': '10' } }, step)).toBe(but('headers'));
    expect(await judged({ ...good, json: { ok: true } }, step)).toBe(but('text'));
    expect(await judged({ ...good, json: { ok: 'true', says: 'granted' } }, step)).toBe(but('JSON'));
    expect(await judged({ ...good, json: undefined, body: 'granted' }, step)).toBe(but('JSON'));
  });
});

describe('a JSON pattern', () => {
  test.each<[unknown, unknown, boolean]>([
    [{ a: 1 }, { a: 1, b: 2 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: { b: null } }, { a: { b: null, c: 1 } }, true],
    [{ a: { b: null } }, { a: {} }, false],
    [{}, [], false],
    [{}, null, false],
    [[], {}, false],
    [[], [1], false],
    [[1, { a: 2 }], [1, { a: 2, b: 3 }], true],
    [[1, 2], [2, 1], false],
    [1, '1', false],
    ['1', 1, false],
    [null, null, true],
    [null, 0, false],
    [JSON.parse('{"__proto__":{}}'), {}, false],
    ['${person.index}', 7, true],
    ['${person.index}', '7', true],
    ['${person.index}', [7], false],
    ['n${person.index}', 'n7', true],
    ['${person.name}', 'Ada', false],
  ])('%j against %j: %s', async (json, answer, matches) => {
    expect(await judged({ json: answer }, { expect: { json } })).toMatch(matches ? /^ok$/ : /^protocol/);
  });
});

describe('a capture', () => {
  const captured = async (answer: ScriptedAnswer, source: string) => {
    const io = scriptedTransport([answer]);
    const steps = [
      { request: 'GET /', capture: { it: source } },
      { request: 'POST /', json: '${it}' },
    ];
    await clientOf({ login: steps }, io, ada).login?.();
    return JSON.parse(io.requests[1]?.body ?? '') as unknown;
  };

  test.each<[string, ScriptedAnswer, string]>([
    ['json:/a/b/0', { json: { a: { b: ['x'] } } }, 'x'],
    ['json:', { json: 'whole' }, 'whole'],
    ['json:/a~1b/~01', { json: { 'a/b': { '~1': 'y' } } }, 'y'],
    ['json:/', { json: { '': 5 } }, '5'],
    ['json:/n', { json: { n: 0.25 } }, '0.25'],
    ['json:/n', { json: { n: false } }, 'false'],
    ['json:/n', { json: { n: Number.MAX_SAFE_INTEGER } }, '9007199254740991'],
    ['header:Location', { headers: { location: ['/a', '/b'] } }, '/a'],
    ['cookie:sid', { headers: { 'set-cookie': ['sid=1; Path=/', 'sid=2=3; HttpOnly', 'x=y'] } }, '2=3'],
    ['body:id="(?:[a-z])(\\d+)"', { body: '<a id="x42"/>' }, '42'],
  ])('%s of %j is %s', async (source, answer, value) => {
    expect(await captured(answer, source)).toBe(value);
  });

  test.each<[string, ScriptedAnswer]>([
    ['json:/a', { json: { b: 1 } }],
    ['json:/a', { json: { a: null } }],
    ['json:/a', { json: { a: [] } }],
    ['json:/length', { json: [1] }],
    ['json:/-', { json: ['x'] }],
    ['json:/00', { json: ['x'] }],
    ['json:/a/0', { json: { a: 'text' } }],
    ['json:/constructor/name', { json: {} }],
    ['json:/a', { json: { a: 2 ** 53 } }],
    ['header:location', {}],
    ['cookie:sid', { headers: { 'set-cookie': 'sid' } }],
    ['body:(x)', { body: 'y' }],
  ])('%s of %j is a failure that names it', async (source, answer) => {
    const { kind, message } = await failureOf(captured(answer, source));
    expect([kind, message]).toEqual(['protocol', `GET /: the answer holds no usable it (${source})`]);
  });
});
