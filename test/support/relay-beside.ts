import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers, doorTo } from '../../bench/server/janus-network.ts';
import { type RelayClient, relayClient } from '../../chaos/relay/client.ts';
import type { ServerReport } from '../../chaos/server-process.ts';
import { eventually } from './prometheus.ts';

/** A relay in a network that is not this process' own. */
export interface RelayBeside {
  /** Where its API is for whoever is in that network. */
  readonly url: string;
  /** Drives it from here. */
  readonly client: RelayClient;
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../../dist/chaos/relay/main.js', import.meta.url));

/** Takes connections to a socket in a folder to a port of the loopback, and ends with whoever started it. */
const WAY = `const { connect, createServer } = require('node:net');
const [path, port] = process.argv.slice(1);
process.stdin.resume().on('end', () => process.exit());
createServer((socket) => {
  const there = connect(Number(port), '127.0.0.1');
  socket.pipe(there).pipe(socket);
  socket.on('error', () => there.destroy()).on('close', () => there.destroy());
  there.on('error', () => socket.destroy()).on('close', () => socket.destroy());
}).listen(path);`;

/** Starts a relay by a command that runs another one in a network of its own; sockets of files are the same here and there. */
export async function startRelayBeside(by: readonly string[], folder: string): Promise<RelayBeside> {
  const [execPath = process.execPath, ...execArgv] = [...by, process.execPath];
  const child = fork(PROGRAM, [], { execPath, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  child.send({ seed: 1 });
  const [report] = (await once(child, 'message')) as [ServerReport];
  if (report.kind === 'failed') throw new Error(report.what);
  const path = join(folder, 'relay');
  const way = spawn(execPath, [...execArgv, '-e', WAY, path, new URL(report.url).port], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const wayEnded = once(way, 'exit');
  await eventually('there is a way to the relay', () => answers(path));
  const door = await doorTo(path);
  return {
    url: report.url,
    client: relayClient(`http://127.0.0.1:${(door.address() as AddressInfo).port}`),
    async stop() {
      child.disconnect();
      way.stdin.end();
      await Promise.all([ended, wayEnded]);
      door.close();
    },
  };
}
