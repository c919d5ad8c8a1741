import type { HeardMessage, Negotiation } from '../../core/media.ts';
import type { Asking } from './endpoint.ts';
import { Line } from './line.ts';

/** Where one participant publishes, and what they view. */
export interface Places {
  /** Undefined for who only views. */
  readonly publish: string | undefined;
  readonly views: readonly string[];
}

/** What somebody has with a server: a session for each thing that they send or view. */
export interface Sessions {
  readonly negotiation: Negotiation;
  /** Hears why it is over before they left. */
  onEnd(heard: (why: string) => void): void;
  /** Ends every session, also those that are made meanwhile. */
  end(): Promise<void>;
}

/** Agrees on media by requests of their own for each connection. */
export function sessionsAt({ publish, views }: Places, asking: Asking): Sessions {
  let listener: (message: HeardMessage) => void = () => {};
  let refused: (failure: Error) => void = () => {};
  const mourners: ((why: string) => void)[] = [];
  let isOver = false;
  const line = (url: string, id: number | undefined) =>
    new Line({ url, id, asking, tell: (message) => listener(message) });
  const sending = publish === undefined ? undefined : line(publish, undefined);
  const viewed = views.map(line);
  // Whoever joins hears what it was; who is in has lost it.
  const failed = (thrown: Error) => {
    if (isOver) return;
    refused(thrown);
    for (const mourn of mourners) mourn(thrown.message);
  };
  return {
    negotiation: {
      say(message) {
        const one = message.line === 'sending' ? sending : viewed[message.id ?? -1];
        void one?.said(message).catch(failed);
      },
      hear(heard, told) {
        listener = heard;
        refused = told;
      },
    },
    onEnd: (heard) => void mourners.push(heard),
    async end() {
      isOver = true;
      await Promise.all([...(sending ? [sending] : []), ...viewed].map((one) => one.end()));
    },
  };
}
