import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const PROGRAM = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Where and with what a command is run. */
export interface Circumstances {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What became of a command. */
export interface Ended {
  /** The exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command at work. */
export interface Running {
  readonly pid: number;
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it said so far. */
  readonly said: { readonly stdout: string; readonly stderr: string };
  /** Resolves as soon as what it said on either channel matches; rejects when it ends before that, or after a while. */
  until(pattern: RegExp, within?: number): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

const started = new Set<ChildProcess>();

/** Starts one command line of the built program. */
export function startCommand(args: readonly string[], { cwd, env = {} }: Circumstances): Running {
  return startProgram(process.execPath, [PROGRAM, ...args], { cwd, env });
}

/** The same beside something: by a command that runs another one there. */
export function startBeside(by: readonly string[], args: readonly string[], circumstances: Circumstances): Running {
  const [program = process.execPath, ...own] = [...by, process.execPath];
  return startProgram(program, [...own, PROGRAM, ...args], circumstances);
}

/** Starts any program that runs ours. */
export function startProgram(program: string, args: readonly string[], { cwd, env = {} }: Circumstances): Running {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    started.delete(child);
    return { code, signal, ...said };
  });
  return {
    pid: child.pid ?? 0,
    process: child,
    ended,
    said,
    until: (pattern, within = 60_000) => saidWithin(said, pattern, within, ended),
    signal: (name) => void child.kill(name),
  };
}

/** Runs one command line of the built program to its end. */
export function stormtest(args: readonly string[], circumstances: Circumstances): Promise<Ended> {
  return startCommand(args, circumstances).ended;
}

/** Ends, by force, what a failed test has left running. */
export async function endStarted(): Promise<void> {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
}

async function saidWithin(said: Running['said'], pattern: RegExp, within: number, ended: Promise<Ended>) {
  let end: Ended | undefined;
  void ended.then((how) => {
    end = how;
  });
  const heard = () => pattern.test(said.stdout) || pattern.test(said.stderr);
  for (const deadline = performance.now() + within; !heard(); ) {
    if (end) throw new Error(`it ended (${end.code ?? end.signal}) without ${pattern}:\n${end.stdout}${end.stderr}`);
    if (performance.now() > deadline) throw new Error(`not within ${within} ms: ${pattern}\n${said.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
