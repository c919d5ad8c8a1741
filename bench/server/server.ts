/** A server that answers sign-ins as fast as it can; loopback only. */
export interface Server {
  readonly name: string;
  /** Where to sign in. */
  readonly url: string;
  /** The process to stop for a stall. */
  readonly pid: number;
  /** Requests it has seen since it started, those that asked for this number left out. */
  seen(): Promise<number>;
  stop(): Promise<void>;
}

/** A server that also keeps when each request came. */
export interface Recorder extends Server {
  /** Takes out the arrivals so far: milliseconds on the machine's monotonic clock, in order. */
  takeArrivals(): Promise<Float64Array>;
}
