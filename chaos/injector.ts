import type { Disturbance } from '../core/fault.ts';
import type { Means } from '../core/means.ts';
import type { Undo } from './undo.ts';

/** Puts one kind of fault in place by one kind of means, and takes it out again. One file each, in chaos/injectors. */
export interface Injector<By extends Means['by'] = Means['by']> {
  readonly by: By;
  /** Whether it can do this by these means. */
  can(does: Disturbance, means: Extract<Means, { by: By }>): boolean;
  /**
   * Looks at what is there now and says how it would be done and undone; changes nothing. Throws CannotInject when the
   * means are not what the configuration says (no such proxy, no such process).
   */
  prepare(task: Task<By>): Promise<Prepared>;
}

/** The injectors there are, by what they use. */
export type Injectors = { readonly [By in Means['by']]?: Injector<By> };

/** One fault that is to be injected. */
export interface Task<By extends Means['by'] = Means['by']> {
  /** `st_<run>_<n>`: what is put somewhere carries this name, so that nothing but it is ever taken away. */
  readonly name: string;
  readonly does: Disturbance;
  readonly means: Extract<Means, { by: By }>;
  /** How long it will be in place, in milliseconds. */
  readonly lasting: number;
}

/** A fault ready to be injected. */
export interface Prepared {
  /**
   * How anybody takes it out again and restores what was there before: written down before it is injected. It names what
   * is there when it is first read, so it is read right before injecting and not earlier.
   */
  readonly undo: Undo;
  inject(): Promise<void>;
  /** One look through the path of the fault, with what it takes to tell whether it is there. Never rejects. */
  look(): Promise<Look>;
  /** Whether what was seen while it was in place shows that it bit, compared with what was seen before. */
  bites(before: readonly Look[], during: readonly Look[]): Finding;
  /** Whether it is still in place; absent where what it takes to bite is there for as long as it is. */
  stays?(before: readonly Look[], during: readonly Look[]): Finding;
  /** Whether what is seen afterwards is again as it was before. */
  gone(before: readonly Look[], after: readonly Look[]): Finding;
  /** Keeps alive a fault that ends by itself when nobody does; absent where that needs no care. */
  renew?(): Promise<void>;
  /** Lets go of what was opened to look or to hold the fault; it is taken out by its undo before. */
  close(): Promise<void>;
}

/** What one look measured, by names of the injector's own; numbers carry their unit in the name: `firstByteMs`. */
export type Look = Readonly<Record<string, number | string | boolean | undefined>>;

/** What looks come to, in one sentence with numbers: what was asked, and what was measured. */
export interface Finding {
  readonly holds: boolean;
  readonly says: string;
}

/** The means are not what the configuration says. The message is for the report, and holds no secret. */
export class CannotInject extends Error {
  override readonly name = 'CannotInject';
}
