import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { relayClient } from '../../../chaos/relay/client.ts';
import { eventually } from '../../support/prometheus.ts';
import { isAlive } from '../../support/remains.ts';
import { type End, udpEnd } from '../../support/udp-flow.ts';

/** A process that has started a relay, impairs it, and renews that as often as a run does. */
const OWNER = `
const { startRelay } = await import(process.argv[1]);
const relay = await startRelay({ seed: 1 });
const listen = await relay.open(process.argv[2], { path: 'media' });
await relay.impair('media', 'st_x', { upstream: { loss: 1 } });
setInterval(() => relay.renew('media', 'st_x').catch(() => undefined), 1000);
console.log(JSON.stringify({ url: relay.url, pid: relay.pid, listen }));
setTimeout(() => process.exit(1), 60000);
`;

describe('what a relay does to datagrams', () => {
  let owner: ChildProcess | undefined;
  const ends: End[] = [];
  afterEach(() => {
    owner?.kill('SIGKILL');
    for (const end of ends.splice(0)) end.close();
  });

  const owned = async () => {
    const server = await udpEnd();
    const module = pathToFileURL('dist/chaos/relay/relay.js').href;
    const child = spawn(process.execPath, ['--input-type=module', '-e', OWNER, module, server.address], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    owner = child;
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url, pid, listen } = JSON.parse(line) as { url: string; pid: number; listen: string };
    const client = await udpEnd(listen);
    ends.push(server, client);
    return { child, server, client, pid, relay: relayClient(url) };
  };

  it('is gone with the relay when whoever started it is killed', async () => {
    const { child, pid, relay } = await owned();
    expect((await relay.counters()).paths.media?.impairedBy).toEqual(['st_x']);
    child.kill('SIGKILL');
    await eventually('the relay has ended', () => !isAlive(pid));
    await expect(relay.lift('media', 'st_x')).rejects.toMatchObject({ isGone: true });
  });

  it('is gone by itself when whoever started it hangs, and stays gone when that goes on', async () => {
    const { child, server, client, relay } = await owned();
    await sleep(6_000);
    await client.send(50);
    expect(server.arrivals).toHaveLength(0);
    child.kill('SIGSTOP');
    const stopped = performance.now();
    await eventually('datagrams pass again', async () => {
      await client.send(5);
      return server.arrivals.length > 0;
    });
    expect(performance.now() - stopped).toBeLessThan(5_000 + 3_000);
    child.kill('SIGCONT');
    await sleep(2_500);
    expect((await relay.counters()).paths.media?.impairedBy).toEqual([]);
  });
});
