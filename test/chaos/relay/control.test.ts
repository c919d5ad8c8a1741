import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Relay, startRelay } from '../../../chaos/relay/relay.ts';
import { Mistakes } from '../../../core/mistake.ts';

describe('the control API of the relay', () => {
  let relay: Relay;
  beforeAll(async () => {
    relay = await startRelay({ seed: 1 });
    await relay.open('127.0.0.1:9', { path: 'media' });
  });
  afterAll(() => relay.stop());

  const ask = (method: string, path: string, body?: unknown, headers = {}) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const asked = request(`${relay.url}${path}`, { method, headers }, async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        resolve({ status: answer.statusCode, body: Buffer.concat(chunks).toString() });
      });
      asked.on('error', reject);
      asked.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  const impairment = '/paths/media/impairments/st_x';
  const inPlace = async () => (await relay.counters()).paths.media?.impairedBy;

  it.each([
    [{ upstream: { loss: 1.1 } }, 'loss'],
    [{ upstream: { loss: '5 %' } }, 'loss'],
    [{ downstream: { reorder: 0.6 } }, 'reorder'],
    [{ downstream: { latency: -1 } }, 'latency'],
    [{ downstream: { kilobitsPerSecond: 0 } }, 'kilobitsPerSecond'],
    [{ downstream: { delay: 5 } }, 'delay'],
    [{ sideways: { loss: 0.1 } }, 'sideways'],
    [{ upstream: 0.1 }, 'upstream'],
    [undefined, 'shapes'],
    [[], 'shapes'],
  ])('refuses %j, and says where', async (shapes, where) => {
    const { status, body } = await ask('PUT', impairment, { shapes });
    expect([status, body]).toEqual([400, expect.stringContaining(where)]);
    expect(await inPlace()).toEqual([]);
  });

  it('refuses what is no time, no JSON or too long', async () => {
    const shapes = { upstream: { loss: 0.1 } };
    for (const ttl of [0, -1, '5s', 1e12]) expect((await ask('PUT', impairment, { shapes, ttl })).status).toBe(400);
    expect((await ask('PUT', impairment, 'loss=0.1')).status).toBe(400);
    expect((await ask('PUT', impairment, { shapes, more: 'x'.repeat(100_000) })).status).toBe(400);
    expect((await ask('PUT', '/listeners', { upstream: 'nowhere' })).body).toContain('nowhere');
    expect((await ask('PUT', '/listeners', { upstream: '127.0.0.1:9', path: 'a/b' })).status).toBe(400);
    expect(await inPlace()).toEqual([]);
  });

  it('knows no path that nothing listens for, and nothing else', async () => {
    const shapes = { upstream: { loss: 0.1 } };
    for (const [method, path, body] of [
      ['PUT', '/paths/medai/impairments/st_x', { shapes }],
      ['PATCH', impairment],
      ['DELETE', impairment],
      ['DELETE', '/listeners/127.0.0.1:1'],
      ['POST', impairment, { shapes }],
      ['GET', impairment],
      ['GET', '/%'],
      ['GET', '/'],
    ] as const)
      expect((await ask(method, path, body)).status).toBe(404);
  });

  it('listens to nobody who was led here by a name that is not its own', async () => {
    const shapes = { upstream: { loss: 0.1 } };
    expect((await ask('PUT', impairment, { shapes }, { host: 'rebound.example' })).status).toBe(403);
    expect((await ask('GET', '/counters', undefined, { host: 'rebound.example' })).status).toBe(403);
    expect(await inPlace()).toEqual([]);
  });

  it('does what it is asked by curl, too', async () => {
    const shapes = { upstream: { loss: 0.1 } };
    expect((await ask('PUT', impairment, { shapes, ttl: 60_000 })).status).toBe(204);
    expect(await inPlace()).toEqual(['st_x']);
    expect((await ask('PATCH', impairment)).status).toBe(204);
    expect((await ask('DELETE', impairment)).status).toBe(204);
    expect(await inPlace()).toEqual([]);
  });

  it('is asked nothing that cannot be meant', async () => {
    await expect(relay.impair('media', 'st_x', { upstream: { loss: 2, jitter: -1 } })).rejects.toMatchObject({
      list: [{ where: 'st_x.upstream.loss' }, { where: 'st_x.upstream.jitter' }],
    });
    await expect(relay.impair('../x', 'st_x', {})).rejects.toThrow(Mistakes);
    await expect(relay.open('127.0.0.1:9', { path: '..' })).rejects.toThrow(Mistakes);
    await expect(relay.impair('medai', 'st_x', { upstream: { loss: 0.1 } })).rejects.toThrow(
      'there is no path "medai"',
    );
    await expect(relay.open('127.0.0.1:9', { listen: '192.0.2.1:5004' })).rejects.toThrow('EADDRNOTAVAIL');
  });
});
