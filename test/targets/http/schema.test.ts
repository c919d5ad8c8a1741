import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hostsOf } from '../../../targets/http/hosts.ts';
import { httpDeclarationJsonSchema, parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { mistakesIn } from './declared.ts';

const example = parse(readFileSync(new URL('./small-conference.yaml', import.meta.url), 'utf8')) as Record<
  string,
  object
>;
const env = { CLIENT_KEY: 'k-1' };
const url = 'http://127.0.0.1:8080';
const GET = { request: 'GET /' };

describe('a declaration', () => {
  test('keeps what was written, apart from the environment', () => {
    const { environment, metrics, ...rest } = parseHttpDeclaration(example, 'targets.staging', {
      ...env,
      OTHER: 'unused',
    });
    expect(environment).toEqual(env);
    expect(metrics?.[0]).toHaveProperty('url', 'http://127.0.0.1:8080/metrics');
    expect({ ...rest, metrics: example.metrics }).toEqual(example);
  });

  test('is plain data that survives the way to another thread or engine', () => {
    const declaration = parseHttpDeclaration(example, 'targets.staging', env);
    expect(JSON.parse(JSON.stringify(declaration))).toEqual(declaration);
  });

  test('takes its address, hosts, metrics and people from the environment', () => {
    const declaration = parseHttpDeclaration(
      {
        url: '${env.BASE}/api/',
        hosts: ['${env.AUTH}'],
        metrics: [{ name: 'a', url: '${env.BASE}/m?x=${env.KEY}', headers: { authorization: 'Bearer ${env.KEY}' } }],
        people: { file: '${env.DIR}/people.csv' },
        operations: { login: [{ request: 'GET https://${env.AUTH}/x' }, { request: 'GET ${env.BASE}/y' }] },
      },
      'targets.staging',
      { BASE: 'http://Meet.example.com:81', AUTH: 'auth.example.com', KEY: 's$cret', DIR: '/tmp' },
    );
    expect(declaration.url).toBe('http://Meet.example.com:81/api/');
    expect(declaration.metrics).toEqual([
      { name: 'a', url: 'http://Meet.example.com:81/m?x=s$cret', headers: { authorization: 'Bearer s$cret' } },
    ]);
    expect(declaration.people).toEqual({ file: '/tmp/people.csv' });
    expect(hostsOf(declaration)).toEqual(['meet.example.com', 'auth.example.com']);
  });
});

describe('what is wrong with a declaration', () => {
  const login = (step: object) => ({ url, operations: { login: [step] } });
  const joining = (...steps: object[]) => ({ url, operations: { join: [{ websocket: '/s' }, ...steps] } });
  const at = 'targets.staging.operations';

  test.each<[string, unknown, string]>([
    [
      'nothing at all',
      undefined,
      'targets.staging: is missing (url, hosts, capacity, tls, metrics, halts, people, services, operations, kind)',
    ],
    [
      'a list',
      [],
      'targets.staging: cannot be an empty list (url, hosts, capacity, tls, metrics, halts, people, services, operations, kind)',
    ],
    ['no url', { operations: { login: [GET] } }, 'targets.staging.url: is missing (such as http://127.0.0.1:8080)'],
    [
      'no operations',
      { url },
      'targets.staging.operations: is missing (login, createMeeting, findMeeting, countMeetings, join, chat, record, findRecording, news, search, openTicket, findTicket, fetchAssets, leave)',
    ],
    ['an unknown field', { ...login(GET), urll: 1 }, 'targets.staging.urll: is not known (did you mean url?)'],
    [
      'a field like no other',
      { ...login(GET), colour: 1 },
      'targets.staging.colour: is not known (known here: url, hosts, capacity, tls, metrics, halts, people, services, operations, kind)',
    ],
    [
      'a capacity of nothing',
      { ...login(GET), capacity: { login: 0 } },
      'targets.staging.capacity.login: cannot be 0 (a number above 0)',
    ],
    [
      'an unknown class',
      { ...login(GET), capacity: { logins: 9 } },
      'targets.staging.capacity.logins: is not known (did you mean login?)',
    ],
    [
      'an unknown indicator',
      { ...login(GET), metrics: [{ name: 'a', url: '/m', indicators: { 'login.que': 'x' } }] },
      'targets.staging.metrics[0].indicators.login.que: is not known (did you mean login.queue?)',
    ],
    [
      'two sources of one name',
      {
        ...login(GET),
        metrics: [
          { name: 'a', url: '/m' },
          { name: 'a', url: '/n' },
        ],
      },
      'targets.staging.metrics[1].name: "a" is the name of another source (choose another)',
    ],
    [
      'people from two places',
      { ...login(GET), people: { count: 3, file: 'x' } },
      'targets.staging.people.file: is not known (known here: count)',
    ],
    [
      'half a person',
      { ...login(GET), people: { count: 2.5 } },
      'targets.staging.people.count: cannot be 2.5 (a whole number above 0)',
    ],
    ['an unknown operation', { url, operations: { logn: [GET] } }, `${at}.logn: is not known (did you mean login?)`],
    [
      'an operation that is no list',
      { url, operations: { login: GET } },
      `${at}.login: cannot be a mapping (a list of steps)`,
    ],
    [
      'an operation without steps',
      { url, operations: { login: [] } },
      `${at}.login: cannot be an empty list (a list of steps)`,
    ],
    ['no operation', { url, operations: {} }, `${at}: declares nothing that people can do (begin with login)`],
    [
      'a status that is none',
      login({ ...GET, expect: { status: '20x' } }),
      `${at}.login[0].expect.status: cannot be "20x" (a status such as 200, a class such as 2xx, or a list of them)`,
    ],
    [
      'a misspelt pattern in a list',
      login({ ...GET, shed: [{ staus: 503 }] }),
      `${at}.login[0].shed[0].staus: is not known (did you mean status?)`,
    ],
    [
      'a pattern of anything',
      login({ ...GET, denied: {} }),
      `${at}.login[0].denied: describes any answer at all (say a status, json, header or contains)`,
    ],
    [
      'an unquoted secret',
      login({ ...GET, bearer: 123456 }),
      `${at}.login[0].bearer: cannot be a number (a token, such as "\${token}")`,
    ],
    [
      'what JSON cannot hold',
      login({ ...GET, json: { a: Number.NaN } }),
      `${at}.login[0].json: holds what JSON cannot (plain data: texts, finite numbers, true, false, null, lists and mappings, at most 64 deep)`,
    ],
    [
      'a request without a method',
      login({ request: '/v1/login' }),
      `${at}.login[0].request: is not a method and a path (write it as POST /v1/login)`,
    ],
    [
      'a misspelt method',
      login({ request: 'PST /v1/login' }),
      `${at}.login[0].request: PST is no method of HTTP (did you mean POST?)`,
    ],
    [
      'a request to nowhere',
      login({ request: 'GET v1/login' }),
      `${at}.login[0].request: does not say where to go (begin with /, with a host such as https://auth.example.com/, or with a captured address)`,
    ],
    [
      'a foreign host',
      login({ request: 'GET http://example.com/x' }),
      `${at}.login[0].request: goes to a host that the declaration does not name (add its name to hosts, if it is yours)`,
    ],
    [
      'a host made of slots',
      login({ request: 'GET http://127.0.0.1${person.name}/x' }),
      `${at}.login[0].request: does not say where to go (begin with /, with a host such as https://auth.example.com/, or with a captured address)`,
    ],
    [
      'a user in an address',
      login({ request: 'GET http://127.0.0.1@example.com/x' }),
      `${at}.login[0].request: does not say where to go (begin with /, with a host such as https://auth.example.com/, or with a captured address)`,
    ],
    [
      'a fragment',
      login({ request: 'GET /a#b' }),
      `${at}.login[0].request: has a fragment, which is never sent (leave out # and what follows, or write %23)`,
    ],
    [
      'a WebSocket asked over HTTP',
      login({ request: 'GET ws://127.0.0.1/a' }),
      `${at}.login[0].request: is the address of a WebSocket (use a websocket step)`,
    ],
    [
      'two bodies',
      login({ ...GET, json: {}, form: {} }),
      `${at}.login[0]: has more than one body: json, form (keep one of them)`,
    ],
    [
      'two credentials',
      login({ ...GET, bearer: 'x', headers: { Authorization: 'y' } }),
      `${at}.login[0]: says twice who asks: bearer, authorization (keep one of them)`,
    ],
    [
      'a header that is none',
      login({ ...GET, headers: { 'x y': 1 } }),
      `${at}.login[0].headers.x y: is not the name of a header (a name such as x-client)`,
    ],
    [
      'a header twice',
      login({ ...GET, headers: { 'X-A': 1, 'x-a': 2 } }),
      `${at}.login[0].headers.x-a: is there twice: case does not matter (leave one out)`,
    ],
    [
      'a header of the transport',
      login({ ...GET, headers: { 'Content-Length': 1 } }),
      `${at}.login[0].headers.Content-Length: is set by the transport (leave it out)`,
    ],
    [
      'a line break in a header',
      login({ ...GET, headers: { a: 'b\r\nc: d' } }),
      `${at}.login[0].headers.a: the text holds characters that a header cannot carry (leave them out, or encode them)`,
    ],
    [
      'a colon in a user name',
      login({ ...GET, basic: { user: 'a:b', password: 'c' } }),
      `${at}.login[0].basic.user: the text holds characters that a basic user name cannot carry (leave them out, or encode them)`,
    ],
    [
      'an unknown slot',
      login({ ...GET, bearer: '${persn.name}' }),
      `${at}.login[0].bearer: \${persn.name} is not known here (did you mean \${person.name}?)`,
    ],
    [
      'a slot like no other',
      login({ ...GET, json: { a: ['${nonsense}'] } }),
      `${at}.login[0].json.a[0]: \${nonsense} is not known here (known here: person.index, person.name, person.email, person.password, env.NAME)`,
    ],
    [
      'a slot that is not closed',
      login({ ...GET, body: 'a ${b' }),
      `${at}.login[0].body: a slot is not closed (write \${name}, and $\${ for a literal \${)`,
    ],
    [
      'a slot in a name',
      login({ ...GET, json: { '${person.name}': 1 } }),
      `${at}.login[0].json: a slot in the name "\${person.name}" would not be filled (use slots in values)`,
    ],
    [
      'a variable that is not set',
      login({ ...GET, bearer: '${env.TOKEN}' }),
      `${at}.login[0].bearer: the environment variable TOKEN is not set (export TOKEN=…)`,
    ],
    [
      'a person in the url',
      { ...login(GET), url: 'http://${person.name}' },
      'targets.staging.url: ${person.name} is not known here (known here: env.NAME)',
    ],
    [
      'a url with a user',
      { ...login(GET), url: 'http://u:p@127.0.0.1' },
      'targets.staging.url: is not the address of a target (write it as https://meet.example.com or http://127.0.0.1:8080/api, without user, query and fragment)',
    ],
    [
      'a host with a scheme',
      { ...login(GET), hosts: ['http://a'] },
      'targets.staging.hosts[0]: is not a host (its name alone, such as auth.example.com)',
    ],
    [
      'a capture from nowhere',
      login({ ...GET, capture: { a: 'jsn:/a' } }),
      `${at}.login[0].capture.a: does not say where the value is (json:/pointer, header:name, cookie:name or body:regex(with one group))`,
    ],
    [
      'a pointer that is none',
      login({ ...GET, capture: { a: 'json:a' } }),
      `${at}.login[0].capture.a: is not a JSON pointer (begin with a slash: json:/a)`,
    ],
    [
      'a pointer with a lone tilde',
      login({ ...GET, capture: { a: 'json:/a~b' } }),
      `${at}.login[0].capture.a: is not a JSON pointer: ~ stands alone (write ~0 for ~, and ~1 for /)`,
    ],
    [
      'a regex without a group',
      login({ ...GET, capture: { a: 'body:\\d+' } }),
      `${at}.login[0].capture.a: has 0 groups, not one (put what to keep in ( ), other groups in (?: ))`,
    ],
    [
      'a regex with two groups',
      login({ ...GET, capture: { a: 'body:(a)(b)' } }),
      `${at}.login[0].capture.a: has 2 groups, not one (put what to keep in ( ), other groups in (?: ))`,
    ],
    [
      'a regex that is none',
      login({ ...GET, capture: { a: 'body:(' } }),
      `${at}.login[0].capture.a: is not a regular expression (body: and a JavaScript regular expression, such as body:id=(\\d+))`,
    ],
    [
      'a reserved name',
      login({ ...GET, capture: { 'person.name': 'json:/a' } }),
      `${at}.login[0].capture.person.name: cannot be captured here (a name such as token)`,
    ],
    [
      'a name of another operation',
      login({ ...GET, capture: { 'meeting.id': 'json:/a' } }),
      `${at}.login[0].capture.meeting.id: cannot be captured here (a name such as token)`,
    ],
    [
      'a header of a message',
      joining({ receive: {}, capture: { a: 'header:x' } }),
      `${at}.join[1].capture.a: is nothing a message has (json:/pointer or body:regex(with one group))`,
    ],
    [
      'a meeting without an id',
      { url, operations: { createMeeting: [GET] } },
      `${at}.createMeeting: does not capture the id of the meeting (capture: { meeting.id: "json:/id" })`,
    ],
    [
      'a meeting that is never missing',
      { url, operations: { findMeeting: [GET] } },
      `${at}.findMeeting: does not say how something that does not exist is answered (missing: { status: 404 })`,
    ],
    [
      'a count that is not kept',
      { url, operations: { countMeetings: [GET] } },
      `${at}.countMeetings: does not capture how many there are (capture: { meeting.count: "json:/meetings" })`,
    ],
    [
      'a ticket without an id',
      { url, operations: { openTicket: [GET] } },
      `${at}.openTicket: does not capture the id of the ticket (capture: { ticket.id: "json:/id" })`,
    ],
    [
      'a ticket that is never missing',
      { url, operations: { findTicket: [GET] } },
      `${at}.findTicket: does not say how something that does not exist is answered (missing: { status: 404 })`,
    ],
    [
      'a recording without an id',
      { url, operations: { join: [GET], record: [GET] } },
      `${at}.record: does not capture the id of the recording (capture: { recording.id: "json:/id" })`,
    ],
    [
      'a recording of a meeting nobody joins',
      { url, operations: { record: [{ ...GET, capture: { 'recording.id': 'json:/id' } }] } },
      `${at}.record: takes place in a meeting that nobody joins (declare join, too)`,
    ],
    [
      'a recording that may be cut short unseen',
      { url, operations: { findRecording: [{ ...GET, missing: { status: 404 } }] } },
      `${at}.findRecording: captures nothing that tells a whole recording (capture: { recording.bytes: "json:/bytes" })`,
    ],
    [
      'recordings that cannot be compared',
      {
        url,
        operations: {
          join: [GET],
          record: [{ ...GET, capture: { 'recording.id': 'json:/id', 'recording.bytes': 'json:/bytes' } }],
          findRecording: [{ ...GET, missing: { status: 404 }, capture: { 'recording.checksum': 'header:etag' } }],
        },
      },
      `${at}.record: does not capture recording.checksum, which findRecording does (the two are compared)`,
    ],
    [
      'what to fetch otherwise, of a page that names nothing else',
      { url, operations: { fetchAssets: [{ ...GET, capture: { 'assets.otherwise': 'json:/slim' } }] } },
      `${at}.fetchAssets: captures assets.otherwise, but no assets.list to fetch first (capture: { assets.list: "json:/assets" })`,
    ],
    [
      'a message without a socket',
      { url, operations: { join: [{ send: 'a' }] } },
      `${at}.join[0]: needs an open socket, and there is none (open it in join with a websocket step)`,
    ],
    [
      'a second socket',
      joining({ websocket: '/t' }),
      `${at}.join[1]: opens a second socket (in a meeting a person has one)`,
    ],
    [
      'a chat that nobody joined',
      { url, operations: { chat: [{ request: 'POST /x' }] } },
      `${at}.chat: takes place in a meeting that nobody joins (declare join, too)`,
    ],
    [
      'a goodbye to a closed socket',
      { url, operations: { join: [{ websocket: '/s' }], leave: [{ close: true }, { send: 'a' }] } },
      `${at}.leave[1]: needs an open socket, and there is none (open it in join with a websocket step)`,
    ],
    [
      'an outcome nobody waits for',
      joining({ send: 'a', denied: 'no' }),
      `${at}.join[1].denied: waits for nothing (say what to expect, too)`,
    ],
    [
      'a socket in login',
      { url, operations: { login: [{ websocket: '/s' }] } },
      `${at}.login[0].request: is missing (METHOD and where to: POST /v1/login)`,
    ],
    ['a step that is none', joining({ recieve: 'a' }), `${at}.join[1].recieve: is not known (did you mean receive?)`],
    [
      'a text for a step',
      { url, operations: { join: ['open'] } },
      `${at}.join[0]: cannot be "open" (a step with one of: request, websocket, send, receive)`,
    ],
    [
      'a socket that stays open',
      { url, operations: { join: [{ websocket: '/s' }], leave: [{ close: false }] } },
      `${at}.leave[0].close: cannot be false (close: true)`,
    ],
  ])('%s is told with its place and mend', (_, written, mistake) => {
    expect(mistakesIn(written)).toContain(mistake);
  });

  test('a variable that is set to nothing is missing, too', () => {
    const written = login({ ...GET, bearer: '${env.TOKEN}' });
    expect(mistakesIn(written, { TOKEN: '' })).toEqual(mistakesIn(written));
    expect(mistakesIn(written, { TOKEN: '1' })).toEqual([]);
  });

  test('names are known from the step after the one that captures them', () => {
    const steps = [
      { ...GET, capture: { a: 'json:/a' }, bearer: '${a}' },
      { ...GET, bearer: '${a}', capture: { b: 'json:/b' } },
    ];
    const operations = {
      login: steps,
      createMeeting: [{ ...GET, bearer: '${b}', capture: { 'meeting.id': 'json:/id', key: 'json:/key' } }],
      join: [{ ...GET, bearer: '${key}' }],
    };
    expect(mistakesIn({ url, operations })).toEqual([
      `${at}.login[0].bearer: \${a} is not known here (known here: person.index, person.name, person.email, person.password, env.NAME)`,
      `${at}.join[0].bearer: \${key} is not known here (known here: person.index, person.name, person.email, person.password, a, b, meeting.id, person.region, env.NAME)`,
    ]);
  });

  test('all mistakes are told at once, and one does not entail others', () => {
    const operations = {
      login: [
        { request: 'POST /login', jsno: {}, captures: { token: 'json:/t' } },
        { ...GET, bearer: '${tokn}' },
      ],
      createMeeting: { request: 'POST /m', bearer: '${token}', captrue: { 'meeting.id': 'json:/id' } },
      join: [{ websoket: '/s?${token}' }, { send: 'a', expekt: 1 }, { send: '${nonsense}' }],
    };
    const mistakes = mistakesIn({ url: 'nowhere', capacity: { login: -1 }, operations });
    expect(mistakes.map((line) => line.slice(0, line.indexOf(': ')))).toEqual([
      'targets.staging.capacity.login',
      `${at}.login[0].jsno`,
      `${at}.login[0].captures`,
      `${at}.createMeeting`,
      `${at}.join[0].websocket`,
      `${at}.join[0].websoket`,
      `${at}.join[1].expekt`,
      'targets.staging.url',
      `${at}.login[1].bearer`,
      `${at}.join[2].send`,
    ]);
  });

  test('a variable that is not set is told once, where it is missing', () => {
    const written = {
      url: '${env.BASE}/api',
      hosts: ['${env.AUTH}'],
      metrics: [
        { name: 'a', url: '/metrics' },
        { name: 'b', url: '${env.BASE}/metrics', headers: { authorization: 'Bearer ${env.KEY}' } },
      ],
      people: { file: '${env.PEOPLE}' },
      operations: { login: [{ request: 'POST /login' }] },
    };
    const told = mistakesIn(written).map((line) => line.replace(/ \(.*/, ''));
    expect(told.toSorted()).toEqual([
      'targets.staging.hosts[0]: the environment variable AUTH is not set',
      'targets.staging.metrics[1].headers.authorization: the environment variable KEY is not set',
      'targets.staging.metrics[1].url: the environment variable BASE is not set',
      'targets.staging.people.file: the environment variable PEOPLE is not set',
      'targets.staging.url: the environment variable BASE is not set',
    ]);
  });

  test('values of the environment are shown in no mistake', () => {
    const secret = 's3cr\r\net';
    const written = {
      url: 'ftp://${env.SECRET}',
      hosts: ['${env.SECRET}'],
      metrics: [{ name: 'a', url: '${env.SECRET}', headers: { authorization: '${env.SECRET}' } }],
      operations: {
        login: [
          { request: 'GET ${env.SECRET}/x', headers: { a: '${env.SECRET}' }, bearer: '${env.SECRET}' },
          { request: 'GET https://${env.SECRET}/x', basic: { user: '${env.SECRET}:', password: '' } },
          { request: 'GET /a?${env.SECRET}#', expect: { status: 1 } },
        ],
        join: [{ websocket: '${env.SECRET}', protocols: ['${env.SECRET}'] }],
      },
    };
    const mistakes = mistakesIn(written, { SECRET: secret });
    expect(mistakes.length).toBeGreaterThan(8);
    expect(mistakes.join('\n')).not.toMatch(/s3cr/);
  });

  test('what YAML can hold besides plain data does no harm', () => {
    const circle = parse('login: &a [ { request: GET /, json: *a } ]', { maxAliasCount: -1 }) as object;
    expect(mistakesIn({ url, operations: circle })[0]).toContain('.login[0].json: holds what JSON cannot');
    expect(
      mistakesIn(parse('url: http://127.0.0.1\noperations:\n  login:\n    - request: GET /\n      json: 2020-01-01')),
    ).toEqual([]);
  });
});

describe('the JSON Schema', () => {
  const schema = httpDeclarationJsonSchema();

  test('accepts and refuses what the reader accepts and refuses', () => {
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(example)).toBe(true);
    expect(validate({ ...example, urll: 1 })).toBe(false);
    expect(validate({ url, operations: { login: [{ ...GET, expect: { status: '20x' } }] } })).toBe(false);
    expect(
      validate({ url, operations: { join: [{ websocket: '/s' }, { send: { type: 'join' }, expect: 'x' }] } }),
    ).toBe(true);
  });

  test('describes every field', () => {
    const undescribed: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node)
        for (const [name, field] of Object.entries(node.properties as object))
          if (!(field as { description?: string }).description) undescribed.push(`${path}.${name}`);
      for (const [key, inner] of Object.entries(node)) walk(inner, `${path}.${key}`);
    };
    walk(schema, '');
    expect(undescribed).toEqual([]);
  });
});
