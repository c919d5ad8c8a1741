import { existsSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Surroundings } from '../commands/command.ts';
import { CONFIG_FILE } from '../config-file.ts';
import type { RawOptions } from '../options.ts';
import { OptionReader } from '../options.ts';
import { configTemplate } from './config-template.ts';

/** Writes a configuration to begin with. */
export async function init(raw: RawOptions, { console }: Surroundings): Promise<ExitCode> {
  const options = new OptionReader(raw);
  const [url = 'http://127.0.0.1:8080', file = CONFIG_FILE] = [options.text('target'), options.text('config')];
  options.check();
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw Mistakes.of('--target', `"${url}" is not a URL`, 'for example http://127.0.0.1:8080');
  if (existsSync(file))
    throw Mistakes.of('--config', `${file} is there already`, 'nothing is overwritten; name another file');
  const schema = fileURLToPath(new URL('../../../schema/stormtest.config.schema.json', import.meta.url));
  try {
    writeFileSync(file, configTemplate(new URL(url).origin, relative(process.cwd(), schema)));
  } catch (error) {
    throw Mistakes.of('--config', `cannot write ${file}: ${(error as Error).message}`);
  }
  console.print(`${file} is written: describe there how people sign in, then run`);
  console.print('  stormtest login-storm --target mine');
  return EXIT.survived;
}
