import type { Mistakes } from '../../core/mistake.ts';
import type { Plan } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import type { Profile } from '../../core/profile.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import type { Calibration } from '../../targets/reference/start.ts';
import type { Config } from '../config.ts';
import type { Console } from '../console.ts';
import type { Interruption } from '../interruption.ts';
import { liveProgress } from '../progress/live.ts';
import type { Progress } from '../progress/progress.ts';
import { quietProgress } from '../progress/quiet.ts';
import { checkCaps, type Permission } from '../safety.ts';
import { answerOf } from '../target/answering.ts';
import { chooseTarget } from '../target/choose.ts';
import type { ChosenTarget } from '../target/chosen.ts';
import { checkServers } from '../target/preflight.ts';
import { type Executed, execute } from './execute.ts';
import { writeReport } from './report-file.ts';
import type { Results } from './results.ts';

/** Everything one storm needs to know before it begins. */
export interface StormRequest {
  readonly profile: Profile;
  /** `reference:2020`, a name in the configuration, or a URL. */
  readonly target: string | undefined;
  readonly config: Config | undefined;
  readonly permission: Permission;
  readonly planned: PlanRequest;
  /** For a reference target to be started like another one just before. */
  readonly calibration?: Calibration | undefined;
  readonly interruption: Interruption;
  readonly console: Console;
}

/** A run that was made, and what it was made on. */
export interface Stormed extends Executed {
  readonly calibration: Calibration | undefined;
}

/** Makes one storm from choosing the target to the reports; what was started is stopped again, whatever happens. */
export async function storm(request: StormRequest, results: () => Results): Promise<Stormed> {
  const { profile, planned, permission, interruption, console } = request;
  const { signal } = interruption;
  const chosen = await chooseTarget({
    wanted: request.target,
    config: request.config,
    permission,
    capacity: planned.capacity,
    seed: planned.seed ?? 1,
    calibration: request.calibration,
    signal,
    log: () => {},
  });
  try {
    const { operations, capacity } = chosen.target;
    const made = plan(profile, { ...planned, operations, capacity });
    checkCaps(made, permission);
    await answerOf(chosen.url, chosen.setting.reach, signal);
    await checkServers(chosen, request.config, signal, console.tell);
    const progress = progressOf(made, chosen, console);
    const executed = await execute({ plan: made, chosen, results, progress, stop: signal });
    const unwritten = interruption.hurried ? undefined : writeReports(executed);
    return { ...executed, cutShort: executed.cutShort ?? unwritten, calibration: chosen.calibration };
  } finally {
    await chosen.stop();
  }
}

function progressOf(made: Plan, { target }: ChosenTarget, { screen, tell, paint }: Console): Progress {
  return screen ? liveProgress(made, target.name, screen, paint) : quietProgress(made, target.name, tell);
}

/** Writes both reports; gives what kept one from being written. */
function writeReports({ recording, score, results }: Executed): Mistakes | undefined {
  const json = () => `${JSON.stringify(jsonReport(recording, score), undefined, 2)}\n`;
  return writeReport(results.json, json) ?? writeReport(results.html, () => htmlReport([{ recording, score }]));
}
