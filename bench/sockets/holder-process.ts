import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from '../../core/transport.ts';
import { nodeWire } from '../../generators/transports/node.ts';
import type { FromHolder, ToHolder } from './holder.ts';

/** Opens WebSockets as virtual users do, over the engine's own transport, and holds them. */
const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
const PATIENCE = 20_000;
const AT_ONCE = 50;

/** A socket, and how long the person behind it waits for its next message. */
interface Held {
  readonly socket: Socket;
  readonly patience: { giveUpAt: number };
}

const tell = (message: FromHolder) => process.send?.(message);
process.on('message', (order: ToHolder) => void hold(order));
process.once('disconnect', () => process.exit());

async function hold({ url, sockets, length }: ToHolder): Promise<void> {
  // What is loaded and compiled with the first ones is not what a socket needs.
  const first = await opened(url, 100);
  const before = resident();
  const began = performance.now();
  const rest = await opened(url, sockets - 100);
  const all = [...first.open, ...rest.open];
  const milliseconds = performance.now() - began;
  const perSocket = (resident() - before) / rest.open.length;
  tell({ did: 'open', open: all.length, failed: [...first.failed, ...rest.failed], milliseconds, perSocket });
  await sleep(length);
  tell({ did: 'hold', answered: await answered(all), sockets: wire.sockets, memory: resident() });
  wire.close();
}

async function opened(url: string, count: number): Promise<{ open: Held[]; failed: string[] }> {
  const [open, failed]: [Held[], string[]] = [[], []];
  let left = count;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      try {
        const patience = { giveUpAt: performance.now() + PATIENCE };
        open.push({ socket: await wire.websocket(url, {}, patience), patience });
      } catch (thrown) {
        failed.push((thrown as Error).message);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return { open, failed };
}

/** How many sockets bring back what is said through them. */
async function answered(held: readonly Held[]): Promise<number> {
  let [next, back] = [0, 0];
  const one = async () => {
    for (let each = held[next++]; each; each = held[next++]) {
      const { socket, patience } = each;
      patience.giveUpAt = performance.now() + PATIENCE;
      const said = `still there ${next}?`;
      try {
        socket.send(said);
        if ((await socket.next()) === said) back += 1;
      } catch {
        // One that does not bring it back is not counted.
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return back;
}

function resident(): number {
  global.gc?.();
  return process.memoryUsage.rss();
}
