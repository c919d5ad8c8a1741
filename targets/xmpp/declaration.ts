import type { SystemDeclaration } from '../http/declaration.ts';

/** An XMPP server people meet on (XEP-0045), as its owner describes it: what Jitsi signs people in and seats them with. */
export interface WrittenXmppDeclaration extends SystemDeclaration {
  readonly kind: 'xmpp';
  /** Where the WebSocket is (RFC 7395): a path below `url`, or an address. */
  readonly websocket?: string;
  /** The domain of the accounts; the host of `url` unless said otherwise. */
  readonly domain?: string;
  /** The domain of the rooms; conference. before the domain unless said otherwise. */
  readonly rooms?: string;
  /** Whether people have accounts, or are let in without (SASL ANONYMOUS), as Jitsi does unless told otherwise. */
  readonly login?: 'password' | 'anonymous';
  /** The only mechanism to sign in by; the strongest that the server offers unless said otherwise. */
  readonly mechanism?: MechanismName;
}

/** A declaration that was checked, with nothing left to guess: plain data. */
export interface XmppDeclaration extends WrittenXmppDeclaration {
  /** Absolute, ws: or wss:. */
  readonly websocket: string;
  readonly domain: string;
  readonly rooms: string;
  readonly login: 'password' | 'anonymous';
}

/** Ways to sign in with a password, the strongest first. */
export const MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const;

export type MechanismName = (typeof MECHANISMS)[number];
