import type { Settings } from '../variants.ts';
import type { Account, Accounts, Claim } from './accounts.ts';
import type { Admission } from './admission.ts';
import { type Answer, answer, busy } from './answer.ts';
import { DatabaseBusy } from './connections.ts';
import type { HashQueue } from './hash-queue.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sessions.ts';
import { hasLeft, type Visitor } from './visitor.ts';

export interface LoginParts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly queue: HashQueue;
  /** Of logins, from the door to the answer. */
  readonly admission: Admission;
  readonly metrics: Metrics;
  readonly settings: Pick<Settings, 'noticesDeparture'>;
}

/**
 * Signs somebody in who is still there: looks the account up, waits in the queue, checks the password, opens a session. The queue is for the
 * hashes alone, so that none of its places stands idle while PostgreSQL is asked. Every login is counted once.
 */
export async function login(parts: LoginParts, visitor: Visitor, email: string, password: string): Promise<Answer> {
  const { accounts, metrics, queue, settings } = parts;
  if (settings.noticesDeparture && (await hasLeft(visitor))) {
    metrics.login('left');
    return answer(408, { error: 'left' });
  }
  try {
    const claim = await accounts.find(email);
    const passage = await queue.pass(visitor, () => checked(parts, visitor, claim, password));
    if (passage.kind === 'through') return await settled(parts, visitor, passage.value);
    if (passage.kind === 'refused') return refused(parts);
    metrics.login(passage.kind);
    return answer(504, { error: passage.kind });
  } catch (error) {
    metrics.login(error instanceof DatabaseBusy ? 'refused' : 'failed');
    throw error;
  }
}

/** Turns somebody away at the door. */
export function refused({ metrics }: LoginParts): Answer {
  metrics.login('refused');
  return busy();
}

async function checked(
  { accounts, metrics }: LoginParts,
  visitor: Visitor,
  claim: Claim,
  password: string,
): Promise<Account | undefined> {
  metrics.waited((performance.now() - visitor.arrived) / 1_000);
  const account = await accounts.check(claim, password);
  metrics.hash(visitor.departed ? 'departed' : 'present');
  return account;
}

async function settled(
  { sessions, metrics, settings }: LoginParts,
  visitor: Visitor,
  account: Account | undefined,
): Promise<Answer> {
  const isWanted = !(settings.noticesDeparture && visitor.departed);
  const session = account && isWanted ? await sessions.open(account) : undefined;
  // Nothing is read from the network between here and the writing of the answer, so whoever is here now gets it.
  if (visitor.departed) metrics.login('abandoned');
  else metrics.login(session ? 'granted' : 'denied');
  return session ? answer(200, session) : answer(401, { error: 'denied' });
}
