import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';

const PATIENCE = 5_000;

/** Asks a target for one answer, whatever it says; throws Mistakes when it gives none within five seconds. */
export async function answerOf(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) });
  } catch (thrown) {
    signal.throwIfAborted();
    const reason = (thrown as { cause?: NodeJS.ErrnoException }).cause?.code ?? (thrown as Error).message;
    throw Mistakes.of('--target', `${new URL(url).origin} does not answer: ${reason}`, 'is it running?', EXIT.notReady);
  }
}
