import type { OperationClass } from './profile.ts';
import type { Operation } from './target.ts';

export type JourneyName = 'login' | 'meet' | 'create' | 'report' | 'ticket' | 'record' | 'arrive' | 'enter' | 'attend';

/** What each journey asks of a target, and the classes its steps count in; the walks are in generators/journeys. */
export const JOURNEYS: Readonly<Record<JourneyName, JourneyFacts>> = {
  login: { needs: ['login'], classes: ['login'] },
  meet: { needs: ['login', 'createMeeting', 'join'], likes: ['chat'], classes: ['join', 'chat', 'create'] },
  create: { needs: ['login', 'createMeeting'], classes: ['create'] },
  report: { needs: ['login', 'search'], classes: ['search'] },
  ticket: { needs: ['login', 'openTicket'], classes: ['ticket'] },
  record: { needs: ['login', 'createMeeting', 'join', 'record'], classes: ['join', 'record'] },
  arrive: { needs: ['login', 'createMeeting', 'join'], classes: ['login', 'join'] },
  enter: { needs: ['login', 'createMeeting', 'fetchAssets', 'join'], classes: ['join', 'assets'] },
  attend: { needs: ['login', 'createMeeting', 'join', 'media'], walksIn: true, classes: ['join', 'media'] },
};

/** What a journey needs and is not offered. Who walks in has neither to sign in nor to find a meeting that was opened. */
export function lacking(journey: JourneyName, offered: readonly Operation[]): Operation[] {
  const { needs, walksIn = false } = JOURNEYS[journey];
  const isSpared = (need: Operation) => need === 'login' || need === 'createMeeting';
  const spares = walksIn && offered.includes('walkIn');
  return needs.filter((need) => !offered.includes(need) && !(spares && isSpared(need)));
}

interface JourneyFacts {
  readonly needs: readonly Operation[];
  /** It can do without signing in and without a meeting that was opened, where a target lets people walk in. */
  readonly walksIn?: true;
  /** What it does where the target offers it, and goes without elsewhere. */
  readonly likes?: readonly Operation[];
  /** The first is the one that arrivals the generator had to drop are counted in. */
  readonly classes: readonly [OperationClass, ...OperationClass[]];
}
