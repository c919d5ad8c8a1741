import type { JanusDeclaration } from '../../targets/janus/declaration.ts';
import type { LivekitDeclaration } from '../../targets/livekit/declaration.ts';

/** A media server that people meet on. */
export interface Hall {
  readonly name: string;
  /** How it is declared as a target. */
  readonly declaration: LivekitDeclaration | JanusDeclaration;
  /** A command that runs another one where its media can be reached. */
  readonly beside: readonly string[];
  readonly pid: number;
  stop(): Promise<void>;
}
