import { startToxiproxy } from '../../chaos/toxiproxy/server.ts';

/** Our Toxiproxy in a process of its own, on the port it is told. */
await startToxiproxy({ host: '127.0.0.1', port: Number(process.argv[2]), seed: 1, log: () => {} });
