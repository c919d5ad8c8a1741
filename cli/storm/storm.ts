import { type Guard, guardOf } from '../../chaos/guard.ts';
import type { Intent } from '../../chaos/intents.ts';
import type { Mistakes } from '../../core/mistake.ts';
import type { Plan } from '../../core/plan.ts';
import { faultsOf } from '../../core/planning/phases.ts';
import { plan } from '../../core/planning/plan.ts';
import type { PlanRequest } from '../../core/planning/request.ts';
import type { Profile } from '../../core/profile.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import type { Calibration, Cost } from '../../targets/reference/start.ts';
import type { Config } from '../config.ts';
import type { Console } from '../console.ts';
import { type Proxies, proxiesOf } from '../faults/proxies.ts';
import { Uncleaned } from '../faults/remaining.ts';
import { runName } from '../faults/run-name.ts';
import type { Interruption } from '../interruption.ts';
import { liveProgress } from '../progress/live.ts';
import type { Progress } from '../progress/progress.ts';
import { quietProgress } from '../progress/quiet.ts';
import { checkCaps, type Permission } from '../safety.ts';
import { answerOf } from '../target/answering.ts';
import { chooseTarget } from '../target/choose.ts';
import type { ChosenTarget } from '../target/chosen.ts';
import { checkServers } from '../target/preflight.ts';
import { tried } from '../target/trial.ts';
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
  /** For a reference target to be started like another one just before, or to begin its tuning where that one's ended. */
  readonly calibration?: Calibration | Cost | undefined;
  /** A Toxiproxy that runs already, for faults on connections; one of our own when undefined. */
  readonly toxiproxy?: string | undefined;
  /** The folder of the intent logs. */
  readonly intents: string;
  readonly interruption: Interruption;
  readonly console: Console;
}

/** A run that was made, what it was made on, and what it may have left. */
export interface Stormed extends Executed {
  readonly calibration: Calibration | undefined;
  /** What could not be taken out of the target again. */
  readonly remaining: readonly Intent[];
}

/**
 * Makes one storm from choosing the target to the reports; what was started is stopped again, and what was broken put
 * back, whatever happens. Throws Uncleaned when that could not be done and there is no run to tell of.
 */
export async function storm(request: StormRequest, results: () => Results): Promise<Stormed> {
  const guard = guardOf(request.intents, runName());
  const proxies = proxiesOf({ toxiproxy: request.toxiproxy, seed: request.planned.seed ?? 1, guard });
  const outcome = await stormed(request, results, guard, proxies).then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
  await proxies.close();
  const remaining = guard.open();
  guard.close();
  if ('value' in outcome) return { ...outcome.value, remaining };
  throw remaining.length > 0 ? new Uncleaned(remaining, outcome.thrown) : outcome.thrown;
}

async function stormed(
  request: StormRequest,
  results: () => Results,
  guard: Guard,
  proxies: Proxies,
): Promise<Omit<Stormed, 'remaining'>> {
  const { profile, planned, permission, interruption, console } = request;
  const { signal } = interruption;
  const faults = faultsOf(profile, planned.with ?? []);
  const chosen = await chooseTarget({
    ...{ wanted: request.target, config: request.config, permission, proxies, signal },
    capacity: planned.capacity,
    seed: planned.seed ?? 1,
    calibration: request.calibration,
    faults,
    media: profile.classes.media !== undefined || faults.some(({ service }) => service === 'media'),
    recordings: profile.classes.record !== undefined || faults.some(({ service }) => service === 'recordings'),
    edges: profile.classes.assets !== undefined || faults.some(({ service }) => service === 'cdn'),
    toxiproxy: request.toxiproxy,
    log: () => {},
  });
  try {
    const { operations, capacity, places, anonymous = false } = chosen.target;
    const made = plan(profile, { ...planned, operations, capacity, places, anonymous });
    checkCaps(made, permission);
    await answerOf(chosen.url, chosen.setting.reach, signal);
    await checkServers(chosen, request.config, signal, console.tell);
    await tried(chosen, made, signal);
    const progress = progressOf(made, chosen, console);
    const executed = await execute({ plan: made, chosen, guard, results, progress, stop: signal });
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
