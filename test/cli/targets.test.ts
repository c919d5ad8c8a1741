import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { endStarted, startCommand, stormtest } from '../support/command-line.ts';
import { needed } from '../support/needed.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { type WebServer, webServer } from '../support/web-server.ts';

const folder = temporaryFolders();
afterAll(endStarted);
const operations = { login: [{ request: 'POST /login', json: { email: '${person.email}' } }] };

/** Storms a target of a configuration; gives the exit code and what was wrong. */
async function stormed(target: object, ...options: string[]): Promise<readonly [number, ...string[]]> {
  const file = join(folder(), 'storm.yaml');
  writeFileSync(file, stringify({ targets: { mine: { operations, ...target } } }));
  const out = join(folder(), 'results');
  const ended = await answered(['login-storm', '--target', 'mine', '--config', file, '--out', out, ...options]);
  expect(ended.stdout).toBe('');
  expect(readdirSync(join(out, '..'))).toEqual([]);
  return [ended.code, ...mistakesIn(ended)];
}

describe('a target that does not answer', () => {
  test('is named with the reason, as not ready, and leaves nothing', async () => {
    const [cwd, temporary] = [folder(), folder()];
    const url = `http://127.0.0.1:${await freePort()}`;
    const ended = await stormtest(['login-storm', '--target', url], { cwd, env: { TMPDIR: temporary } });
    expect(ended).toMatchObject({ code: EXIT.notReady, stdout: '' });
    expect(mistakesIn(ended)).toEqual([
      `--target: ${url} does not answer: connect ECONNREFUSED ${url.slice('http://'.length)} (is it running?)`,
    ]);
    expect([readdirSync(cwd), readdirSync(temporary)]).toEqual([[], []]);
  });

  test('is the same when it is declared', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await stormed({ url })).toEqual([
      EXIT.notReady,
      expect.stringMatching(/^--target: .* does not answer: .*ECONNREFUSED.*\(is it running\?\)$/),
    ]);
  });

  test('because it takes the connection and says nothing is not waited for without end', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const began = performance.now();
    expect(await stormed({ url: `http://127.0.0.1:${port}` })).toEqual([
      EXIT.notReady,
      expect.stringMatching(/does not answer: .*\(is it running\?\)$/),
    ]);
    expect(performance.now() - began).toBeLessThan(15_000);
    silent.close();
  });
});

describe('a target on this machine', () => {
  let server: WebServer;
  let asked: string[] = [];
  beforeAll(async () => {
    server = await webServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('<h1>It works!</h1>');
    });
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    asked = [];
  });

  test('that answers but is not ours has to be described', async () => {
    const ended = await answered(['login-storm', '--target', server.url]);
    expect(ended).toMatchObject({ code: EXIT.usage, stdout: '' });
    expect(mistakesIn(ended)).toEqual([
      `--target: ${server.url} answers, but it is not a stormtest reference target and nothing says how people sign in there (stormtest init writes a stormtest.config.yaml to describe it in)`,
    ]);
    expect(asked).toEqual(['GET /v1/about']);
  });

  test('that offers nothing of what is stormed is told what it lacks', async () => {
    const [code, ...told] = await stormed({
      url: server.url,
      operations: { createMeeting: [{ request: 'POST /m', capture: { 'meeting.id': 'json:/id' } }] },
    });
    expect([code, told]).toEqual([
      EXIT.usage,
      [
        expect.stringMatching(
          /^target: offers none of what login-storm storms \(login.*\) \(describe these operations/,
        ),
      ],
    ]);
    expect(asked).toEqual([]);
  });

  test('is spared a load above the caps, which is refused and not clipped', async () => {
    expect(await stormed({ url: server.url }, '--max-rate', '100', '--max-duration', '60s')).toEqual([
      EXIT.usage,
      expect.stringMatching(
        /^--max-rate: the plan peaks at \d+ arrivals\/s, the cap is 100\/s \(ask for a smaller --scale, or raise the cap\)$/,
      ),
      expect.stringMatching(
        /^--max-duration: the run may take \d+ s, the cap is 60 s \(ask for --pace quick, or raise the cap\)$/,
      ),
    ]);
    expect(asked).toEqual([]);
  });

  test('is held to its declared capacity when the load is planned', async () => {
    const [code, told] = await stormed({ url: server.url, capacity: { login: 50 } });
    expect([code, told]).toEqual([
      EXIT.usage,
      expect.stringMatching(/^base load: .* for quick windows, which need 20\/s/),
    ]);
    expect(asked).toEqual([]);
  });
});

describe('a target on another machine', () => {
  // An address for documentation (RFC 5737): nothing is there, and nothing is sent.
  const url = 'http://192.0.2.1';
  const OWN =
    '--target: 192.0.2.1 is not this machine, and nobody has said it is yours to storm (if you own it: --i-own-this-target 192.0.2.1)';
  const CAPS =
    '--max-rate, --max-duration: a target on another machine needs a cap on arrivals per second and on the length of the run (for example --max-rate 300 --max-duration 10m)';
  const [own, caps] = [
    ['--i-own-this-target', '192.0.2.1'],
    ['--max-rate', '100', '--max-duration', '10m'],
  ];

  test('needs the word of its owner and two caps', async () => {
    expect(await stormed({ url })).toEqual([EXIT.usage, OWN, CAPS]);
    expect(await stormed({ url }, ...caps)).toEqual([EXIT.usage, OWN]);
    expect(await stormed({ url }, ...own)).toEqual([EXIT.usage, CAPS]);
    expect(await stormed({ url }, ...own, '--max-rate', '100')).toEqual([EXIT.usage, CAPS]);
    expect(await stormed({ url }, '--i-own-this-target', '192.0.2.2', ...caps)).toEqual([EXIT.usage, OWN]);
  });

  test('by its address alone is no different', async () => {
    const ended = await answered(['login-storm', '--target', url]);
    expect([ended.code, ...mistakesIn(ended)]).toEqual([EXIT.usage, OWN, CAPS]);
  });

  test('is spared a load above its caps before anything is sent', async () => {
    const [code, told, ...more] = await stormed({ url }, ...own, ...caps);
    expect([code, told, more]).toEqual([EXIT.usage, expect.stringMatching(/^--max-rate: the plan peaks at 250/), []]);
  });

  test('is no different when only one of several hosts is elsewhere', async () => {
    expect(await stormed({ url: 'http://127.0.0.1:1', hosts: ['192.0.2.1'] })).toEqual([EXIT.usage, OWN, CAPS]);
  });

  test('may be allowed by the configuration', async () => {
    const file = join(folder(), 'storm.yaml');
    const declared = {
      targets: { mine: { url, operations } },
      owned: ['192.0.2.1'],
      caps: { rate: 50, duration: '10m' },
    };
    writeFileSync(file, stringify(declared));
    const ended = await answered(['login-storm', '--target', 'mine', '--config', file]);
    expect([ended.code, ...mistakesIn(ended)]).toEqual([
      EXIT.usage,
      expect.stringMatching(/^--max-rate: the plan peaks at 250 arrivals\/s, the cap is 50\/s/),
    ]);
  });

  test.each([
    'zoom.us',
    'us02web.ZOOM.us',
    'meet.google.com',
    'teams.microsoft.com',
    'meet.jit.si',
    'x.webex.com',
    'zoom.us.',
  ])('is refused when it is the public service %s, whatever anybody says', async (host) => {
    const [code, ...told] = await stormed(
      { url: `https://${host.replace(/\.$/, '')}/` },
      '--i-own-this-target',
      host,
      ...caps,
    );
    expect([code, told]).toEqual([
      EXIT.usage,
      [expect.stringMatching(/ is a public service: stormtest does not storm it/)],
    ]);
    const ended = await answered(['login-storm', '--target', `https://${host}`, '--i-own-this-target', host, ...caps]);
    expect(ended.code).toBe(EXIT.usage);
  });

  test.each(['http://127.0.0.1@192.0.2.1/', 'http://192.0.2.1\\@127.0.0.1/', 'https://user:secret@zoom.us'])(
    'does not get past the rules as %s',
    async (address) => {
      const file = join(folder(), 'storm.yaml');
      writeFileSync(file, stringify({ targets: { mine: { url: 'http://127.0.0.1:1', operations } } }));
      for (const config of [[], ['--config', file]]) {
        const ended = await answered(['login-storm', '--target', address, ...config]);
        expect([ended.code, ended.stderr]).toEqual([
          EXIT.usage,
          expect.stringContaining('is not the address of a target'),
        ]);
        expect(ended.stderr).not.toContain('secret');
      }
    },
  );
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('a target with a certificate nobody vouches for', () => {
  const declared = (port: number, tls: object) => {
    const file = join(folder(), 'storm.yaml');
    writeFileSync(file, stringify({ targets: { mine: { url: `https://127.0.0.1:${port}`, operations, ...tls } } }));
    return ['login-storm', '--target', 'mine', '--config', file];
  };

  test('does not answer, unless the configuration accepts it, and then is stormed', async (context) => {
    needed(hasOpenssl, 'openssl', context);
    const server = createTlsServer(selfSigned(folder()), (_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const refused = await answered(declared(port, {}));
    expect([refused.code, refused.stderr]).toEqual([
      EXIT.notReady,
      expect.stringMatching(/does not answer: .*self-signed/),
    ]);
    const storm = startCommand(declared(port, { tls: { insecure: true } }), { cwd: folder() });
    await storm.until(/: warm-up/);
    storm.signal('SIGINT');
    expect((await storm.ended).code).toBe(EXIT.interrupted);
    server.closeAllConnections();
    server.close();
  });
});

function selfSigned(into: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(into, 'key.pem'), join(into, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  spawnSync('openssl', [...made, '-keyout', key, '-out', cert]);
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

describe('a folder for results', () => {
  const storm = (out: string, ...more: string[]) =>
    answered(['login-storm', '--target', 'reference:2020', '--out', out, ...more]);

  test.each(['recording.jsonl', 'report.html', 'ledger.jsonl'])('that holds a %s is not used again', async (file) => {
    const out = folder();
    writeFileSync(join(out, file), 'evidence');
    const ended = await storm(out);
    expect([ended.code, ...mistakesIn(ended)]).toEqual([
      EXIT.usage,
      `--out: ${out} holds the results of another run (name another folder; nothing is overwritten)`,
    ]);
    expect(readdirSync(out)).toEqual([file]);
  });

  test.each([
    ['--repeat', '3'],
    ['--demo', undefined],
  ])('that holds one of the runs of %s is not used again', async (option, value) => {
    const out = folder();
    const inside = join(out, value ?? 'hardened');
    mkdirSync(inside);
    writeFileSync(join(inside, 'recording.jsonl'), '');
    const words = value === undefined ? ['login-storm', option, '--out', out] : [];
    const ended = value === undefined ? await answered(words) : await storm(out, option, value);
    expect([ended.code, ended.stderr]).toEqual([
      EXIT.usage,
      expect.stringContaining(`${inside} holds the results of another run`),
    ]);
  });

  test('of a proof is not used again either', async () => {
    const out = folder();
    mkdirSync(join(out, 'login-storm', '2020-1'), { recursive: true });
    writeFileSync(join(out, 'login-storm', '2020-1', 'recording.jsonl'), '');
    const ended = await answered(['prove', '--out', out]);
    expect([ended.code, ended.stderr]).toEqual([
      EXIT.usage,
      expect.stringContaining('holds the results of another run'),
    ]);
  });

  test('that cannot be made is refused before anything is started', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const ended = await storm(join(file, 'deeper'));
    expect([ended.code, ...mistakesIn(ended)]).toEqual([
      EXIT.usage,
      `--out: ${file} is not a folder (name another folder)`,
    ]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
