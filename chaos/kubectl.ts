import { spawn } from 'node:child_process';

/** Which pods are meant: one by its name, or all with labels; never without the cluster and the namespace they are in. */
export interface Pods {
  /** A context of the kubeconfig, by which kubectl knows the cluster and who asks. */
  readonly context: string;
  readonly namespace: string;
  readonly pod?: string;
  /** A selector: `app=media,zone=eu`. */
  readonly label?: string;
}

/** A pod as far as it matters here. */
export interface Pod {
  readonly name: string;
  /** Unlike that of the one that comes instead of it, also where that has the same name. */
  readonly uid: string;
  readonly isReady: boolean;
  readonly isGoing: boolean;
  /** Whether something in the cluster sees to it that there is another one. */
  readonly isKept: boolean;
}

/** kubectl did not do what it was asked; the message is for people. */
export class KubectlFailure extends Error {
  override readonly name = 'KubectlFailure';
}

const PROGRAM = 'kubectl';
/** Milliseconds that one command may take, beside what it waits for itself. */
const LIMIT = 10_000;
const LONGEST_ANSWER = 8 * 1024 * 1024;

/** The words of each command, the program first: what is shown beforehand is what is run. */
export const COMMANDS = {
  look: (pods: Pods): readonly string[] => [
    ...within(pods),
    'get',
    'pods',
    ...meant(pods),
    '--ignore-not-found',
    '--output=json',
  ],
  delete: (pods: Pods, name: string): readonly string[] => [
    ...within(pods),
    ...['delete', 'pod', name, '--grace-period=1', '--wait=false'],
  ],
  wait: (pods: Pods, seconds: number): readonly string[] => [
    ...within(pods),
    ...['wait', 'pods', ...meant(pods), '--for=condition=Ready', `--timeout=${seconds}s`],
  ],
} as const;

function within({ context, namespace }: Pods): readonly string[] {
  return [PROGRAM, `--context=${context}`, `--namespace=${namespace}`];
}

function meant({ pod, label }: Pods): readonly string[] {
  return pod === undefined ? [`--selector=${label ?? ''}`] : [pod];
}

/** The pods that are meant; throws KubectlFailure when that cannot be known. */
export async function podsOf(pods: Pods): Promise<readonly Pod[]> {
  const text = await ran(COMMANDS.look(pods));
  if (text.trim() === '') return [];
  try {
    const { kind, items, ...one } = JSON.parse(text) as Record<string, unknown>;
    const all = Array.isArray(items) ? items : kind === 'Pod' ? [one] : undefined;
    if (all) return all.map(podIn);
  } catch {
    // Neither is what was asked for.
  }
  throw new KubectlFailure('kubectl get pods gave no list of pods');
}

/** Deletes one pod by its name. */
export async function deletePod(pods: Pods, name: string): Promise<void> {
  await ran(COMMANDS.delete(pods, name));
}

/** Waits until the pods that are there are ready, at most so many seconds; throws KubectlFailure when they are not. */
export async function waitForPods(pods: Pods, seconds: number): Promise<void> {
  await ran(COMMANDS.wait(pods, seconds), seconds * 1_000 + LIMIT);
}

function ran([program = PROGRAM, ...words]: readonly string[], limit = LIMIT): Promise<string> {
  // In a session of its own, so that Ctrl-C does not reach it; without a shell, so that no word is more than a word.
  const child = spawn(program, words, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const [answer, complaint]: [Buffer[], Buffer[]] = [[], []];
  let size = 0;
  const kept = (chunk: Buffer, chunks: Buffer[]) => {
    size += chunk.length;
    if (size < LONGEST_ANSWER) chunks.push(chunk);
    else child.kill('SIGKILL');
  };
  child.stdout.on('data', (chunk: Buffer) => kept(chunk, answer));
  child.stderr.on('data', (chunk: Buffer) => kept(chunk, complaint));
  return new Promise((resolve, reject) => {
    const fail = (says: string) => reject(new KubectlFailure(says));
    const late = setTimeout(() => child.kill('SIGKILL'), limit);
    child.on('error', ({ message, ...error }: NodeJS.ErrnoException) => {
      clearTimeout(late);
      fail(error.code === 'ENOENT' ? 'kubectl is not on the PATH' : `kubectl cannot be run: ${message}`);
    });
    child.on('close', (code, signal) => {
      clearTimeout(late);
      const said = plain(Buffer.concat(complaint).toString());
      const verb = words.find((word) => !word.startsWith('--'));
      if (code === 0) resolve(Buffer.concat(answer).toString());
      else fail(`kubectl ${verb} ${signal ? `was ended by ${signal}` : `exited with ${code}`}${said && `: ${said}`}`);
    });
  });
}

/** The first line of what it complains about, as it may be printed. */
function plain(text: string): string {
  return (text.trim().split('\n')[0] ?? '').replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200);
}

function podIn(item: unknown): Pod {
  const { metadata, status } = mappingIn(item);
  const { name, uid, deletionTimestamp, ownerReferences } = mappingIn(metadata);
  if (typeof name !== 'string' || typeof uid !== 'string') throw new KubectlFailure('a pod without name and uid');
  const conditions = listIn(mappingIn(status).conditions);
  return {
    ...{ name, uid, isGoing: deletionTimestamp !== undefined },
    isReady: conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    isKept: listIn(ownerReferences).some(({ controller }) => controller === true),
  };
}

function mappingIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(mappingIn) : [];
}
