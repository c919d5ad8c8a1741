import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationFor } from '../ours/declaration.ts';
import type { Account, Order } from '../ours/order.ts';
import { readProject } from '../project.ts';
import type { Peer, Told } from './peer.ts';

/** The name of our own engine in tables. */
export const OURS = 'stormtest';

/** Our own engine. It reads, checks and captures from every answer, which no other client does here. */
export function ours(): Peer {
  return {
    name: OURS,
    version: readProject().version,
    model: 'open',
    command({ url, rate = 0, seconds, folder }) {
      const order: Order = { config: join(folder, 'stormtest.config.yaml'), rate, seconds, folder };
      writeFileSync(order.config, configurationFor(url));
      return [process.execPath, fileURLToPath(new URL('../ours/main.js', import.meta.url)), JSON.stringify(order)];
    },
    told: (_, { stdout }) => toldByOurs(readAccount(stdout)),
  };
}

/** Reads what our process prints. */
export function readAccount(stdout: string): Account {
  return JSON.parse(stdout) as Account;
}

function toldByOurs({ held, dropped, failed, latency }: Account): Told {
  return { held, failed: failed + dropped, latency };
}
