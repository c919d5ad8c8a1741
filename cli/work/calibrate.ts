import { readFileSync, writeFileSync } from 'node:fs';
import { guardOf } from '../../chaos/guard.ts';
import { EXIT, type ExitCode } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { StepJudgement } from '../../score/step.ts';
import { type Calibration, calibrationText, type MadeStep, rateFound, stepLine } from '../calibration/found.ts';
import { makeStep } from '../calibration/make-step.ts';
import { type CalibrationTerms, readCalibration } from '../calibration/read.ts';
import { search } from '../calibration/search.ts';
import { withCapacity } from '../calibration/write-capacity.ts';
import type { Surroundings } from '../commands/command.ts';
import { proxiesOf } from '../faults/proxies.ts';
import { runName } from '../faults/run-name.ts';
import { intentsFolder } from '../faults/state-folder.ts';
import { type Interruption, interruption } from '../interruption.ts';
import type { OptionReader } from '../options.ts';
import { answerOf } from '../target/answering.ts';
import { chooseTarget } from '../target/choose.ts';
import type { ChosenTarget } from '../target/chosen.ts';

/** Looks for the highest step at which a target keeps its promise, and declares it as its capacity. */
export async function calibrate(options: OptionReader, { console, env }: Surroundings): Promise<ExitCode> {
  const terms = readCalibration(options, env);
  const stopping = interruption(console.tell);
  try {
    const found = await calibrated(terms, env, stopping, (step) => console.tell(stepLine(step, terms)));
    const written = terms.dry ? undefined : declare(found, terms);
    if (terms.json) console.print(JSON.stringify({ ...found, written: written ?? null }, undefined, 2));
    else console.print(calibrationText(found, terms, written));
    return rateFound(found) === undefined ? EXIT.unproven : EXIT.survived;
  } finally {
    stopping.dispose();
  }
}

async function calibrated(
  terms: CalibrationTerms,
  env: NodeJS.ProcessEnv,
  { signal }: Interruption,
  tell: (step: MadeStep) => void,
): Promise<Calibration> {
  const guard = guardOf(intentsFolder(env), runName());
  const proxies = proxiesOf({ toxiproxy: undefined, seed: terms.seed, guard });
  try {
    const chosen = await chooseTarget({
      ...{
        wanted: terms.target,
        config: terms.config,
        permission: terms.permission,
        seed: terms.seed,
        proxies,
        signal,
      },
      ...{ capacity: undefined, faults: [], media: false, edges: false, recordings: false, log: () => {} },
    });
    try {
      return await searched(terms, chosen, signal, tell);
    } finally {
      await chosen.stop();
    }
  } finally {
    await proxies.close();
    guard.close();
  }
}

async function searched(
  terms: CalibrationTerms,
  chosen: ChosenTarget,
  signal: AbortSignal,
  tell: (step: MadeStep) => void,
): Promise<Calibration> {
  const { name, operations } = chosen.target;
  const lacks = terms.needs.filter((need) => !operations.includes(need));
  if (lacks.length > 0) throw Mistakes.of('--class', `${name} has no ${lacks.join(', ')}`, 'calibrate another class');
  await answerOf(chosen.url, chosen.setting.reach, signal);
  const found = await search(terms.search, async (rate) => {
    const judged = await makeStep({ ...terms.step, rate, length: terms.lengthAt(rate) }, chosen, signal);
    const step = { rate, outcome: outcomeOf(judged, terms.share), ...judged };
    tell(step);
    return step;
  });
  return { target: name, ...found };
}

function outcomeOf({ share, strain }: StepJudgement, promised: number): MadeStep['outcome'] {
  // What a late generator has seen go wrong may be its own doing; what it has seen go well is not.
  if (share.least >= promised) return 'held';
  return strain === undefined ? 'broke' : 'unfit';
}

/** Writes the capacity into the configuration that declares the target; gives the file. */
function declare(found: Calibration, { config, target, step }: CalibrationTerms): string | undefined {
  const rate = rateFound(found);
  // Joins are counted by the second here, and a capacity of join says how many are in meetings at once.
  if (rate === undefined || !config || target === undefined || step.class === 'join') return undefined;
  const name = config.targets.includes(target) ? target : config.targets.length === 1 ? config.targets[0] : undefined;
  if (name === undefined || target.startsWith('reference:')) return undefined;
  const comment = `calibrated on ${new Date().toISOString().slice(0, 10)}`;
  writeFileSync(config.file, withCapacity(readFileSync(config.file, 'utf8'), name, step.class, rate, comment));
  return config.file;
}
