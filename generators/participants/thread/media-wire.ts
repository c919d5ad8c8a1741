import { monotonic } from '../../../core/clock.ts';
import { type Deferred, deferred } from '../../../core/deferred.ts';
import { Failure } from '../../../core/failure.ts';
import type {
  Attendance,
  Attendee,
  Entry,
  MediaFacts,
  MediaSeat,
  NegotiatedSeat,
  RtpSeat,
} from '../../../core/media.ts';
import { settlesWithin } from '../../../core/within.ts';
import { Exhausted } from '../../exhausted.ts';
import { NotReady } from '../../not-ready.ts';
import type { EngineSecond } from '../engine/engine.ts';
import type { MediaHost } from './host.ts';
import type { FromMedia, ToMedia } from './messages.ts';

/** Media of all virtual users of one worker; every call is told when to give up, on the clock of `performance.now()`. */
export interface MediaWire {
  /** Resolves when people can come; throws NotReady when they never can. */
  ready(): Promise<void>;
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
  readonly seat: RtpSeat | NegotiatedSeat;
  readonly entered: Deferred<void>;
  readonly lost: Deferred<string>;
  readonly settled: Deferred<Entry>;
  readonly facts: Map<number, MediaFacts>;
}

type Seconds = (second: Pick<EngineSecond, 'second' | 'lag'>) => void;

/** The load worker's side of where the participants live. */
export function mediaWire(host: MediaHost): MediaWire {
  const known = new Map<number, Known>();
  const listeners: Seconds[] = [];
  const ready = deferred<void>();
  ready.promise.catch(() => {});
  let gone: Exhausted | undefined;
  let next = 0;
  const leave = (id: number) => {
    if (known.delete(id)) host.tell({ do: 'leave', id });
  };
  host.onGone((says) => {
    gone = new Exhausted(says);
    ready.reject(new NotReady(says));
    for (const { entered, lost } of known.values()) for (const one of [entered, lost]) one.reject(gone);
    known.clear();
  });
  host.listen((message) => {
    if (message.did === 'ready') ready.resolve();
    else if (message.did === 'not ready') ready.reject(new NotReady(message.says));
    else if (message.did === 'stopped') host.end();
    else heard(message, known, listeners, leave);
  });
  return {
    ready: () => ready.promise,
    async attend(seat, attendee, giveUpAt) {
      if (gone) throw gone;
      if ('page' in seat) throw new Error('a page has its media by itself');
      const id = next++;
      const one: Known = { seat, entered: deferred(), lost: deferred(), settled: deferred(), facts: new Map() };
      one.lost.promise.catch(() => {});
      known.set(id, one);
      host.tell(coming(id, seat, attendee));
      try {
        if ('negotiation' in seat)
          seat.negotiation.hear((message) => host.tell({ do: 'hear', id, message }), one.entered.reject);
        await within(giveUpAt, one.entered.promise);
      } catch (thrown) {
        leave(id);
        throw thrown;
      }
      return attendance(one, () => leave(id));
    },
    begin: (began) => host.tell({ do: 'begin', began }),
    onSecond: (listener) => void listeners.push(listener),
    get size() {
      return known.size;
    },
    close: () => host.tell({ do: 'stop' }),
  };
}

function attendance({ seat, lost, settled, facts }: Known, leave: () => void): Attendance {
  return {
    lost: lost.promise,
    facts: (second) => facts.get(second),
    ...('negotiation' in seat && { entry: settled.promise }),
    leave,
  };
}

/** Of a seat that is negotiated only what can leave this thread. */
function coming(id: number, seat: Known['seat'], attendee: Attendee): ToMedia {
  const at = monotonic();
  if (!('negotiation' in seat)) return { do: 'attend', id, seat, attendee, at };
  // Where sound is mixed there are no pictures to be sent.
  const camera = attendee.camera && !seat.asks?.isMixed;
  return { do: 'attend', id, seat: peerSeat(id, seat), attendee: { ...attendee, camera }, at };
}

function peerSeat(id: number, { hosts, asks }: NegotiatedSeat) {
  return { id, hosts, ...(asks && { asks }) };
}

function heard(
  message: Extract<FromMedia, { did: 'turn' | 'second' | 'say' }>,
  known: ReadonlyMap<number, Known>,
  listeners: readonly Seconds[],
  leave: (id: number) => void,
): void {
  if (message.did === 'second') {
    for (const [id, facts] of message.members) keep(known.get(id)?.facts, message.second, facts);
    for (const listener of listeners) listener(message);
    return;
  }
  const one = known.get(message.id);
  if (!one) return;
  if (message.did === 'say') said(one, message);
  else turned(one, message, leave);
}

function turned(
  { entered, lost, settled }: Known,
  { id, told: turn }: Extract<FromMedia, { did: 'turn' }>,
  leave: (id: number) => void,
): void {
  if (turn.is === 'in') entered.resolve();
  else if (turn.is === 'settled') settled.resolve(turn.entry);
  else if (turn.is === 'lost') lost.resolve(turn.says);
  else {
    leave(id);
    const why = turn.is === 'exhausted' ? new Exhausted(turn.says) : new Failure(turn.kind, turn.says);
    entered.reject(why);
    lost.reject(why);
  }
}

/** Where the signalling has ended there is nobody to say it to; whoever is in will notice that themselves. */
function said({ seat, entered }: Known, { message }: Extract<FromMedia, { did: 'say' }>): void {
  if (!('negotiation' in seat)) return;
  try {
    seat.negotiation.say(message);
  } catch (thrown) {
    entered.reject(thrown);
  }
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
