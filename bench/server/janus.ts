import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseJanusDeclaration } from '../../targets/janus/schema.ts';
import type { Bench } from '../bench.ts';
import { onCore } from '../cores.ts';
import { pathOf } from '../program.ts';
import type { Hall } from './hall.ts';
import { answers, doorTo, FOLDER, NETWORK } from './janus-network.ts';
import { ready } from './ready.ts';

/**
 * Starts a Janus server on the server's core, in a network of its own in which another device than the loopback has
 * 127.0.0.1, as it does not offer that one; undefined where there is none, or nobody may make networks.
 */
export async function startJanus({
  cores,
  folder,
  signal,
}: Pick<Bench, 'cores' | 'folder' | 'signal'>): Promise<Hall | undefined> {
  const program = pathOf('janus');
  if (!program || process.getuid?.() !== 0) return undefined;
  const place = mkdtempSync(join(folder, 'janus-'));
  const api = join(place, 'api');
  configure(place, api);
  const [command = '', ...args] = onCore(cores, 'server', ['unshare', '--net', 'sh', '-c', NETWORK, program, place]);
  const child = spawn(command, args, { stdio: 'ignore', signal, killSignal: 'SIGKILL' });
  child.on('error', () => {});
  const ended = once(child, 'exit');
  const door = await doorTo(api);
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    door.close();
  };
  await ready(() => answers(api), stop);
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  return {
    name: 'Janus',
    declaration: parseJanusDeclaration({ kind: 'janus', url }, 'bench', {}),
    beside: ['nsenter', `--net=/proc/${child.pid}/ns/net`],
    pid: child.pid ?? 0,
    stop,
  };
}

function configure(place: string, api: string): void {
  const folders = ['plugins', 'transports', 'events', 'loggers'].map((kind) => `${kind}_folder = "${FOLDER}/${kind}"`);
  const file = (name: string, text: string) => writeFileSync(join(place, `${name}.jcfg`), text);
  file(
    'janus',
    `general: { configs_folder = "${place}"\n${folders.join('\n')}\ndebug_level = 1 }
nat: { ice_enforce_list = "storm" }
transports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }
`,
  );
  file('janus.plugin.videoroom', 'general: { }\n');
  file('janus.transport.websockets', `general: { json = "compact"\nws = true\nws_unix = "${api}" }\n`);
}
