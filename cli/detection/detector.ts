import type { Probe, Seen } from './probe.ts';

/** How one kind of system is recognised; pure: what is asked and what is concluded follow from what was seen. */
export interface Detector {
  /** What else has to be asked; called again until nothing is new. */
  probes(seen: Seen, host: string): readonly Probe[];
  /** What speaks for this kind, or undefined when nothing does. */
  judge(seen: Seen, host: string): Finding | undefined;
}

/** What a target is taken for, and why. */
export interface Finding {
  /** Such as `an XMPP server`. */
  readonly is: string;
  /** Told without a doubt by the target itself; otherwise it only looks like it. */
  readonly sure: boolean;
  /** Each a sentence of what was seen. */
  readonly because: readonly string[];
  /** Writes the declaration of it; absent where there is no adapter for it. */
  readonly declaration?: (url: string, metrics: readonly FoundMetrics[]) => string;
  /** The command line to begin with, where the usual one asks for too much. */
  readonly begin?: string;
  /** What to do where nothing has to be written. */
  readonly instead?: string;
}

/** A page of metrics that was found, and the presets that fit it. */
export interface FoundMetrics {
  readonly path: string;
  readonly presets: readonly string[];
}
