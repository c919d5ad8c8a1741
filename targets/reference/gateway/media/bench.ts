import { type Deferred, deferred } from '../../../../core/deferred.ts';
import { settlesWithin } from '../../../../core/within.ts';
import type { Instruction, News } from '../../media/order.ts';
import type { SeatTerms } from '../../media/seat.ts';
import type { MediaAddress } from '../order.ts';
import type { Member } from '../rooms.ts';
import { type MediaLine, openLine } from './line.ts';
import type { Place } from './placement.ts';

/** Somebody's seat on a media server. */
export interface Held extends SeatTerms {
  readonly member: Member;
  /** Where they are, if they said so. */
  readonly region: string | undefined;
}

/** One media server, and who sits there. */
export interface Bench extends Place {
  readonly server: MediaAddress;
  /** Keeps a seat; false when the server does not answer in time, or is lost meanwhile. */
  keep(held: Held): Promise<boolean>;
  giveUp(held: Held): void;
  /** Tells the server, if it is there. */
  tell(instruction: Instruction): void;
}

export interface BenchOptions {
  readonly server: MediaAddress;
  /** How long it may take to answer, or be silent, in milliseconds. */
  readonly patience: number;
  /** A seat has ended by itself. */
  ended(held: Held): void;
  /** It has said how busy it is. */
  busy(): void;
  /** The server is lost with all who sat there. */
  lost(held: readonly Held[]): void;
  readonly log: (line: string) => void;
}

/** Opens the line to a media server; resolves when it is open. */
export async function openBench({ server, patience, ended, busy, lost, log }: BenchOptions): Promise<Bench> {
  const seats = new Map<string, Held>();
  const asked = new Map<string, Deferred<boolean>>();
  const settle = (key: string, isKept: boolean) => {
    asked.get(key)?.resolve(isKept);
    asked.delete(key);
  };
  const heard = (news: Exclude<News, { type: 'load' }>) => {
    if (news.type === 'kept') return settle(news.key, true);
    const held = seats.get(news.key);
    if (seats.delete(news.key) && held) ended(held);
  };
  const line: MediaLine = await openLine({
    ...{ server, silence: patience, heard, busy, log },
    lost() {
      const all = [...seats.values()].filter(({ key }) => !asked.has(key));
      seats.clear();
      for (const key of [...asked.keys()]) settle(key, false);
      lost(all);
    },
  });
  const giveUp = ({ key }: Held) => {
    if (seats.delete(key)) line.tell({ type: 'give-up', key });
  };
  return {
    server,
    giveUp,
    tell: (instruction) => line.tell(instruction),
    get isOpen() {
      return line.isOpen;
    },
    get seats() {
      return seats.size;
    },
    get busyness() {
      return line.busyness;
    },
    async keep(held) {
      const { key, meeting, audio, video } = held;
      const answer = deferred<boolean>();
      asked.set(key, answer);
      seats.set(key, held);
      line.tell({ type: 'keep', key, meeting, audio, video });
      if (patience !== Number.POSITIVE_INFINITY && !(await settlesWithin(patience, answer.promise))) settle(key, false);
      const isKept = await answer.promise;
      if (!isKept) giveUp(held);
      return isKept;
    },
  };
}
