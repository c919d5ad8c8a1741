import { existsSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { parseAbsolute } from '../../targets/http/absolute.ts';
import type { Surroundings } from '../commands/command.ts';
import { CONFIG_FILE } from '../config-file.ts';
import { type Conclusion, conclude } from '../detection/conclude.ts';
import { httpDeclarationYaml } from '../detection/declarations/http.ts';
import { detectors } from '../detection/detectors/index.ts';
import { lookAt } from '../detection/look.ts';
import { interruption } from '../interruption.ts';
import type { OptionReader } from '../options.ts';
import { isHere, refusePublicServices } from '../safety.ts';
import { notAnAddress } from '../target/wanted.ts';
import { configTemplate } from './config-template.ts';

/** Looks at a target, says what it is taken for and why, and writes a configuration to begin with. */
export async function init(options: OptionReader, { console }: Surroundings): Promise<ExitCode> {
  const [given, file = CONFIG_FILE] = [options.text('target'), options.text('config')];
  const owned = options.texts('i-own-this-target');
  const url = (given ?? 'http://127.0.0.1:8080').replace(/\/+$/, '');
  options.attempt(() => refuseUnfit(url, file));
  options.check();
  const looked = given === undefined ? undefined : await lookedAt(url, owned, console);
  for (const line of looked ? wordsOf(url, looked) : []) console.print(line);
  if (looked?.finding?.instead !== undefined) return EXIT.survived;
  const { finding, metrics = [] } = looked ?? {};
  const declaration = finding?.declaration?.(url, metrics) ?? httpDeclarationYaml(url, metrics);
  write(file, declaration);
  const todo = finding?.declaration ? 'see who signs in there' : 'describe there how people sign in';
  console.print(`${file} is written: ${todo}, then run`);
  console.print(
    `  stormtest ${finding?.begin ?? 'login-storm --target mine'}${file === CONFIG_FILE ? '' : ` --config ${file}`}`,
  );
  return EXIT.survived;
}

/** Undefined where nobody has said that the target may be looked at. */
async function lookedAt(
  url: string,
  owned: readonly string[],
  console: Surroundings['console'],
): Promise<Conclusion | undefined> {
  const { hostname } = new URL(url);
  refusePublicServices([hostname]);
  const loopbackOnly = await isHere(hostname).catch(() => false);
  if (!loopbackOnly && !owned.includes(hostname)) {
    console.print(
      `${hostname} is not this machine, so nothing was asked of it; if you own it: --i-own-this-target ${hostname}`,
    );
    return undefined;
  }
  const stopping = interruption(console.tell);
  try {
    const seen = await lookAt(url, detectors, { loopbackOnly, insecureTls: true }, stopping.signal);
    return conclude(seen, hostname, detectors);
  } finally {
    stopping.dispose();
  }
}

function wordsOf(url: string, { finding, evidence }: Conclusion): string[] {
  const verb = finding?.sure ? 'is' : 'looks like';
  const missing = finding && !finding.declaration && !finding.instead;
  return [
    finding ? `${url} ${verb} ${finding.is}:` : `${url} is unknown:`,
    ...evidence.map((line) => `  ${line}`),
    ...(finding?.instead === undefined ? [] : [finding.instead]),
    ...(missing ? ['stormtest has no adapter for it yet: what it can do over HTTP has to be described'] : []),
  ];
}

function write(file: string, declaration: string): void {
  const schema = fileURLToPath(new URL('../../../schema/stormtest.config.schema.json', import.meta.url));
  // Editors look for the schema from where the file is.
  const fromFile = relative(dirname(resolve(file)), schema);
  try {
    writeFileSync(file, configTemplate(declaration, fromFile), { flag: 'wx' });
  } catch (error) {
    throw Mistakes.of('--config', `cannot write ${file}: ${(error as Error).message}`);
  }
}

function refuseUnfit(url: string, file: string): void {
  if (!parseAbsolute(url)?.scheme.startsWith('http')) throw notAnAddress('--target', url);
  if (existsSync(file))
    throw Mistakes.of('--config', `${file} is there already`, 'nothing is overwritten; name another file');
}
