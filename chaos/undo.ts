/**
 * How a fault is taken out again and what was there before is restored, as plain data: it is written to disk before the
 * fault is injected, so that any later process can do it. Doing it twice, or when the fault never came to be, does no
 * harm; what is named is all that is touched.
 */
export type Undo =
  /** A time to live undoes it when whoever renews it dies; `held` says what is held, for people. */
  | { readonly kind: 'fleeting'; readonly held: string }
  /** A process of stormtest's own holds it, and the kernel undoes it when that process ends, in whatever way. */
  | { readonly kind: 'holder'; readonly process: ProcessIdentity; readonly held: string }
  | { readonly kind: 'toxic'; readonly api: string; readonly proxy: string; readonly toxic: string }
  | { readonly kind: 'enabled'; readonly api: string; readonly proxy: string; readonly enabled: boolean }
  /** A proxy that was made for the run and has to go. */
  | { readonly kind: 'proxy'; readonly api: string; readonly proxy: string }
  /** What a relay does to the datagrams of a path. */
  | { readonly kind: 'impairment'; readonly relay: string; readonly path: string; readonly name: string }
  | { readonly kind: 'continue'; readonly process: ProcessIdentity }
  | Restart
  | { readonly kind: 'cgroup'; readonly file: string; readonly content: string }
  | { readonly kind: 'file'; readonly path: string }
  | CommandUndo
  | PodUndo
  /** Several things, undone in this order, all of them tried whatever becomes of the others. */
  | { readonly kind: 'all'; readonly parts: readonly Undo[] };

/** A process that was killed is there again when its pid file names another one that lives. */
export interface Restart {
  readonly kind: 'restart';
  readonly process: ProcessIdentity;
  readonly pidFile: string;
  /** Starts it; without it whoever supervises it does. */
  readonly command?: string;
  /** Where the command runs, whoever runs it: the watchdog is at home in no folder. */
  readonly folder: string;
}

/** A pod that was deleted is replaced by what keeps it there: as many are ready as before, without it. */
export interface PodUndo {
  readonly kind: 'pod';
  readonly context: string;
  readonly namespace: string;
  /** Its name, or the labels of all of them. */
  readonly pod?: string;
  readonly label?: string;
  readonly uid: string;
  /** How many were ready. */
  readonly ready: number;
}

/** A command of the target's owner, and the one that fails when the fault is gone. */
export interface CommandUndo {
  readonly kind: 'command';
  readonly command: string;
  readonly prove: string;
  /** Where both run. */
  readonly folder: string;
  /** What both are told of the fault. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A process, and when it started: a reused id is another process, and is never touched. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot (proc(5), field 22 of stat), or what `ps -o lstart=` says where there is no /proc. */
  readonly started: string;
}
