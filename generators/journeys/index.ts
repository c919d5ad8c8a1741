import type { JourneyName } from '../../core/journey.ts';
import { arrive } from './arrive.ts';
import { attend } from './attend.ts';
import { create } from './create.ts';
import { enter } from './enter.ts';
import type { Journey } from './journey.ts';
import { login } from './login.ts';
import { meet } from './meet.ts';
import { record } from './record.ts';
import { report } from './report.ts';
import { ticket } from './ticket.ts';

/** The walk of every journey in core/journey.ts. */
export const journeys: Readonly<Record<JourneyName, Journey>> = {
  login,
  meet,
  create,
  report,
  ticket,
  record,
  arrive,
  enter,
  attend,
};
