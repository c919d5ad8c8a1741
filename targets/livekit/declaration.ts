import type { SystemDeclaration } from '../http/declaration.ts';

/** A LiveKit server in its owner's words. */
export interface LivekitDeclaration extends SystemDeclaration {
  readonly kind: 'livekit';
  /** The API key that tokens are issued by, and its secret. */
  readonly key: string;
  readonly secret: string;
}
