/** What a watchdog is told when it starts, as JSON on its command line; it holds no secret. */
export interface WatchdogOrder {
  /** The intent log of the run. */
  readonly file: string;
  /** How long to go on trying what cannot be undone, in milliseconds. */
  readonly persistence: number;
}

/** How often the owner says that it is there, and after how long a silence it is taken for hung; milliseconds. */
export const HEARTBEAT = 1_000;
export const HANG = 5_000;
