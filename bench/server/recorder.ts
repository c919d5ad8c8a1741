import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cores, onCore } from '../cores.ts';
import { PATH } from './answer.ts';
import type { Recorder } from './server.ts';
import { subordinate } from './subordinate.ts';

export type ToRecorder = { readonly do: 'count' } | { readonly do: 'take'; readonly file: string };

export type FromRecorder =
  | { readonly did: 'listen'; readonly port: number }
  | { readonly did: 'count'; readonly seen: number }
  | { readonly did: 'take'; readonly taken: number; readonly full: boolean };

/**
 * Starts a server on node:http that keeps when each request came, to some 50 microseconds: nginx's log knows
 * milliseconds only, which is as much as what is to be measured. It needs a third of its core at 10,000 requests a
 * second.
 */
export async function startRecorder(folder: string, cores: Cores | undefined, signal: AbortSignal): Promise<Recorder> {
  const program = fileURLToPath(new URL('recorder-process.js', import.meta.url));
  const process_ = subordinate<ToRecorder, FromRecorder>(onCore(cores, 'server', [process.execPath, program]), signal);
  const { port } = await process_.heard('listen');
  return {
    name: 'node:http',
    url: `http://127.0.0.1:${port}${PATH}`,
    pid: process_.pid,
    async seen() {
      process_.tell({ do: 'count' });
      return (await process_.heard('count')).seen;
    },
    async takeArrivals() {
      const file = join(folder, 'arrivals');
      process_.tell({ do: 'take', file });
      const { taken, full } = await process_.heard('take');
      if (full) throw new Error('more arrivals than the recorder can keep');
      const bytes = readFileSync(file);
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + taken * 8));
    },
    stop: () => process_.stop(),
  };
}
