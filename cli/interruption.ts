/** Why a run is stopped from outside. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Turns the signals that end a process into an orderly stop. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** True after a second signal: reports are left out then; what has to be put back never is. */
  readonly hurried: boolean;
  /** Lets signals act as they do by default again. */
  dispose(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Begins to listen for SIGINT, SIGTERM and SIGHUP; `told` is called with what to tell the user. */
export function interruption(told: (says: string) => void): Interruption {
  const stopping = new AbortController();
  let signals = 0;
  const heard = (name: NodeJS.Signals) => {
    signals += 1;
    if (signals === 1) told(`${name}: stopping, keeping what was recorded; once more to skip the reports`);
    stopping.abort(new Interrupted(`interrupted by ${name}`));
  };
  for (const name of SIGNALS) process.on(name, heard);
  return {
    signal: stopping.signal,
    get hurried() {
      return signals > 1;
    },
    dispose() {
      for (const name of SIGNALS) process.off(name, heard);
    },
  };
}
