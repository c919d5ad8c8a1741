import { writeFileSync } from 'node:fs';
import { EXIT, type ExitCode } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Plan } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import type { Profile } from '../../core/profile.ts';
import { JourneyBroke } from '../../generators/crew.ts';
import { Halted } from '../../metrics/halts.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { exitCodeOf } from '../../score/exit.ts';
import type { Calibration } from '../../targets/reference/start.ts';
import type { Config } from '../config.ts';
import type { Console } from '../console.ts';
import { Interrupted, type Interruption } from '../interruption.ts';
import { liveProgress, type Progress } from '../progress/live.ts';
import { quietProgress } from '../progress/quiet.ts';
import { checkCaps, type Permission } from '../safety.ts';
import { answerOf } from '../target/answering.ts';
import { chooseTarget } from '../target/choose.ts';
import type { ChosenTarget } from '../target/chosen.ts';
import { checkServers } from '../target/preflight.ts';
import { type Executed, execute } from './execute.ts';
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
  // A plan without a target finds what is wrong with the request before anything is started.
  plan(profile, planned);
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
    await (await answerOf(chosen.url, signal)).body?.cancel();
    await checkServers(chosen, request.config, signal, console.tell);
    const progress = progressOf(made, chosen, console);
    const executed = await execute({ plan: made, chosen, results: results(), progress, stop: signal });
    if (!interruption.hurried) writeReports(executed);
    return { ...executed, calibration: chosen.calibration };
  } finally {
    await chosen.stop();
  }
}

function progressOf(made: Plan, { target }: ChosenTarget, { terminal, tell, paint }: Console): Progress {
  return terminal ? liveProgress(made, target.name, terminal, paint) : quietProgress(made, target.name, tell);
}

function writeReports({ recording, score, results }: Executed): void {
  writeFileSync(results.json, `${JSON.stringify(jsonReport(recording, score), undefined, 2)}\n`);
  writeFileSync(results.html, htmlReport([{ recording, score }]));
}

/** What the process answers for one run: how it ended comes before what it found. */
export function exitCodeFor({ score, cutShort }: Pick<Executed, 'score' | 'cutShort'>): ExitCode {
  if (cutShort === undefined) return exitCodeOf(score);
  if (cutShort instanceof Interrupted) return EXIT.interrupted;
  if (cutShort instanceof Halted) return EXIT.halted;
  if (cutShort instanceof Mistakes) return cutShort.exitCode;
  return cutShort instanceof JourneyBroke ? EXIT.exception : EXIT.broken;
}

/** The files a run has left, for the end of a report. */
export function filesOf({ html, json, recording }: Results): string[] {
  return [html, json, recording];
}
