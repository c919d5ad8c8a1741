import { relayClient } from '../../chaos/relay/client.ts';
import { startServer } from '../../chaos/relay/server.ts';
import { DIRECTIONS } from '../../chaos/relay/shape.ts';
import type { FromRelay, ToRelay } from './relay.ts';

/** Our relay in a process of its own, that tells what it has passed on and what it has used of its core. */
const client = relayClient(await startServer(1));
const tell = (message: FromRelay) => process.send?.(message);
process.on('message', (order: ToRelay) => void (order.do === 'stand before' ? standBefore(order) : tellUse()));
process.once('disconnect', () => process.exit());

async function standBefore({ upstream, shape }: Extract<ToRelay, { do: 'stand before' }>): Promise<void> {
  const address = await client.open(upstream, { path: 'bench' });
  if (shape) await client.impair('bench', 'bench', { upstream: shape, downstream: shape }, 600_000);
  tell({ did: 'listen', address });
}

async function tellUse(): Promise<void> {
  const traffic = (await client.counters()).paths.bench?.traffic;
  const { user, system } = process.cpuUsage();
  const forwarded = traffic ? DIRECTIONS.reduce((sum, direction) => sum + traffic[direction].forwarded, 0) : 0;
  tell({ did: 'use', seconds: (user + system) / 1e6, forwarded });
}
