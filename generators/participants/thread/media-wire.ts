import type { Worker } from 'node:worker_threads';
import { type Deferred, deferred } from '../../../core/deferred.ts';
import { Failure } from '../../../core/failure.ts';
import type { Attendance, Attendee, MediaFacts, MediaSeat } from '../../../core/media.ts';
import { settlesWithin } from '../../../core/within.ts';
import { Exhausted } from '../../exhausted.ts';
import type { EngineSecond } from '../engine/engine.ts';
import type { FromMedia, ToMedia } from './messages.ts';

/** Media of all virtual users of one worker; every call is told when to give up, on the clock of `performance.now()`. */
export interface MediaWire {
  attend(seat: MediaSeat, attendee: Attendee, giveUpAt: number): Promise<Attendance>;
  /** Counts seconds from the run's 0 on. */
  begin(began: number): void;
  /** Calls back for every second that is over, once attendances know their facts of it. */
  onSecond(listener: (second: Pick<EngineSecond, 'second' | 'lag'>) => void): void;
  /** Participants that are in, or on the way. */
  readonly size: number;
  close(): void;
}

/** Facts are kept for so many seconds. */
const KEPT = 5;

interface Known {
  readonly entered: Deferred<void>;
  readonly lost: Deferred<string>;
  readonly facts: Map<number, MediaFacts>;
}

/** The load worker's side of the participants' thread. Fails like it: a thread that ends by itself is a bug of ours. */
export function mediaWire(worker: Worker): MediaWire {
  const known = new Map<number, Known>();
  const listeners: ((second: Pick<EngineSecond, 'second' | 'lag'>) => void)[] = [];
  let next = 0;
  const tell = (message: ToMedia) => worker.postMessage(message);
  const told = (id: number, { entered, lost }: Known, { told: turn }: FromMedia & { did: 'turn' }) => {
    if (turn.is === 'in') entered.resolve();
    else if (turn.is === 'lost') lost.resolve(turn.says);
    else {
      known.delete(id);
      tell({ do: 'leave', id });
      entered.reject(turn.is === 'exhausted' ? new Exhausted(turn.says) : new Failure(turn.kind, turn.says));
    }
  };
  worker.on('message', (message: FromMedia) => {
    if (message.did === 'turn') {
      const one = known.get(message.id);
      if (one) told(message.id, one, message);
    } else if (message.did === 'second') {
      for (const [id, facts] of message.members) keep(known.get(id)?.facts, message.second, facts);
      for (const listener of listeners) listener(message);
    } else void worker.terminate();
  });
  return {
    async attend(seat, attendee, giveUpAt) {
      const id = next++;
      const one: Known = { entered: deferred(), lost: deferred(), facts: new Map() };
      known.set(id, one);
      tell({ do: 'attend', id, seat, attendee });
      const leave = () => {
        if (known.delete(id)) tell({ do: 'leave', id });
      };
      try {
        await within(giveUpAt, one.entered.promise);
      } catch (thrown) {
        leave();
        throw thrown;
      }
      return { lost: one.lost.promise, facts: (second) => one.facts.get(second), leave };
    },
    begin: (began) => tell({ do: 'begin', began }),
    onSecond: (listener) => void listeners.push(listener),
    get size() {
      return known.size;
    },
    close: () => tell({ do: 'stop' }),
  };
}

function keep(facts: Map<number, MediaFacts> | undefined, second: number, one: MediaFacts): void {
  facts?.set(second, one);
  facts?.delete(second - KEPT);
}

async function within(giveUpAt: number, entered: Promise<void>): Promise<void> {
  const left = giveUpAt - performance.now();
  if (!Number.isFinite(left)) return entered;
  if (!(await settlesWithin(Math.max(0, left), entered))) throw new Failure('timeout', 'no media in time');
}
