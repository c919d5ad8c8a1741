import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { guardOf } from '../../../chaos/guard.ts';
import { relayClient } from '../../../chaos/relay/client.ts';
import { readConfig } from '../../../cli/config.ts';
import { type Proxies, proxiesOf } from '../../../cli/faults/proxies.ts';
import { checkRelays, reached } from '../../../cli/target/services.ts';
import type { Fault } from '../../../core/fault.ts';
import type { Means, Services } from '../../../core/means.ts';
import { Mistakes } from '../../../core/mistake.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const opened: Proxies[] = [];
afterEach(async () => {
  for (const proxies of opened.splice(0)) await proxies.close();
});

const folder = temporaryFolders();
const kill: Means = { by: 'process', pid: 1, part: 'media-1' };
const [everybody, us]: readonly Means[] = [{ by: 'candidates' }, { by: 'candidates', part: 'us' }];

const impaired = (part?: string): Fault => ({
  ...{ service: 'media', after: '0s', lasting: '1s', does: { kind: 'impairment', loss: 0.1 } },
  ...(part !== undefined && { part }),
});

async function reachedBy(faults: readonly Fault[], services: Services) {
  const proxies = proxiesOf({ toxiproxy: undefined, seed: 1, guard: guardOf(folder(), 'run') });
  opened.push(proxies);
  return reached(services, faults, proxies);
}

describe('a relay that media of WebRTC go by', () => {
  test('is there when a fault is put into it, on a path that can be impaired before anybody comes', async () => {
    const { services, media } = await reachedBy([impaired()], { media: [kill, everybody] as Means[] });
    expect(services.media).toMatchObject([kill, { by: 'relay', path: 'media_1' }]);
    expect(media?.paths).toEqual({ '': 'media_1' });
    const relay = relayClient(media?.relay ?? '');
    await relay.impair('media_1', 'st_run_0', { downstream: { loss: 0.1 } });
    expect((await relay.counters()).paths.media_1?.impairedBy).toEqual(['st_run_0']);
  });

  test('is not there when none is', async () => {
    const faults: Fault[] = [{ ...impaired(), does: { kind: 'kill' } }];
    expect((await reachedBy(faults, { media: [kill, everybody] as Means[] })).media).toBeUndefined();
  });

  test('is that of a region for a fault that names one, and of everybody for one that does not', async () => {
    const all = { media: [us, everybody] as Means[] };
    expect((await reachedBy([impaired('us')], all)).media?.paths).toEqual({ us: 'media_0' });
    expect((await reachedBy([impaired()], all)).media?.paths).toEqual({ '': 'media_1' });
    expect((await reachedBy([impaired()], { media: [us] as Means[] })).media?.paths).toEqual({ us: 'media_0' });
  });

  test('stands before media only, and where people speak WebRTC', () => {
    const check = (services: Services, isWebrtc: boolean) => () => checkRelays(services, isWebrtc, 'targets.meet');
    expect(check({ media: [everybody as Means] }, true)).not.toThrow();
    expect(check({ media: [everybody as Means] }, false)).toThrow(Mistakes);
    expect(check({ edge: [everybody as Means] }, true)).toThrow(Mistakes);
    expect(check({ media: [kill] }, false)).not.toThrow();
  });
});

test.each(readdirSync('examples'))('the example %s can be read', (name) => {
  const config = readConfig(`examples/${name}/stormtest.config.yaml`, {
    ...{ LIVEKIT_API_SECRET: 's', OIDC_URL: 'http://127.0.0.1:1', OIDC_PEOPLE: 'people.csv' },
    ...{ OIDC_CLIENT_ID: 'c', OIDC_CLIENT_SECRET: 's' },
  });
  expect(config?.targets).toHaveLength(1);
  for (const target of config?.targets ?? []) expect(config?.target(target).declaration.url).toMatch(/^http:/);
});
