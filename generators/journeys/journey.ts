import type { PlannedScenario } from '../../core/plan.ts';
import type { Client, Meeting, MeetingWish, Participation } from '../../core/target.ts';
import type { VirtualUser } from '../virtual-user.ts';

/** What a virtual user does. Journeys know nothing of Node, so that other engines can walk them too. */
export interface Journey {
  /** What people who are signed in when the run begins have done before; gives the meeting they opened, if any. */
  readonly prepare?: (client: Equipped, resident: Preparation) => Promise<Meeting | undefined>;
  readonly walk: (vu: VirtualUser) => Promise<void>;
}

/** Who of a scenario's residents is made ready. */
export interface Preparation {
  readonly scenario: PlannedScenario;
  readonly number: number;
  readonly wish: MeetingWish;
}

/** A client with every operation a journey needs: the plan leaves out those that need one the target lacks. */
export interface Equipped extends Required<Omit<Client, 'join' | 'elsewhere' | 'goodbye' | 'makeReady'>> {
  goodbye?(): void;
  makeReady?(): Promise<void>;
  join(
    meeting: Meeting,
    region?: string,
    place?: number,
  ): Promise<Participation & Required<Pick<Participation, 'media' | 'record'>>>;
}
