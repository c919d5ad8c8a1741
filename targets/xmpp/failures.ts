import { Failure, type FailureKind } from '../../core/failure.ts';
import type { Stanza } from './stanza.ts';

/** The server's answer to one request: no. The stream goes on. */
export class Refusal extends Failure {}

/** What a server's condition means for the person; what is not here is an answer nobody expected. */
const SASL: Conditions = {
  'not-authorized': 'denied',
  'account-disabled': 'denied',
  'credentials-expired': 'denied',
  'invalid-authzid': 'denied',
  'temporary-auth-failure': 'shed',
};

const STREAM: Conditions = {
  'resource-constraint': 'shed',
  'not-authorized': 'denied',
  'system-shutdown': 'reset',
  'connection-timeout': 'reset',
  reset: 'reset',
};

const STANZA: Conditions = {
  'service-unavailable': 'shed',
  'resource-constraint': 'shed',
  forbidden: 'denied',
  'not-allowed': 'denied',
  'not-authorized': 'denied',
  'registration-required': 'denied',
};

type Conditions = Readonly<Record<string, FailureKind>>;

/** Signing in failed (RFC 6120, 6.5). */
export function saslFailure({ children }: Stanza): Failure {
  const condition = conditionIn(children);
  return new Failure(SASL[condition] ?? 'status', `XMPP: signing in: ${condition}`);
}

/** The server ends the stream because of something (RFC 6120, 4.9). */
export function streamFailure({ children }: Stanza): Failure {
  const condition = conditionIn(children);
  return new Failure(STREAM[condition] ?? 'status', `XMPP: the server ends the stream: ${condition}`);
}

/** The server says no to one stanza (RFC 6120, 8.3). */
export function stanzaFailure(what: string, { children }: Stanza): Refusal {
  const error = children.find(({ name }) => name === 'error');
  const condition = conditionIn(error?.children ?? []);
  return new Refusal(STANZA[condition] ?? 'status', `XMPP: ${what}: ${condition}`);
}

/** What the server writes as a name may be anything; only what looks like one is repeated. */
function conditionIn(children: readonly Stanza[]): string {
  const name = children.find((child) => child.name !== 'text')?.name ?? '';
  return /^[a-z-]{1,40}$/.test(name) ? name : 'an error without a condition';
}
