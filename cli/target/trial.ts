import { unlessAborted } from '../../core/deferred.ts';
import { EXIT } from '../../core/exit.ts';
import { Failure } from '../../core/failure.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Plan } from '../../core/plan.ts';
import { JourneyBroke } from '../../generators/crew.ts';
import { peopleOf } from '../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import { browserOf } from '../browser.ts';
import type { Described } from '../setting.ts';
import type { ChosenTarget } from './chosen.ts';

const PATIENCE = 10_000;

/**
 * Lets one person sign in before a run in which nobody is signed in beforehand: a wrong path, secret or password is told
 * at once and in the target's own answer, and nothing is stormed because of it. Throws Mistakes, and JourneyBroke when it
 * is the adapter that fails.
 */
export async function tried({ target, setting }: ChosenTarget, plan: Plan, signal: AbortSignal): Promise<void> {
  if (!target.operations.includes('login') || plan.scenarios.some(({ signedIn }) => signedIn > 0)) return;
  const wire = nodeWire(setting.reach, undefined, browserOf(setting));
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + PATIENCE;
  try {
    await unlessAborted(
      signal,
      Promise.resolve(target.client(io, peopleOf(setting.population, plan.seed).person(0)).login?.()),
    );
  } catch (thrown) {
    if (thrown instanceof Failure) throw failed(thrown, setting.adapter.kind);
    if (signal.aborted) throw thrown;
    throw new JourneyBroke('the first person could not sign in', { cause: thrown });
  } finally {
    wire.close();
  }
}

/** What to look at when somebody is denied, and when it goes wrong in another way. */
const MENDS: Readonly<Record<Described['kind'], { readonly denied: string; readonly otherwise: string }>> = {
  browser: {
    denied: 'are the people of the configuration those who have accounts there?',
    otherwise: 'does steps.login describe how people sign in there?',
  },
  http: {
    denied: 'are the people of the configuration those who have accounts there?',
    otherwise: 'does operations.login describe how people sign in there?',
  },
  xmpp: {
    denied: 'are the people of the configuration those who have accounts there?',
    otherwise: 'are websocket and domain those of the server?',
  },
  janus: { denied: 'are secret and token those of the server?', otherwise: 'is websocket that of its API?' },
  whip: { denied: 'is token the one that the server wants?', otherwise: 'are publish and view those of the server?' },
  livekit: { denied: 'are key and secret those of the server?', otherwise: 'is url that of its signalling?' },
};

function failed({ kind, message }: Failure, speaks: Described['kind']): Mistakes {
  const mend = MENDS[speaks][kind === 'denied' ? 'denied' : 'otherwise'];
  return Mistakes.of('--target', `the first person could not sign in: ${message}`, mend, EXIT.notReady);
}
