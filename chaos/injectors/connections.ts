import type { Hold } from '../../core/fault.ts';
import type { ConnectionsMeans } from '../../core/means.ts';
import { CannotInject, type Finding, type Injector, type Look, type Prepared, type Task } from '../injector.ts';
import { loginOf } from './connections/login.ts';
import { openConnection } from './connections/open.ts';
import { Refusal } from './connections/refusal.ts';
import { startHolder } from './holder.ts';

/** No server is asked for more, whatever its own limit is. */
const MOST = 5_000;

/** How long one more connection may take to be accepted or refused, in milliseconds. */
const PATIENCE = 2_000;

/** Of those who want to connect to a full server some may find a place that others have just left. */
const REFUSED = 0.8;

/** Holds connections of a database, so that nobody else gets one. */
export const connectionsInjector: Injector<'connections'> = {
  by: 'connections',
  can: ({ kind }) => kind === 'hold',
  async prepare({ does, means }: Task<'connections'>): Promise<Prepared> {
    if (does.kind !== 'hold') throw new CannotInject(`the connections of a database cannot have ${does.kind}`);
    const { server, url } = means;
    const { user } = loginOf(means);
    const most = does.connections === 'all' ? MOST : does.connections;
    if (!(most >= 1 && most <= MOST)) throw new CannotInject(`no more than ${MOST} connections are held, not ${most}`);
    const first = await oneMore(means);
    if (first.outcome === 'failed') throw new CannotInject(`the database cannot be connected to: ${first.says}`);
    const holder = await startHolder();
    return {
      undo: { kind: 'holder', process: holder.identity, held: `connections of ${user}` },
      inject: () => holder.hold({ hold: 'connections', server, url, most }),
      look: async () => ({ ...(await oneMore(means)), held: holder.held() }),
      bites: (_, during) => bitten(does, during),
      gone: (_, after) => released(after),
      close: () => holder.close(),
    };
  },
};

/** What came of one more connection: `accepted`, `refused` for want of a place, `failed` for another reason. */
type OneMore = {
  readonly outcome: 'accepted' | 'refused' | 'failed';
  readonly tookMs: number;
  readonly says: string | undefined;
};

async function oneMore(means: ConnectionsMeans): Promise<OneMore> {
  const began = performance.now();
  try {
    const socket = await openConnection(means, PATIENCE);
    const tookMs = performance.now() - began;
    socket.destroy();
    return { outcome: 'accepted', tookMs, says: undefined };
  } catch (error) {
    const tookMs = performance.now() - began;
    const { message } = error instanceof Error ? error : new Error(String(error));
    if (!(error instanceof Refusal)) return { outcome: 'failed', tookMs, says: message };
    return { outcome: error.isFull ? 'refused' : 'failed', tookMs, says: `${error.code}: ${message}` };
  }
}

function bitten({ connections }: Hold, during: readonly Look[]): Finding {
  const refused = during.filter(({ outcome }) => outcome === 'refused');
  const held = Number(during.at(-1)?.held ?? 0);
  const why = refused.at(-1)?.says ?? during.at(-1)?.says;
  const tried = `${refused.length} of ${during.length} more were refused${why === undefined ? '' : ` (${why})`}`;
  if (connections === 'all') {
    const holds = held > 0 && refused.length >= during.length * REFUSED;
    return { holds, says: `${held} connections held, ${tried}` };
  }
  return { holds: held === connections, says: `${held} connections held, ${connections} asked, ${tried}` };
}

function released(after: readonly Look[]): Finding {
  const { outcome, held, says } = after.at(-1) ?? {};
  const accepted = after.filter((look) => look.outcome === 'accepted').length;
  const why = says === undefined ? '' : ` (${says})`;
  return {
    holds: outcome === 'accepted' && held === 0,
    says: `${accepted} of ${after.length} connections were accepted${why}, ${held} held`,
  };
}
