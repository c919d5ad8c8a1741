import { describe, expect, test } from 'vitest';
import { Failure } from '../../../core/failure.ts';
import { Mistakes } from '../../../core/mistake.ts';
import { sequence } from '../../../core/random.ts';
import { base64 } from '../../../targets/http/compile/base64.ts';
import { scriptedTransport } from '../../support/scripted-transport.ts';
import { ada, clientOf, targetOf } from './declared.ts';

/** Texts of any Unicode characters, many of them such as mean something to JSON, forms, paths or templates. */
function texts(seed: number, count: number): string[] {
  const next = sequence(seed);
  const special = [
    ...'"\\/%&=+?#;:@$`\'<>{}[]()~!*,. \n\r\t\0\u007f\u2028\u2029\ufeff',
    '${person.name}',
    '$${',
    '%41',
    '../',
    '//',
  ];
  const character = (): string => {
    const kind = next();
    if (kind < 0.4) return special[Math.floor(next() * special.length)] ?? '';
    if (kind < 0.6) return String.fromCharCode(32 + Math.floor(next() * 95));
    const point = Math.floor(next() * 0x110000);
    return point >= 0xd800 && point <= 0xdfff ? '🙂' : String.fromCodePoint(point);
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + Math.floor(next() * 20) }, character).join(''));
}

const everywhere = clientsOf({
  request: 'POST /p/${person.name}/end?a=1&name=${person.name}&b=${person.name}x',
  json: { name: '${person.name}', list: ['a ${person.name} b', { deep: '${person.name}${person.name}' }], same: 1.5 },
});
const inForm = clientsOf({
  request: 'POST /',
  form: { first: 'x', name: '${person.name}', mixed: 'a+b ${person.name}&' },
});

function clientsOf(step: object) {
  return async (name: string) => {
    const io = scriptedTransport([{}]);
    await clientOf({ login: [step] }, io, { ...ada, name }).login?.();
    const [request] = io.requests;
    if (!request) throw new Error('nothing was asked');
    return { url: request.url, body: request.body ?? '' };
  };
}

describe('a name of any characters', () => {
  const names = [...texts(20, 1_500), '😀', 'نور', '\u0000', 'a'.repeat(10_000)];

  test('arrives intact in JSON', async () => {
    for (const name of names) {
      const { body } = await everywhere(name);
      expect(JSON.parse(body)).toEqual({ name, list: [`a ${name} b`, { deep: name + name }], same: 1.5 });
    }
  });

  test('arrives intact in paths and queries', async () => {
    for (const name of names) {
      const url = new URL((await everywhere(name)).url);
      expect(url.href.startsWith('http://127.0.0.1:8080/p/')).toBe(true);
      const segments = url.pathname.split('/');
      expect(segments).toHaveLength(4);
      expect(decodeURIComponent(segments[2] ?? '')).toBe(name);
      expect([...url.searchParams]).toEqual([
        ['a', '1'],
        ['name', name],
        ['b', `${name}x`],
      ]);
    }
  });

  test('arrives intact in forms', async () => {
    for (const name of names) {
      const form = new URLSearchParams((await inForm(name)).body);
      expect([...form]).toEqual([
        ['first', 'x'],
        ['name', name],
        ['mixed', `a+b ${name}&`],
      ]);
    }
  });

  test('arrives intact in base64', () => {
    for (const name of names) expect(base64(name)).toBe(Buffer.from(name, 'utf8').toString('base64'));
    for (const length of [0, 1, 2, 3, 4]) expect(base64('x'.repeat(length))).toBe(btoa('x'.repeat(length)));
  });

  test('with half a surrogate pair becomes what URLs make of it, and breaks nothing', async () => {
    const { url, body } = await everywhere('a\ud800b');
    expect(new URL(url).searchParams.get('name')).toBe('a\ufffdb');
    expect(JSON.parse(body)).toMatchObject({ name: 'a\ud800b' });
  });

  test('made of dots does not climb in the path', async () => {
    expect((await everywhere('..')).url).toContain('/p/%2E%2E/end?');
  });
});

describe('what was written', () => {
  const io = scriptedTransport([{}]);
  const ask = async (step: object, more: object = {}) => {
    await clientOf({ login: [step] }, io, ada, more).login?.();
    return io.requests.at(-1);
  };

  test('keeps its structure in addresses, and what addresses cannot hold is encoded', async () => {
    const request = await ask({ request: 'GET  /ä b/%20/%zz?q={"a"}&x=1;y=[2]' });
    expect(request?.url).toBe('http://127.0.0.1:8080/%C3%A4%20b/%20/%25zz?q=%7B%22a%22%7D&x=1;y=[2]');
  });

  test('is below the path of the url', async () => {
    const request = await ask({ request: 'GET /v1?x' }, { url: 'HTTPS://Meet.Example.com:444/api v2/' });
    expect(request?.url).toBe('https://meet.example.com:444/api%20v2/v1?x');
  });

  test('is a literal slot after two dollar signs', async () => {
    expect((await ask({ request: 'POST /', json: { a: '$${person.name} $$ $1' } }))?.body).toBe(
      '{"a":"${person.name} $$ $1"}',
    );
  });

  test('may be any JSON, also fields that objects have of themselves', async () => {
    const json = JSON.parse('{"__proto__":{"a":1},"constructor":null,"":[[],{}],"n":-1.5e300}') as object;
    expect((await ask({ request: 'POST /', json }))?.body).toBe(JSON.stringify(json));
  });

  test('goes out as it is in a body of text', async () => {
    const request = await ask({
      request: 'POST /',
      body: '<a name="${person.name}"/>',
      headers: { 'Content-Type': 'text/xml' },
    });
    expect(request).toMatchObject({ body: '<a name="Ada Lovelace"/>', headers: { 'content-type': 'text/xml' } });
  });

  test('does not replace slots that values of the environment look like', async () => {
    const step = { request: 'POST /${env.A}?b=${env.A}', json: { a: '${env.A}' }, bearer: '${env.A}' };
    await targetOf({ operations: { login: [step] } }, { A: '${person.name}/"' })
      .client(io, ada)
      .login?.();
    expect(io.requests.at(-1)).toMatchObject({
      url: 'http://127.0.0.1:8080/%24%7Bperson.name%7D%2F%22?b=%24%7Bperson.name%7D%2F%22',
      body: '{"a":"${person.name}/\\""}',
      headers: { authorization: 'Bearer ${person.name}/"' },
    });
  });
});

describe('what a header cannot carry', () => {
  test('is a mistake in the people, which shows nothing of it', async () => {
    const io = scriptedTransport([{}]);
    const client = clientOf({ login: [{ request: 'GET /', headers: { 'x-name': '${person.name}' } }] }, io, {
      ...ada,
      name: 'Zoë\n',
    });
    await expect(client.login?.()).rejects.toThrow(Mistakes);
    await expect(client.login?.()).rejects.toThrow(
      'targets.staging.operations.login[0].headers.x-name: ${person.name} holds characters that a header cannot carry (leave them out of the people, or put the value elsewhere)',
    );
    expect(io.requests).toEqual([]);
  });

  test('is a failure of the target when it comes from there', async () => {
    for (const value of ['a\r\nb', 'a\nb', 'a\0b', 'ä', 'a\u{1f600}']) {
      const io = scriptedTransport([{ json: { token: value } }]);
      const first = { request: 'GET /', capture: { token: 'json:/token' } };
      const client = clientOf({ login: [first, { request: 'GET /', bearer: '${token}' }] }, io);
      await expect(client.login?.()).rejects.toThrow(Failure);
      expect(io.requests).toHaveLength(1);
    }
  });
});
