import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { guardOf } from '../../../chaos/guard.ts';
import { type Proxies, proxiesOf } from '../../../cli/faults/proxies.ts';
import { betweenParts } from '../../../cli/target/between.ts';
import type { Disturbance, Fault } from '../../../core/fault.ts';
import { eventually } from '../../support/reference.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const opened: Proxies[] = [];
afterEach(async () => {
  for (const proxies of opened.splice(0)) await proxies.close();
});

const folder = temporaryFolders();
const proxies = () => {
  const made = proxiesOf({ toxiproxy: undefined, seed: 1, guard: guardOf(folder(), 'run') });
  opened.push(made);
  return made;
};
const fault = (service: Fault['service'], does: Disturbance, part?: string): Fault => ({
  ...{ service, after: '0s', lasting: '1s', does },
  ...(part !== undefined && { part }),
});
const upstream = { host: '127.0.0.1', port: 9 };

test('nothing stands between the parts of a reference target that no fault goes through', async () => {
  const faults = [fault('media', { kind: 'kill' }), fault('database', { kind: 'impairment', loss: 0.1 })];
  const between = betweenParts(faults, proxies());
  expect(await between.route('database', upstream, 'postgres')).toBe(upstream);
  expect(await between.route('media', upstream, 'media-1')).toBe(upstream);
  expect(between.over({})).toEqual({ database: [] });
});

test('what stands before an address of the sixth version of IP leads there', async () => {
  const far = { host: '::1', port: 9 };
  expect(await proxies().relayed('media', far)).toMatchObject({
    listen: { host: '127.0.0.1' },
    means: { path: 'media' },
  });
  expect(await proxies().before('auth', far)).toMatchObject({ listen: { host: '127.0.0.1' } });
});

test('a fault on datagrams gets a relay before each media server, on a path of its own, that passes them on', async () => {
  const echo = createSocket('udp4').bind(0, '127.0.0.1');
  await once(echo, 'listening');
  echo.on('message', (datagram, { port }) => echo.send(datagram, port, '127.0.0.1'));
  const between = betweenParts([fault('media', { kind: 'impairment', loss: 0.1 })], proxies());
  const here = { host: '127.0.0.1', port: echo.address().port };
  const first = await between.route('media', here, 'media-1');
  const second = await between.route('media', here, 'media-2');
  expect(new Set([first.port, second.port, here.port]).size).toBe(3);
  const kill = { by: 'process', pid: 1, part: 'media-1' } as const;
  const { media } = between.over({ media: [kill] });
  expect(media).toMatchObject([
    { by: 'relay', path: 'media-1', part: 'media-1' },
    { by: 'relay', path: 'media-2', part: 'media-2' },
    kill,
  ]);
  const sender = createSocket('udp4');
  const heard: string[] = [];
  sender.on('message', (datagram) => heard.push(datagram.toString()));
  sender.send('hello', first.port, first.host);
  await eventually(() => heard.length === 1);
  expect(heard).toEqual(['hello']);
  sender.close();
  echo.close();
});

test('a fault in a region gets a relay before the media servers there, and one on a way between them both ways of it', async () => {
  const impairment = { kind: 'impairment', loss: 0.1 } as const;
  const faults = [fault('media', impairment, 'eu'), fault('media', impairment, 'us-eu-2')];
  const between = betweenParts(faults, proxies());
  expect(await between.route('media', upstream, 'media-1', 'us')).toBe(upstream);
  const eu = await between.route('media', upstream, 'media-2', 'eu');
  expect(await between.route('media', upstream, 'us-eu-1')).toBe(upstream);
  const [there, back] = await Promise.all([1, 2].map(() => between.route('media', upstream, 'us-eu-2')));
  expect(new Set([eu.port, there?.port, back?.port, upstream.port]).size).toBe(4);
  const { media } = between.over({});
  expect(media).toMatchObject([
    { by: 'relay', path: 'media-2', part: 'media-2', within: 'eu' },
    { by: 'relay', path: 'us-eu-2', part: 'us-eu-2' },
  ]);
  expect(media).toHaveLength(2);
});
