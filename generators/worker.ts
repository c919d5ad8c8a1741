import type { MessagePort } from 'node:worker_threads';
import type { Acknowledged } from '../core/acknowledged.ts';
import { Failure } from '../core/failure.ts';
import type { Target } from '../core/target.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts';
import { NotReady } from './not-ready.ts';
import type { People } from './people.ts';
import { Shard } from './shard.ts';
import type { Wire } from './transports/wire.ts';
import { verified } from './verification.ts';

/** What the composition root makes of a setting in the worker's own thread. */
export interface Equipment {
  readonly target: Target;
  readonly people: People;
  readonly wire: Wire;
}

/** The worker's side of the load: makes its shard ready, then does as the main thread says. */
export async function serve(port: MessagePort, { plan, share }: WorkerSetup, equipment: Equipment): Promise<void> {
  const { target, people, wire } = equipment;
  const tell = (message: FromWorker) => port.postMessage(message);
  const fail = (error: unknown) => tell({ did: 'fail', error });
  const acknowledged: Acknowledged[] = [];
  const shard = new Shard({
    ...{ plan, share, target, people, wire, fail },
    emit: (events) => tell({ did: 'observe', events, acknowledged: acknowledged.splice(0) }),
    acknowledged: (what) => acknowledged.push(what),
  });
  const verify = async ({ kept, at }: ToWorker & { do: 'verify' }) => {
    const residents = [...shard.residents.values()].flat();
    try {
      tell({ did: 'verified', ledgers: await verified({ target, wire, people, residents, kept, at }) });
    } catch (thrown) {
      // The asker could not even sign in: nothing is known, and an empty answer says so.
      if (thrown instanceof Failure) tell({ did: 'verified', ledgers: [] });
      else fail(thrown);
    }
  };
  const obey = async (message: ToWorker) => {
    if (message.do === 'begin') shard.begin(message.began);
    else if (message.do === 'prolong') shard.prolong(message.scenario, message.curve);
    else if (message.do === 'verify') await verify(message);
    else {
      await shard.drain(message.do === 'drain' ? message.limit : 0);
      tell({ did: 'stopped' });
    }
  };
  try {
    await shard.prepare();
  } catch (thrown) {
    if (thrown instanceof NotReady) return tell({ did: 'not ready', says: thrown.message });
    throw thrown;
  }
  port.on('message', (message: ToWorker) => void obey(message).catch(fail));
  tell({ did: 'ready' });
}
