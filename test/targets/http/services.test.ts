import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SERVICES } from '../../../core/fault.ts';
import { Mistakes } from '../../../core/mistake.ts';
import { httpDeclarationJsonSchema, parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { servicesOf } from '../../../targets/http/services.ts';
import { mistakesIn } from './declared.ts';

const GET = { request: 'GET /' };
const SPEAKS = { http: '/healthz' };

function declared(services: object, more: object = {}) {
  return { url: 'http://127.0.0.1:8080', operations: { login: [GET] }, services, ...more };
}

/** The services as faults see them. */
function read(services: object, more: object = {}, env: Readonly<Record<string, string>> = {}) {
  return servicesOf(parseHttpDeclaration(declared(services, more), 'targets.mine', env), 'targets.mine');
}

/** What is wrong with them when they are read. */
function wrong(services: object, more: object = {}): readonly string[] {
  try {
    read(services, more);
    return [];
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list.map(({ where, what }) => `${where}: ${what}`);
    throw thrown;
  }
}

describe('the services of a declaration', () => {
  test('are what the documentation shows, and its schema accepts them', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/faults.md', 'utf8')) ?? [];
    const { services } = parse(yaml).targets.mine;
    const isDeclaration = new Ajv2020({ strict: false }).compile(httpDeclarationJsonSchema());
    isDeclaration(declared(services));
    expect(isDeclaration.errors).toBeNull();
    const { database, edge, media, recordings, support, signalling } = read(services, {}, { DB_PASSWORD: 's$cret' });
    expect(database).toEqual([
      { by: 'toxiproxy', proxy: 'pg', api: 'http://127.0.0.1:8474', speaks: { kind: 'postgres' } },
      { by: 'connections', server: 'postgres', url: 'postgres://app:s$cret@127.0.0.1:5432/app' },
    ]);
    expect(edge).toEqual([{ by: 'front', upstream: '127.0.0.1:8080', speaks: { kind: 'http', path: '/healthz' } }]);
    expect(media).toEqual([
      {
        ...{ by: 'process', part: 'eu', pid: { file: '/run/janus-eu.pid' } },
        restart: 'systemctl restart janus-eu',
      },
    ]);
    expect(recordings).toEqual([{ by: 'volume', path: '/srv/recordings' }]);
    expect(support).toMatchObject([{ by: 'command', can: ['refusal'], lift: './firewall.sh accept' }]);
    const pods = { context: 'staging', namespace: 'meet', label: 'app=signalling' };
    expect(signalling).toEqual([{ by: 'kubectl', ...pods }]);
  });

  test('are pods of one namespace, never of the cluster, and never without saying where', () => {
    const pods = { context: 'staging', namespace: 'meet', label: 'app=media' };
    const of = (changes: object) => wrong({ media: [{ kubectl: { ...pods, ...changes } }] }).join();
    expect(of({})).toBe('');
    expect(of({ pod: 'media-0' })).toContain('has to name either a pod or a label');
    expect(of({ namespace: 'kube-system' })).toContain("the cluster's own");
    expect(of({ namespace: '--all' })).toContain('is no namespace');
    expect(of({ label: '-A' })).toContain('is no selector of labels');
    expect(mistakesIn(declared({ media: [{ kubectl: { namespace: 'meet', pod: 'media-0' } }] }))).toEqual([
      expect.stringContaining('services.media[0].kubectl.context: is missing'),
    ]);
  });

  test('may each be any of those that faults know', () => {
    const volume = { path: '/srv' };
    for (const name of SERVICES) expect(wrong({ [name]: [{ volume }] })).toEqual([]);
    expect(mistakesIn(declared({ databse: [{ volume }] }))).toEqual([
      expect.stringMatching(/^targets\.staging\.services\.databse: is not known \(did you mean database\?\)/),
    ]);
  });

  test('name a proxy where --toxiproxy says, unless they say it themselves', () => {
    const toxiproxy = { proxy: 'pg', speaks: 'postgres' };
    const declaration = declared({ database: [{ toxiproxy }, { toxiproxy: { ...toxiproxy, api: 'http://a:1' } }] });
    const known = parseHttpDeclaration(declaration, 'targets.mine', {});
    expect(servicesOf(known, 'targets.mine', 'http://b:2').database).toMatchObject([
      { api: 'http://b:2' },
      { api: 'http://a:1' },
    ]);
  });

  test('keep the variables of commands for the shell, which has its own', () => {
    const command = { can: ['kill'], inject: 'kill ${env.PID}', lift: 'true', prove: 'test "$HOME"' };
    expect(read({ media: [{ command }] }).media).toEqual([{ by: 'command', ...command }]);
    expect(mistakesIn(declared({ media: [{ volume: { path: '${env.NOBODY_SETS_THIS}' } }] }))).toEqual([
      expect.stringContaining('NOBODY_SETS_THIS is not set'),
    ]);
  });

  test.each<[string, object, RegExp]>([
    ['a service that is no list', { auth: { front: { speaks: 'tls' } } }, /services\.auth: .*a list of ways/],
    ['a way that nobody knows', { auth: [{ frunt: {} }] }, /services\.auth\[0\]\.frunt: is not known.*front/],
    ['a probe that nobody knows', { auth: [{ front: { speaks: 'smtp' } }] }, /speaks.*postgres, greeting, tls/],
    ['a process without an id', { auth: [{ process: {} }] }, /process\.pid/],
    ['an id that is none', { auth: [{ process: { pid: 0 } }] }, /process\.pid.*a process id/],
    ['a kind of fault that nobody knows', { auth: [{ command: { can: ['fire'] } }] }, /can\[0\].*latency/],
    ['a database of another kind', { database: [{ connections: { server: 'oracle' } }] }, /postgres or mysql/],
  ])('%s is told', (_, services, says) => {
    expect(mistakesIn(declared(services)).join('\n')).toMatch(says);
  });

  test('name one way each', () => {
    const two = { volume: { path: '/srv' }, front: { speaks: SPEAKS } };
    expect(wrong({ auth: [two, { part: 'eu' }] })).toEqual([
      expect.stringMatching(/^targets\.mine\.services\.auth\[0\]: has to name exactly one way/),
      expect.stringMatching(/^targets\.mine\.services\.auth\[1\]: has to name exactly one way/),
    ]);
  });
});

describe('a front', () => {
  const front = (upstream?: string) => ({ edge: [{ front: { speaks: SPEAKS, ...(upstream && { upstream }) } }] });
  const upstreamOf = (url: string) => read(front(), { url }).edge?.[0];

  test.each([
    ['http://Meet.example.com', 'meet.example.com:80'],
    ['https://meet.example.com/api', 'meet.example.com:443'],
    ['https://meet.example.com:8443', 'meet.example.com:8443'],
    ['http://[::1]:8080', '[::1]:8080'],
  ])('before %s is before %s', (url, upstream) => {
    expect(upstreamOf(url)).toMatchObject({ by: 'front', upstream });
  });

  test('may be before any other address that operations spell out, in whatever letters', () => {
    const operations = { join: [{ websocket: 'wss://signal.example.com/s' }], login: [GET] };
    const more = { hosts: ['signal.example.com'], operations };
    expect(wrong(front('Signal.example.com:443'), more)).toEqual([]);
    expect(wrong(front('signal.example.com:80'), more)).toHaveLength(1);
  });

  test('before what nobody connects to would show a fault that the load never meets', () => {
    expect(wrong(front('localhost:8080'))).toEqual([
      'targets.mine.services.edge[0]: nobody connects to localhost:8080: the load goes to 127.0.0.1:8080',
    ]);
    expect(wrong(front('127.0.0.1:8081'))).toHaveLength(1);
    expect(wrong(front('nothing'))).toEqual(['targets.mine.services.edge[0]: "nothing" is no host and port']);
  });

  test('may be before any port of a known host when operations learn the address as they go', () => {
    const login = [{ request: 'GET /', capture: { signal: 'json:/signal' } }];
    const operations = { login, join: [{ websocket: '${signal}' }] };
    expect(wrong(front('127.0.0.1:9000'), { operations })).toEqual([]);
    expect(wrong(front('other.example.com:9000'), { operations })).toHaveLength(1);
  });
});
