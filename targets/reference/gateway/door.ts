import { get } from 'node:http';

/** How it is for people who come to a gateway's door. */
export interface Door {
  /** Whether somebody who comes now waits for longer than the gateway lets anybody wait, or whoever comes in now has. */
  isLate(): boolean;
}

/** Somebody who has knocked and is not let in yet. */
interface Knock {
  readonly at: number;
  leave(): void;
}

/** How often it is tried, in milliseconds. */
const EVERY = 100;

/** The path the gateway asks itself for, which is answered however late it is, and not counted. */
export const KNOCK = '/knock';

/**
 * A door that is late when somebody waits there for longer than `wait` milliseconds. When a connection was opened is not to
 * be known: the kernel lets everybody in in order, and one in each turn of the event loop, so that the loop may be quick and
 * the line long. So the gateway itself comes to its door ten times a second, and takes the time until it is answered.
 */
export function doorAt(port: number, wait: number): Door {
  if (!Number.isFinite(wait)) return { isLate: () => false };
  const knocks = new Set<Knock>();
  let last = 0;
  const answered = (knock: Knock) => {
    last = performance.now() - knock.at;
    // Whoever came before and is not in yet was not heard, and will be when the kernel tries again, in a second or more.
    for (const earlier of knocks) {
      if (earlier.at > knock.at) break;
      knocks.delete(earlier);
      earlier.leave();
    }
  };
  setInterval(() => knocks.add(knockAt(port, answered)), EVERY).unref();
  return {
    isLate() {
      const [oldest] = knocks;
      return Math.max(last, oldest ? performance.now() - oldest.at : 0) > wait;
    },
  };
}

function knockAt(port: number, answered: (knock: Knock) => void): Knock {
  const asked = get({ host: '127.0.0.1', port, path: KNOCK, agent: false }, (answer) => {
    answer.resume();
    answered(knock);
  });
  const knock = { at: performance.now(), leave: () => void asked.destroy() };
  // Whoever is not let in at all still waits.
  asked.on('error', () => undefined);
  return knock;
}
