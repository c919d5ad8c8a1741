import type { Request, Session } from './session.ts';
import type { Told } from './told.ts';

/** A session that is listened to: requests without waiting, and whatever the server says by itself. */
export interface Conversation {
  tell(request: Request, answered?: (told: Told) => void): void;
  listen(heard: (told: Told) => void): void;
  /** Why it is over, once that is known. */
  onEnd(heard: (why: string) => void): void;
  end(why: string): void;
}

/** Listens to a session from now on. Whoever asked hears the answer before everybody else does. */
export function conversationIn(session: Session): Conversation {
  const awaited = new Map<string, (told: Told) => void>();
  const listeners: ((told: Told) => void)[] = [];
  const mourners: ((why: string) => void)[] = [];
  let over: string | undefined;
  const end = (why: string) => {
    if (over !== undefined) return;
    over = why;
    for (const mourn of mourners) mourn(why);
  };
  session.follow((told) => {
    const { janus, transaction = '' } = told;
    // That a request was understood is not its answer.
    const answered = janus === 'ack' ? undefined : awaited.get(transaction);
    if (answered) awaited.delete(transaction);
    answered?.(told);
    for (const listener of listeners) listener(told);
  }, end);
  return {
    tell(request, answered) {
      const transaction = session.tell(request);
      if (answered) awaited.set(transaction, answered);
    },
    listen: (heard) => void listeners.push(heard),
    onEnd(heard) {
      if (over === undefined) mourners.push(heard);
      else heard(over);
    },
    end,
  };
}
