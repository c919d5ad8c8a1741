import { sequence } from '../../core/random.ts';

/** One request of a case; `@1` and `@2` in a body stand for ports that are free, and `@taken` for one that is not. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Requests that are sent one after another to a server without proxies; every answer counts. */
export interface Case {
  readonly name: string;
  readonly asked: readonly Asked[];
}

const ask = (method: string, path: string, body?: unknown): Asked => ({
  method,
  path,
  ...(body !== undefined && { body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body) }),
});

const WEB = { name: 'web', listen: '127.0.0.1:0', upstream: '127.0.0.1:9' };
const web = ask('POST', '/proxies', WEB);
const lat = ask('POST', '/proxies/web/toxics', { name: 'lat', type: 'latency', attributes: { latency: 5, jitter: 2 } });
const all = ask('GET', '/proxies');

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];

const PATHS = [
  ...['/', '/version', '/proxies', '/proxies/', '/populate', '/reset', '/nothing', '/Proxies'],
  ...['/proxies/web', '/proxies/web/', '/proxies/none', '/proxies/web/toxics', '/proxies/web/toxics/'],
  ...['/proxies/none/toxics', '/proxies/web/toxics/lat', '/proxies/web/toxics/none', '/proxies/none/toxics/lat'],
  ...['/proxies/web/toxics/lat/more', '/proxies/web/other'],
];

/** Every method on every path, with a proxy and a toxic there. */
const routes: readonly Case[] = PATHS.flatMap((path) =>
  METHODS.map((method) => ({
    name: `${method} ${path}`,
    asked: [web, lat, ask(method, path, ['GET', 'HEAD', 'TRACE'].includes(method) ? undefined : '{}'), all],
  })),
);

const detours: readonly Case[] = [
  ...[
    '//proxies',
    '/proxies//web',
    '/./proxies',
    '/proxies/../version',
    '/../version',
    '/proxies/web/.',
    '/proxies/..',
  ],
  ...[
    '/proxies/.',
    '/proxies/%2e%2e/version',
    '/proxies%2fweb',
    '/proxies/%77eb',
    '/proxies/web%2Ftoxics',
    '/proxies/%',
  ],
  ...[
    '/proxies/%zz',
    '/proxies/%7',
    '/proxies?name=web',
    '/proxies/web?x',
    '/version?',
    '/version?a=b&c',
    '//',
    '/version/',
  ],
  ...[
    '//proxies?x=1&y=%20',
    '/proxies/web/toxics/./lat',
    '/proxies/web//toxics//lat',
    '/%70roxies',
    '/proxies/a%20b/../c',
  ],
].map((path) => ({ name: `path ${path}`, asked: [web, lat, ask('GET', path)] }));

const BODIES: readonly (readonly [string, unknown])[] = [
  ...([
    ['nothing', ''],
    ['white space', ' \r\n\t '],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '5'],
  ] as const),
  ...([
    ['a text', '"x"'],
    ['true', 'true'],
    ['an empty object', '{}'],
    ['two values', '{} {}'],
    ['rubbish behind', '{}x'],
  ] as const),
  ...([
    ['form data', 'name=a&upstream=b'],
    ['a byte order mark', '\ufeff{}'],
    ['a bare minus', '-'],
    ['a bare dot', '.5'],
  ] as const),
];

const PROXIES: readonly unknown[] = [
  { name: '' },
  { name: 'a' },
  { upstream: 'b:1' },
  { name: 'a', upstream: '' },
  { name: 5, upstream: 'b:1' },
  { name: 'a', upstream: 5 },
  { name: ['a'], upstream: 'b:1' },
  { name: 'a', upstream: { host: 'b' } },
  { name: true, upstream: false },
  { name: null, upstream: null },
  { name: 'a', upstream: 'b:1', enabled: 'no' },
  { name: 'a', upstream: 'b:1', enabled: 0 },
  { name: 'a', upstream: 'b:1', enabled: null, listen: '127.0.0.1:0' },
  { name: 'a', upstream: 'b:1', enabled: false },
  { name: 'a', upstream: 'b:1', enabled: false, listen: 'nonsense' },
  { name: 'a', upstream: 'b:1', enabled: false, listen: null },
  { name: 'a', upstream: 'b:1', listen: 5000 },
  { name: 'a', upstream: 'b:1', listen: '127.0.0.1:0', toxics: [{ type: 'latency' }], other: { a: [1] } },
  { name: 'a', upstream: 'b:1', listen: '127.0.0.1:0', Logger: {} },
  { name: 'a', upstream: 'b:1', listen: '127.0.0.1:0', Logger: { level: 5 } },
  { name: 'a', upstream: 'b:1', listen: '127.0.0.1:0', Logger: 'x' },
  { name: 'a', upstream: 'b:1', listen: '127.0.0.1:0', logger: [] },
  { NAME: 'a', Upstream: 'b:1', LISTEN: '127.0.0.1:0', eNaBlEd: false },
  { name: 'a', upstream: 'not an address', listen: '127.0.0.1:0' },
  '{"name":"a","name":"b","upstream":"b:1","listen":"127.0.0.1:0"}',
  '{"name":"a","NAME":"b","upstream":"b:1","listen":"127.0.0.1:0"}',
  '{"name":"a","name":null,"upstream":"b:1","listen":"127.0.0.1:0"}',
  '{"name":"a","name":5,"name":"c","upstream":6,"listen":"127.0.0.1:0"}',
  '{"name":"a","uſptream":"x","upſtream":"b:1","liſten":"127.0.0.1:0"}',
  '{"name":"a","upstream":"b:1","listen":"127.0.0.1:0"} trailing',
  '{"name":"a","upstream":"b:1","listen":"127.0.0.1:0",}',
  "{'name':'a'}",
  '{name:"a"}',
  '{"name":"\\ud800","upstream":"b:1","listen":"127.0.0.1:0"}',
  '{"name":"\\ud83d\\ude00","upstream":"b:1","listen":"127.0.0.1:0"}',
  '{"name":"\\u12g4"}',
  '{"name":"\\x"}',
  '{"name":"a\tb"}',
  '{"name":"a\u0000b"}',
  '{"name":"a","enabled":tru}',
  '{"name":"a","enabled":nul}',
  '{"name":"a","enabled":falsy}',
  '{"name":01}',
  '{"name":1.}',
  '{"name":1e}',
  '{"name":1e+}',
  '{"name":-a}',
  '{"name":+1}',
  '{"name" "a"}',
  '{"name":"a" "b"}',
  '{"a":[1 2]}',
  '{"a":[1,]}',
  '{"a":[,1]}',
  '{,}',
  '{"a"}',
  '{"a":}',
  'é',
  '\u007f',
  "'",
  '\\',
  '{"a":"é","name":é}',
  `${'['.repeat(10_001)}`,
  `{"a":${'['.repeat(9_000)}${']'.repeat(9_000)},"name":""}`,
];

const LISTENERS: readonly string[] = [
  ...['127.0.0.1:0', '127.0.0.1:', 'localhost:0', '127.0.0.1:@1', '127.0.0.1:@taken', '127.0.0.2:0', '[::1]:0'],
  ...['5000', 'x', ' ', '127.0.0.1', '127.0.0.1:99999', '127.0.0.1:65536', '127.0.0.1:-1', '127.0.0.1:nosuchport'],
  ...[
    'a:b:c',
    '::1:0',
    '[::1',
    '[::1]',
    '[::1]x:0',
    '[::1]]:0',
    '[[::1]:0',
    '127.0.0.1]:0',
    '1[27.0.0.1:0',
    '192.0.2.1:0',
  ],
  ...['127.0.0.1:+0', '127.0.0.1:0 ', '127.0.0.1:0x10', ':::', 'no-such-host.invalid:0'],
];

const proxies: readonly Case[] = [
  ...BODIES.map(([what, body]) => ({ name: `new proxy of ${what}`, asked: [ask('POST', '/proxies', body), all] })),
  ...PROXIES.map((body) => ({ name: `new proxy ${told(body)}`, asked: [ask('POST', '/proxies', body), all] })),
  ...LISTENERS.map((listen) => ({
    name: `new proxy that listens at ${JSON.stringify(listen)}`,
    asked: [ask('POST', '/proxies', { name: 'a', upstream: 'b:1', listen }), all],
  })),
];

const UPDATES: readonly unknown[] = [
  { name: 'other' },
  { upstream: 'c:2' },
  { upstream: '' },
  { upstream: 5 },
  { enabled: false },
  { enabled: true },
  { enabled: 'x' },
  { enabled: null },
  { listen: 5 },
  { listen: null },
  { LISTEN: '127.0.0.1:@1', Enabled: false },
  { listen: '127.0.0.1:@taken', enabled: false },
  { toxics: [] },
  { Logger: 5 },
];

const updates: readonly Case[] = ['PATCH', 'POST'].flatMap((method) => [
  ...BODIES.map(([what, body]) => ({
    name: `${method} of a proxy with ${what}`,
    asked: [web, lat, ask(method, '/proxies/web', body), all],
  })),
  ...UPDATES.map((body) => ({
    name: `${method} of a proxy with ${told(body)}`,
    asked: [web, lat, ask(method, '/proxies/web', body), all, ask(method, '/proxies/web', { enabled: true }), all],
  })),
  ...LISTENERS.map((listen) => ({
    name: `${method} of a proxy to listen at ${JSON.stringify(listen)}`,
    asked: [web, lat, ask(method, '/proxies/web', { listen }), all],
  })),
]);

const TYPES = ['latency', 'bandwidth', 'slow_close', 'timeout', 'reset_peer', 'limit_data', 'noop'];
const ATTRIBUTES = ['latency', 'jitter', 'rate', 'delay', 'timeout', 'average_size', 'size_variation', 'bytes'];
const toxics = '/proxies/web/toxics';

/** Every type with every attribute, and what else a toxic can be told. */
const newToxics: readonly Case[] = [
  ...[...TYPES, 'down', 'Latency', '', 'slicer '].flatMap((type) => [
    { name: `toxic ${type}`, asked: [web, ask('POST', toxics, { type }), ask('GET', toxics), all] },
    { name: `toxic ${type} upstream`, asked: [web, ask('POST', toxics, { type, stream: 'upstream' }), all] },
    {
      name: `toxic ${type} with every attribute`,
      asked: [
        web,
        ask('POST', toxics, {
          type,
          attributes: { ...Object.fromEntries(ATTRIBUTES.map((key, index) => [key, 10 + index])), size_variation: 3 },
        }),
        all,
      ],
    },
    ...['"5"', '1.5', '1e3', '-0', 'true', 'null', '[]', '{}', '99999999999999999999', '-99999999999999999999'].map(
      (value) => ({
        name: `toxic ${type} with ${value} for every attribute`,
        asked: [web, ask('POST', toxics, `{"type":"${type}","attributes":{${valued(value)}}}`), all],
      }),
    ),
  ]),
  { name: 'toxic slicer', asked: [web, ask('POST', toxics, { type: 'slicer', attributes: { average_size: 7 } }), all] },
  ...BODIES.map(([what, body]) => ({ name: `new toxic of ${what}`, asked: [web, ask('POST', toxics, body), all] })),
  ...[
    ...['', 'UPSTREAM', 'Downstream', 'both', 'up stream', null, 5, ['upstream']].map((stream) => ({ stream })),
    ...['', 'x', null, 5, {}, 'lat', 'latency_downstream', 'ä/ö', ' '].map((name) => ({ name })),
    ...[0, 0.1, 0.3333333333, 1, 5e-7, 1e-9, 0.99999999, '1', null, [], 1e39].map((toxicity) => ({ toxicity })),
    ...[null, 5, 'x', true, [], [{}], {}].map((attributes) => ({ attributes })),
    ...[{ type: 5 }, { type: null }, { type: 'nonsense' }, { Type: 'bandwidth' }, { other: 5, ttl_: 'x' }],
  ].map((body) => ({
    name: `new toxic ${told(body)}`,
    asked: [web, lat, ask('POST', toxics, { type: 'latency', ...body }), ask('GET', toxics), all],
  })),
  ...[
    '"attributes":{"latency":5},"attributes":{"jitter":6}',
    '"attributes":{"latency":5,"LATENCY":7,"latency":null}',
    '"attributes":null,"attributes":{"latency":5}',
    '"attributes":null,"attributes":5',
    '"attributes":null,"attributes":null',
    '"attributes":{"latency":5},"attributes":null',
    '"attributes":{"latency":"x"},"stream":5',
    '"attributes":{"latency":"x"},"stream":"nowhere"',
    '"attributes":{"latency":"x","jitter":true}',
    '"toxicity":1e-50',
    '"toxicity":1e400',
  ].map((members) => ({
    name: `new toxic ${members}`,
    asked: [web, ask('POST', toxics, `{"type":"latency",${members}}`), all],
  })),
];

const CHANGES: readonly unknown[] = [
  { toxicity: 0.5 },
  { toxicity: 0 },
  { toxicity: 'x' },
  { toxicity: null },
  { attributes: { latency: 7 } },
  { attributes: { JITTER: 7 } },
  { attributes: { rate: 7 } },
  { attributes: { latency: 'x' } },
  { attributes: { latency: 1.5 } },
  { attributes: [] },
  { attributes: null },
  { attributes: 'x' },
  { attributes: {} },
  { name: 'other', type: 'bandwidth', stream: 'upstream', toxicity: 0.25 },
  { name: 5, type: [], stream: {} },
  '{"attributes":null,"attributes":{"latency":"x"}}',
  '{"attributes":{"latency":1},"attributes":{"latency":2,"jitter":3}}',
  '{"attributes":{"latency":1},"attributes":null,"attributes":{"latency":9}}',
  '{"toxicity":0.5,"toxicity":0.25} behind',
];

const changes: readonly Case[] = ['PATCH', 'POST'].flatMap((method) =>
  [...BODIES.map(([, body]) => body), ...CHANGES].map((body) => ({
    name: `${method} of a toxic with ${told(body)}`,
    asked: [web, lat, ask(method, `${toxics}/lat`, body), ask('GET', `${toxics}/lat`), all],
  })),
);

const POPULATIONS: readonly unknown[] = [
  [],
  [null],
  [5],
  [[]],
  ['x'],
  [{}],
  [{ name: 'a' }],
  [{ name: 'a', upstream: 'b:1', listen: '127.0.0.1:0' }],
  [{ name: 'a', upstream: 'b:1', listen: '127.0.0.1:0' }, {}],
  [
    { name: 'a', upstream: 'b:1', listen: '127.0.0.1:0' },
    { name: 'b', upstream: 'b:1', listen: 'x' },
    { name: 'c', upstream: 'b:1' },
  ],
  [{ name: 'a', upstream: 'b:1', listen: 'x' }],
  [{ name: 'a', upstream: 'b:1', listen: '127.0.0.1:@taken' }],
  [
    { name: 'a', upstream: 'b:1', listen: '127.0.0.1:@1' },
    { name: 'a', upstream: 'b:1', listen: '127.0.0.1:@1' },
  ],
  [
    { name: 'a', upstream: 'b:1', listen: '127.0.0.1:0' },
    { name: 'a', upstream: 'c:1', listen: '127.0.0.1:0' },
  ],
  [
    { name: 'a', upstream: 'b:1', listen: '127.0.0.1:@1' },
    { name: 'b', upstream: 'b:1', listen: '127.0.0.1:@1' },
  ],
  [{ name: 'a', upstream: 'b:1', enabled: false }],
  [{ name: 'a', upstream: 'b:1', enabled: null, listen: '127.0.0.1:0' }],
  [{ name: 'a', upstream: 'b:1', enabled: 5 }],
  [{ name: 'a', upstream: 'b:1', enabled: 'x' }],
  [{ name: 5, upstream: 'b:1' }],
  [{ name: 'a', upstream: 'b:1', Logger: 5 }],
  [{ NAME: 'a', UPSTREAM: 'b:1', LISTEN: '127.0.0.1:0', ENABLED: false }],
  [{ name: 'a', upstream: 'b:1', listen: '127.0.0.1:0', toxics: [{ type: 'latency' }] }],
  { name: 'a', upstream: 'b:1' },
  '[{"name":"a","upstream":"b:1","enabled":false,"enabled":null,"listen":"127.0.0.1:0"}] behind',
  '[{"name":"a","upstream":"b:1","enabled":false},]',
  '[{"name":"a","upstream":"b:1","enabled":false}',
];

const populations: readonly Case[] = [
  ...BODIES.map(([what, body]) => ({
    name: `populate with ${what}`,
    asked: [web, ask('POST', '/populate', body), all],
  })),
  ...POPULATIONS.map((body) => ({ name: `populate with ${told(body)}`, asked: [ask('POST', '/populate', body), all] })),
  ...[
    [{ name: 'web', listen: '127.0.0.1:@1', upstream: '127.0.0.1:9' }],
    [{ name: 'web', listen: '127.0.0.1:@1', upstream: '127.0.0.1:9', enabled: false }],
    [{ name: 'web', listen: 'localhost:@1', upstream: '127.0.0.1:9' }],
    [{ name: 'web', listen: '127.0.0.1:@1', upstream: '127.0.0.1:10' }],
    [{ name: 'web', listen: '127.0.0.1:@2', upstream: '127.0.0.1:9' }],
    [{ name: 'web', listen: '127.0.0.1:@2', upstream: '127.0.0.1:9', enabled: false }],
    [{ name: 'web', listen: 'x', upstream: '127.0.0.1:9' }],
    [{ name: 'web', listen: '127.0.0.1:@taken', upstream: '127.0.0.1:9' }],
  ].map((body) => ({
    name: `populate with ${told(body)} over a proxy with a toxic`,
    asked: [ask('POST', '/proxies', { ...WEB, listen: '127.0.0.1:@1' }), lat, ask('POST', '/populate', body), all],
  })),
];

const NAMES = [
  ...[
    'a b',
    'ä',
    '名',
    '😀',
    'a%b',
    'a%2fb',
    'a+b',
    'a?b',
    'a#b',
    'a&b<c>',
    'a"b',
    "a'b",
    'a\\b',
    'a\nb',
    '..',
    '.',
    '...',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '1',
    '01',
    '-1',
    'x'.repeat(2_000),
    'toxics',
    'a;b',
    'a,b',
    'a:b',
    'a@b',
    '~',
  ],
];

const names: readonly Case[] = NAMES.map((name) => {
  const one = `/proxies/${encodeURIComponent(name)}`;
  return {
    name: `names: ${JSON.stringify(name.slice(0, 20))}`,
    asked: [
      ask('POST', '/proxies', { ...WEB, name }),
      ask('GET', one),
      ask('POST', `${one}/toxics`, { name, type: 'noop' }),
      ask('POST', `${one}/toxics`, { name, type: 'latency', stream: 'upstream' }),
      ask('GET', `${one}/toxics/${encodeURIComponent(name)}`),
      all,
      ask('DELETE', `${one}/toxics/${encodeURIComponent(name)}`),
      ask('DELETE', one),
      all,
    ],
  };
});

const noop = (name: string, stream: string) => ask('POST', toxics, { name, type: 'noop', stream });

const stories: readonly Case[] = [
  { name: 'a proxy twice', asked: [web, web, ask('POST', '/proxies', { ...WEB, upstream: 'c:1' }), all] },
  { name: 'a proxy again after it was deleted', asked: [web, ask('DELETE', '/proxies/web'), web, all] },
  { name: 'a proxy deleted twice', asked: [web, ask('DELETE', '/proxies/web'), ask('DELETE', '/proxies/web'), all] },
  {
    name: 'a toxic twice',
    asked: [web, lat, lat, ask('POST', toxics, { name: 'lat', type: 'noop', stream: 'upstream' }), all],
  },
  {
    name: 'a toxic deleted twice',
    asked: [web, lat, ask('DELETE', `${toxics}/lat`), ask('DELETE', `${toxics}/lat`), all],
  },
  {
    name: 'the order of toxics',
    asked: [
      ...[web, noop('d1', 'downstream'), noop('u1', 'upstream'), noop('d2', 'downstream'), noop('u2', 'upstream'), all],
      ...[ask('DELETE', `${toxics}/d1`), ask('GET', toxics), noop('d1', 'downstream'), ask('GET', toxics)],
      ...[ask('PATCH', `${toxics}/d2`, {}), ask('GET', toxics)],
    ],
  },
  {
    name: 'default names of both streams',
    asked: [
      web,
      ...['upstream', 'downstream', 'UPSTREAM'].map((stream) => ask('POST', toxics, { type: 'noop', stream })),
      all,
    ],
  },
  {
    name: 'toxics of a disabled proxy',
    asked: [
      ...[
        web,
        ask('PATCH', '/proxies/web', { enabled: false }),
        lat,
        ask('PATCH', `${toxics}/lat`, { toxicity: 0.5 }),
        all,
      ],
      ...[ask('PATCH', '/proxies/web', { enabled: true }), all, ask('DELETE', `${toxics}/lat`), all],
    ],
  },
  {
    name: 'another listener keeps the toxics',
    asked: [
      web,
      lat,
      ask('PATCH', '/proxies/web', { listen: '127.0.0.1:@1' }),
      all,
      ask('PATCH', '/proxies/web', { upstream: 'c:1' }),
      all,
    ],
  },
  {
    name: 'a listener that cannot be leaves the proxy disabled, and a good one brings it back',
    asked: [
      ...[web, lat, ask('PATCH', '/proxies/web', { listen: '127.0.0.1:@taken' }), all],
      ...[ask('PATCH', '/proxies/web', { listen: '127.0.0.1:@1' }), all],
      ...[ask('PATCH', '/proxies/web', { listen: '127.0.0.1:@2', enabled: true }), all],
    ],
  },
  {
    name: 'reset enables and empties',
    asked: [
      web,
      lat,
      ask('PATCH', '/proxies/web', { enabled: false }),
      ask('POST', '/reset'),
      all,
      ask('POST', '/reset', 'x'),
      all,
    ],
  },
  { name: 'reset of nothing', asked: [ask('POST', '/reset'), all] },
  {
    name: 'reset of a proxy that cannot be enabled',
    asked: [
      ask('POST', '/proxies', { ...WEB, listen: '127.0.0.1:@taken', enabled: false }),
      ask('POST', '/reset'),
      all,
    ],
  },
  {
    name: 'two proxies at one place',
    asked: [
      ...['a', 'b'].map((name) => ask('POST', '/proxies', { ...WEB, name, listen: '127.0.0.1:@1' })),
      ...[ask('PATCH', '/proxies/a', { enabled: false })],
      ...[
        ask('POST', '/proxies', { ...WEB, name: 'b', listen: '127.0.0.1:@1' }),
        ask('PATCH', '/proxies/a', { enabled: true }),
        all,
      ],
    ],
  },
  ...['Mozilla/5.0 (X11)', 'mozilla/5.0', 'curl/8', ''].flatMap((agent) =>
    ['/version', '/proxies', '/nothing', '/reset', '//version'].map((path) => ({
      name: `user agent "${agent}" at ${path}`,
      asked: [{ ...ask('GET', path), headers: { 'user-agent': agent } }],
    })),
  ),
  ...['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', ''].map((type) => ({
    name: `content type "${type}"`,
    asked: [{ ...web, headers: { 'content-type': type } }, all],
  })),
  { name: 'a body of bytes that are no UTF-8', asked: [ask('POST', '/proxies', Buffer.from([0x7b, 0xff, 0x7d])), all] },
];

const VALID = '{"name":"a","listen":"127.0.0.1:0","upstream":"b:1","enabled":false}';

/** A good body, cut off at every place. */
const cut: readonly Case[] = Array.from(VALID, (_, at) => ({
  name: `new proxy cut off after ${at} bytes`,
  asked: [ask('POST', '/proxies', VALID.slice(0, at)), all],
}));

/** A good body with one byte replaced, at every place. */
const bent: readonly Case[] = Array.from(VALID, (_, at) => {
  const random = sequence(at);
  const bytes = Array.from({ length: 4 }, () => String.fromCharCode(Math.floor(random() * 256)));
  const asked = [...bytes, '"', '}', ','].map((byte) =>
    ask('POST', '/proxies', Buffer.from(VALID.slice(0, at) + byte + VALID.slice(at + 1), 'latin1')),
  );
  return { name: `new proxy with another byte at ${at}`, asked: [...asked.flatMap((one) => [one, all])] };
});

/** Everything that both servers answer alike. */
export const CASES: readonly Case[] = [
  ...[routes, detours, proxies, updates, newToxics, changes, populations, names, stories, cut, bent].flat(),
];

function valued(value: string): string {
  return ATTRIBUTES.map((key) => `"${key}":${value}`).join(',');
}

function told(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}
