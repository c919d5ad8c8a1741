import { existsSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { parseAbsolute } from '../../targets/http/absolute.ts';
import type { Surroundings } from '../commands/command.ts';
import { CONFIG_FILE } from '../config-file.ts';
import type { OptionReader } from '../options.ts';
import { notAnAddress } from '../target/wanted.ts';
import { configTemplate } from './config-template.ts';

/** Writes a configuration to begin with. */
export async function init(options: OptionReader, { console }: Surroundings): Promise<ExitCode> {
  const [url = 'http://127.0.0.1:8080', file = CONFIG_FILE] = [options.text('target'), options.text('config')];
  options.attempt(() => refuseUnfit(url, file));
  options.check();
  const schema = fileURLToPath(new URL('../../../schema/stormtest.config.schema.json', import.meta.url));
  // Editors look for the schema from where the file is.
  const fromFile = relative(dirname(resolve(file)), schema);
  try {
    writeFileSync(file, configTemplate(url.replace(/\/+$/, ''), fromFile), { flag: 'wx' });
  } catch (error) {
    throw Mistakes.of('--config', `cannot write ${file}: ${(error as Error).message}`);
  }
  console.print(`${file} is written: describe there how people sign in, then run`);
  console.print(`  stormtest login-storm --target mine${file === CONFIG_FILE ? '' : ` --config ${file}`}`);
  return EXIT.survived;
}

function refuseUnfit(url: string, file: string): void {
  if (!parseAbsolute(url)?.scheme.startsWith('http')) throw notAnAddress('--target', url);
  if (existsSync(file))
    throw Mistakes.of('--config', `${file} is there already`, 'nothing is overwritten; name another file');
}
