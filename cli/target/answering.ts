import { unlessAborted } from '../../core/deferred.ts';
import { EXIT } from '../../core/exit.ts';
import { Failure } from '../../core/failure.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Answer } from '../../core/transport.ts';
import { nodeWire } from '../../generators/transports/node.ts';
import type { Reach } from '../../generators/transports/wire.ts';

const PATIENCE = 5_000;

/**
 * Asks a target for one answer, whatever it says, on the way that load would take; throws Mistakes when it gives none
 * within five seconds.
 */
export async function answerOf(url: string, reach: Reach, signal: AbortSignal): Promise<Answer> {
  const wire = nodeWire(reach);
  try {
    return await unlessAborted(signal, wire.http({ method: 'GET', url }, performance.now() + PATIENCE));
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const { origin } = new URL(url);
    throw Mistakes.of('--target', `${origin} does not answer: ${thrown.message}`, 'is it running?', EXIT.notReady);
  } finally {
    wire.close();
  }
}
