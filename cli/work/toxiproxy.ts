import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { startToxiproxy, type Toxiproxy } from '../../chaos/toxiproxy/server.ts';
import { EXIT, type ExitCode } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Surroundings } from '../commands/command.ts';
import { interruption } from '../interruption.ts';
import type { OptionReader } from '../options.ts';

/** Where Toxiproxy's API is when nobody says otherwise. */
const PORT = 8_474;

interface Settings {
  readonly host: string;
  readonly port: number;
  readonly seed: number;
  readonly hosts: readonly string[];
  readonly config: string | undefined;
}

/** Runs the embedded Toxiproxy until a signal; everything it broke is whole again then. */
export async function keepToxiproxy(options: OptionReader, { console }: Surroundings): Promise<ExitCode> {
  const json = options.flag('json');
  const settings = settingsIn(options);
  const stopping = interruption(() => {});
  const server = await started(settings, console.tell);
  try {
    const proxies = settings.config === undefined ? [] : await populated(server, settings.config);
    const { url } = server;
    const { seed } = settings;
    if (json) console.print(JSON.stringify({ url, seed, proxies }));
    else console.print(introduction(url, seed, proxies));
    if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
    return EXIT.survived;
  } finally {
    await server.stop();
    stopping.dispose();
  }
}

function settingsIn(options: OptionReader): Settings {
  const [host = '127.0.0.1', config] = [options.text('host'), options.text('config')];
  const [port = PORT, seed = randomInt(2 ** 31)] = [options.count('port', 0, 65_535), options.count('seed', 0)];
  const hosts = options.texts('allow-host');
  options.check();
  return { host, port, seed, config, hosts };
}

async function started({ host, port, hosts, seed }: Settings, tell: (text: string) => void): Promise<Toxiproxy> {
  try {
    return await startToxiproxy({ host, port, hosts, seed, log: tell });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw Mistakes.of('--port', `${port} is taken on ${host}`, 'stop what listens there, or take another: --port 0');
    if (code === 'EACCES') throw Mistakes.of('--port', `${port} may not be used`, 'take one above 1023');
    throw Mistakes.of('--host', `cannot listen on ${host}: ${message}`, '127.0.0.1 is always there');
  }
}

async function populated(server: Toxiproxy, config: string) {
  const mend = 'a list such as [{"name": "web", "listen": "127.0.0.1:5000", "upstream": "127.0.0.1:80"}]';
  let text: string;
  try {
    text = readFileSync(config, 'utf8');
  } catch (error) {
    throw Mistakes.of('--config', `cannot read ${config}: ${(error as Error).message}`, mend);
  }
  const { proxies, refusal } = await server.populate(text);
  if (refusal) throw Mistakes.of('--config', `${config}: ${refusal.message}`, mend);
  return proxies.map(({ settings }) => settings);
}

function introduction(url: string, seed: number, proxies: Awaited<ReturnType<typeof populated>>): string {
  return [
    `toxiproxy is ready at ${url} (seed ${seed}); Ctrl-C ends it, and everything it breaks is whole again`,
    ...proxies.map(({ name, listen, upstream, enabled }) =>
      [`  ${name}: ${listen} to ${upstream}`, ...(enabled ? [] : ['disabled'])].join(', '),
    ),
  ].join('\n');
}
