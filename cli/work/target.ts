import { once } from 'node:events';
import { deferred } from '../../core/deferred.ts';
import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { peopleOf } from '../../generators/people.ts';
import { nameOf } from '../../targets/reference/make.ts';
import type { RunningReference } from '../../targets/reference/start.ts';
import type { Surroundings } from '../commands/command.ts';
import { interruption } from '../interruption.ts';
import type { OptionReader } from '../options.ts';
import { makeNamed } from '../target/make.ts';
import { REFERENCE_PEOPLE, startMake } from '../target/reference.ts';

/** Starts a variant of the reference target and keeps it until a signal or its death. */
export async function keepTarget(options: OptionReader, { console }: Surroundings): Promise<ExitCode> {
  const [port, seed = 1] = [options.count('port', 1, 65_535), options.count('seed', 0)];
  const json = options.flag('json');
  const named = () => makeNamed((options.words[0] ?? missing()).replace(/^reference:/, ''), 'variant');
  options.attempt(named);
  options.check();
  const make = named();
  const stopping = interruption(() => {});
  const died = deferred<string>();
  console.tell(`starting reference:${nameOf(make)}`);
  try {
    // Media servers and edges are started again.
    const onDeath = ({ process, says }: { process: string; says: string }) =>
      (/^(media|edge)-/.test(process) ? console.tell : died.resolve)(`${process} ${says}`);
    const running = await startMake(make, {
      ...{ seed, signal: stopping.signal, log: () => {}, onDeath, media: true, edges: true },
      recordings: 'if possible',
      ...(port !== undefined && { port }),
    });
    if (!running.recordings) console.tell('it records nothing: there can be no volume for that on this machine');
    console.print(json ? JSON.stringify(factsOf(running, seed)) : introduction(running, seed));
    const end = await Promise.race([died.promise, once(stopping.signal, 'abort').then(() => undefined)]);
    await running.stop();
    if (end === undefined) return EXIT.survived;
    console.tell(end);
    return EXIT.broken;
  } finally {
    stopping.dispose();
  }
}

function missing(): never {
  throw Mistakes.of('variant', 'is missing', 'stormtest target 2020, or stormtest target hardened');
}

function factsOf({ variant, url, metricsUrl, capacity, processes }: RunningReference, seed: number) {
  const { email, password } = peopleOf({ from: 'seed', count: REFERENCE_PEOPLE }, seed).person(0);
  return { variant, url, metrics: metricsUrl, capacity, processes, seed, account: { email, password } };
}

function introduction(running: RunningReference, seed: number): string {
  const { url, metrics, capacity, account } = factsOf(running, seed);
  return [
    `reference:${running.variant} is ready; Ctrl-C ends it`,
    `  target    ${url}`,
    `  metrics   ${metrics}`,
    `  capacity  ${capacity.login.toFixed(0)} logins/s`,
    `  sign in   ${account.email} with ${account.password} (the first of ${REFERENCE_PEOPLE} people of seed ${seed})`,
  ].join('\n');
}
