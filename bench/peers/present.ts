import { pathOf } from '../program.ts';
import { autocannon, autocannonEntry } from './autocannon.ts';
import { k6 } from './k6.ts';
import { ours } from './ours.ts';
import type { Peer } from './peer.ts';
import { vegeta } from './vegeta.ts';
import { wrk } from './wrk.ts';

/** Who takes part, ours first, and who cannot, in words. */
export interface Field {
  readonly peers: readonly Peer[];
  readonly skipped: readonly string[];
}

/** Looks which load generators this machine has. */
export function presentPeers(): Field {
  const peers: Peer[] = [ours()];
  const skipped: string[] = [];
  const known = [
    { name: 'vegeta', at: pathOf('vegeta'), made: vegeta, by: 'tools/install bench builds it' },
    { name: 'k6', at: pathOf('k6'), made: k6, by: 'tools/install bench builds it' },
    { name: 'autocannon', at: autocannonEntry(), made: autocannon, by: 'npm ci installs it' },
    { name: 'wrk', at: pathOf('wrk'), made: wrk, by: 'tools/install bench installs it' },
  ];
  for (const { name, at, made, by } of known) {
    if (at === undefined) skipped.push(`${name} is not here (${by})`);
    else peers.push(made(at));
  }
  return { peers, skipped };
}
