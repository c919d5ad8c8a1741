import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sequence } from '../../core/random.ts';
import { describeWith } from '../support/real-part.ts';
import {
  type Answered,
  ask,
  emptied,
  freePort,
  startOurs,
  startReal,
  type TestedToxiproxy,
} from '../support/toxiproxy.ts';
import { type Asked, CASES } from '../support/toxiproxy-cases.ts';
import { EFFORT, someRequest } from '../support/toxiproxy-fuzz.ts';

describeWith('toxiproxy', 'what the real Toxiproxy answers', () => {
  let servers: readonly TestedToxiproxy[] = [];
  let blocker: Server;
  const ports = new Map<TestedToxiproxy, readonly string[]>();

  beforeAll(async () => {
    blocker = createServer().listen(0, '127.0.0.1');
    servers = [await startReal(), await startOurs()];
    for (const server of servers) ports.set(server, [String(await freePort()), String(await freePort())]);
  });

  afterAll(async () => {
    blocker.close();
    for (const server of servers) await server.stop();
  });

  const taken = () => String((blocker.address() as AddressInfo).port);

  async function answers(server: TestedToxiproxy, asked: readonly Asked[]): Promise<Answered[]> {
    await emptied(server);
    const places = Object.entries({ '@1': ports.get(server)?.[0], '@2': ports.get(server)?.[1], '@taken': taken() });
    const answered: Answered[] = [];
    for (const { method, path, body, headers } of asked) {
      const placed =
        typeof body === 'string' ? places.reduce((text, [key, port]) => text.replaceAll(key, `${port}`), body) : body;
      const answer = await ask(server.url, method, path, placed, headers);
      answered.push({ ...answer, body: comparable(answer.body, places) });
    }
    return answered;
  }

  it.each(CASES)('$name', async ({ asked }) => {
    const [real, ours] = await Promise.all(servers.map((server) => answers(server, asked)));
    expect(ours).toEqual(real);
  });

  it('is the same for whatever else is said', { timeout: 60_000 * EFFORT }, async () => {
    for (let round = 0; round < 60 * EFFORT; round += 1) {
      const draw = sequence(round);
      const asked = Array.from({ length: 25 }, () => someRequest(draw)).filter(isComparable);
      const [real, ours] = await Promise.all(servers.map((server) => answers(server, [WEB, ...asked])));
      for (const [index, request] of [WEB, ...asked].entries())
        expect(ours?.[index], `round ${round}: ${request.method} ${request.path} ${request.body}`).toEqual(
          real?.[index],
        );
    }
  });

  it('was asked at least 300 different things', () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    expect(CASES.length).toBeGreaterThan(300);
  });
});

const WEB = { method: 'POST', path: '/proxies', body: '{"name":"t","listen":"127.0.0.1:0","upstream":"a:1"}' };

/** Whether a request says nothing that is known to be answered differently; those are tested one by one. */
function isComparable({ body }: { readonly body: Buffer }): boolean {
  const text = body.toString('latin1');
  // Without a listener the real server listens everywhere; some attributes and toxicities are refused by ours alone.
  if (!/"listen"|"LISTEN"/i.test(text) && /upstream"\s*:/i.test(text)) return false;
  return !/slicer|"toxicity"|"rate"|12345678901234567890|listen"\s*:\s*("(127.0.0.1|a|b|t|x|ä)?:?"|null)/i.test(text);
}

/** Without what has to differ: ports, the logger that the real server tells, and which resolver found no host. */
function comparable(body: string, places: readonly (readonly [string, string | undefined])[]): string {
  return body
    .replaceAll('"Logger":{},', '')
    .replace(/(lookup \S+) on \S+:/, '$1:')
    .replace(/(127\.0\.0\.\d|\[::1\]):(\d{2,5})/g, (_, host, port) => {
      const known = places.find(([, placed]) => placed === port);
      return `${host}:${known?.[0] ?? (Number(port) > 1_024 ? 'free' : port)}`;
    });
}
