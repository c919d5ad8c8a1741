import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toxiproxyClient } from '../../../chaos/toxiproxy/client.ts';
import { startOurs, type TestedToxiproxy } from '../../support/toxiproxy.ts';
import { clientTests, lonelyClientTests } from '../../support/toxiproxy-client.ts';

describe('the client and the embedded Toxiproxy', () => clientTests(startOurs));

describe('the client without a Toxiproxy', lonelyClientTests);

describe('the client and times to live', () => {
  let tested: TestedToxiproxy;
  beforeAll(async () => {
    tested = await startOurs();
  });
  afterAll(() => tested?.stop());

  it('gives and renews them', async () => {
    const client = toxiproxyClient(tested.url);
    await client.createProxy({ name: 'a', upstream: 'b:1', enabled: false, ttl: 50_000 });
    expect((await client.updateProxy('a', { ttl: 60_000 })).ttl).toBeGreaterThan(55_000);
    const toxic = { name: 'n', type: 'noop', stream: 'upstream', attributes: {}, ttl: 50_000 } as const;
    expect((await client.addToxic('a', toxic)).ttl).toBeGreaterThan(45_000);
    expect((await client.updateToxic('a', 'n', { ttl: 60_000 })).ttl).toBeGreaterThan(55_000);
    expect(await client.updateToxic('a', 'n', { ttl: 0 })).not.toHaveProperty('ttl');
    await client.updateProxy('a', { enabled: true });
    await expect(client.updateProxy('a', { ttl: 60_000 })).rejects.toMatchObject({ status: 400 });
  });
});
