import { relayClient } from '../relay/client.ts';
import { RelayFailure } from '../relay/failure.ts';
import type { Undo } from '../undo.ts';

/** Takes an impairment out and looks whether it is gone; what went with its relay is gone, too. */
export async function impairmentLifted({ relay, path, name }: Extract<Undo, { kind: 'impairment' }>): Promise<void> {
  const client = relayClient(relay);
  try {
    await client.lift(path, name);
    const { paths } = await client.counters();
    if (paths[path]?.impairedBy.includes(name)) throw new Error(`the relay at ${relay} still has ${name} on ${path}`);
  } catch (error) {
    if (!(error instanceof RelayFailure && error.isGone)) throw error;
  }
}
