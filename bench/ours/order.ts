/** What the process that makes our load is told, as JSON on its command line. */
export interface Order {
  /** A configuration that declares one target. */
  readonly config: string;
  readonly rate: number;
  /** Seconds, the first of which is a ramp. */
  readonly seconds: number;
  /** Where the recording goes. */
  readonly folder: string;
}

/** What it prints in the end, as JSON. */
export interface Account {
  /** Arrivals the plan held. */
  readonly held: number;
  readonly dropped: number;
  /** Started, and not good. */
  readonly failed: number;
  /** The run's 0 on the machine's monotonic clock. */
  readonly began: number;
  /** After the ramp, in milliseconds: from due to success. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
  /** After the ramp, in milliseconds: from due to the first attempt, as the engine itself saw it. */
  readonly late: { readonly p50: number; readonly p99: number };
  /** Resident bytes of the whole process, second by second. */
  readonly memory: readonly number[];
}
