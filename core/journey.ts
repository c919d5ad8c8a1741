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
  attend: { needs: ['login', 'createMeeting', 'join', 'media'], classes: ['join', 'media'] },
};

interface JourneyFacts {
  readonly needs: readonly Operation[];
  /** What it does where the target offers it, and goes without elsewhere. */
  readonly likes?: readonly Operation[];
  /** The first is the one that arrivals the generator had to drop are counted in. */
  readonly classes: readonly [OperationClass, ...OperationClass[]];
}
