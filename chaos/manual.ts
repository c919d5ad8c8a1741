import { COMMANDS } from './kubectl.ts';
import type { ProcessIdentity, Undo } from './undo.ts';

/** What a person types to undo something by hand, a line for each thing in its order; empty where nothing has to be done. */
export function manualOf(undo: Undo): string {
  return linesOf(undo).join('\n');
}

function linesOf(undo: Undo): readonly string[] {
  switch (undo.kind) {
    case 'all':
      return undo.parts.flatMap(linesOf);
    case 'fleeting':
      return [];
    case 'holder':
      return [`${same(undo.process)} && kill -KILL ${undo.process.pid}`];
    case 'continue':
      return [`${same(undo.process)} && kill -CONT ${undo.process.pid}`];
    case 'restart':
      return [
        undo.command
          ? within(undo.folder, undo.command)
          : `# start the process of ${undo.pidFile} again (it was ${undo.process.pid})`,
      ];
    case 'cgroup':
      return [`echo ${quoted(undo.content)} > ${quoted(undo.file)}`];
    case 'file':
      return [`rm -f ${quoted(undo.path)}`];
    case 'command':
      return [within(undo.folder, `${told(undo.environment)} sh -c ${quoted(undo.command)}`)];
    case 'pod':
      return [COMMANDS.wait(undo, 300).map(quoted).join(' ')];
    case 'toxic':
      return [`curl -X DELETE ${quoted(`${proxyAt(undo)}/toxics/${encodeURIComponent(undo.toxic)}`)}`];
    case 'proxy':
      return [`curl -X DELETE ${quoted(proxyAt(undo))}`];
    case 'impairment':
      return [`curl -X DELETE ${quoted(`${undo.relay}/paths/${undo.path}/impairments/${undo.name}`)}`];
    case 'enabled':
      return [`curl -X POST -d ${quoted(JSON.stringify({ enabled: undo.enabled }))} ${quoted(proxyAt(undo))}`];
  }
}

/** By the time it is typed the id may be that of another process. */
function same({ pid, started }: ProcessIdentity): string {
  return process.platform === 'linux'
    ? `[ "$(sed 's/.*) //' /proc/${pid}/stat | cut -d' ' -f20)" = ${started} ]`
    : `[ "$(LC_ALL=C TZ=UTC ps -o lstart= -p ${pid} | sed 's/ *$//')" = ${quoted(started)} ]`;
}

function proxyAt({ api, proxy }: { readonly api: string; readonly proxy: string }): string {
  return `${api.replace(/\/+$/, '')}/proxies/${encodeURIComponent(proxy)}`;
}

function told(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(' ');
}

/** A command in its folder, which whoever types it need not leave their own for. */
function within(folder: string, command: string): string {
  return `(cd ${quoted(folder)} && ${command})`;
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
