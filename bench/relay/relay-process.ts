import { startServer } from '../../chaos/relay/server.ts';
import type { FromRelay, ToRelay } from './relay.ts';

/** Our relay in a process of its own, that tells what it has used of its core. */
const tell = (message: FromRelay) => process.send?.(message);
process.on('message', (_: ToRelay) => {
  const { user, system } = process.cpuUsage();
  tell({ did: 'use', seconds: (user + system) / 1e6 });
});
process.once('disconnect', () => process.exit());
tell({ did: 'listen', url: await startServer(1) });
