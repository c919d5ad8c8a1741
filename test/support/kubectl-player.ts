import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Plays kubectl: notes its words, lists pods from a file, and after a deletion those of another one. */
const PLAYER = `#!/bin/sh
at=$(dirname "$0")
echo "$*" >> "$at/asked"
[ -e "$at/refuses" ] && { echo 'error: forbidden' >&2; exit 1; }
case "$*" in
  *" delete pod "*) mv "$at/after" "$at/pods" ;;
  *" get pods "*) cat "$at/pods" ;;
  *" wait pods "*) [ -e "$at/again" ] && mv "$at/again" "$at/pods"; true ;;
  *) echo 'unknown command' >&2; exit 1 ;;
esac
`;

/** A pod as the player tells of it: ready and kept by a controller unless told otherwise. */
export interface Told {
  readonly name: string;
  readonly uid: string;
  readonly ready?: boolean;
  readonly kept?: boolean;
  readonly going?: boolean;
}

const listed = (...pods: readonly Told[]) =>
  JSON.stringify({
    kind: 'List',
    items: pods.map(({ name, uid, ready = true, kept = true, going = false }) => ({
      kind: 'Pod',
      metadata: {
        ...{ name, uid, ownerReferences: kept ? [{ controller: true }] : [] },
        ...(going && { deletionTimestamp: '2020-03-23T09:00:00Z' }),
      },
      status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    })),
  });

/** A kubectl of one's own on PATH, which knows the pods it is told of. */
export interface KubectlPlayer {
  /** The pods there are: now (`pods`), after a deletion (`after`), and when it was waited for them (`again`). */
  has(file: 'pods' | 'after' | 'again', ...pods: readonly Told[]): void;
  /** Takes it off PATH. */
  end(): void;
}

/** Puts a player in front of whatever PATH has, in a folder that is its own. */
export function kubectlPlayer(at: string): KubectlPlayer {
  const path = process.env.PATH ?? '';
  writeFileSync(join(at, 'kubectl'), PLAYER);
  chmodSync(join(at, 'kubectl'), 0o755);
  process.env.PATH = [at, path].join(delimiter);
  return {
    has: (file, ...pods) => writeFileSync(join(at, file), listed(...pods)),
    end: () => {
      process.env.PATH = path;
    },
  };
}
