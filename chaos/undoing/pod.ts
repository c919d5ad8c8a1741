import { setTimeout as sleep } from 'node:timers/promises';
import { KubectlFailure, podsOf, waitForPods } from '../kubectl.ts';
import type { PodUndo } from '../undo.ts';

/** How long another pod may take to be ready, in milliseconds, and how long kubectl waits for it at a time, in seconds. */
const BACK_WITHIN = 35_000;
const AT_A_TIME = 5;
const PAUSE = 500;

/** Waits until as many pods are ready as before, and a deleted one is not among them; its own keeper makes the other one. */
export async function replaced(undo: PodUndo): Promise<void> {
  const end = performance.now() + BACK_WITHIN;
  for (;;) {
    const lacks = await lackOf(undo);
    if (lacks === undefined) return;
    if (performance.now() > end) throw new Error(lacks);
    // What it says is looked at anew: it knows nothing of pods that are not there yet.
    await waitForPods(undo, AT_A_TIME).catch(quietly);
    await sleep(PAUSE);
  }
}

/** What is still missing; undefined when nothing is, also when the pod was never deleted. */
async function lackOf({ uid, ready, ...pods }: PodUndo): Promise<string | undefined> {
  const all = await podsOf(pods);
  const there = all.filter(({ isReady, isGoing }) => isReady && !isGoing);
  const isGoing = all.some((pod) => pod.uid === uid && pod.isGoing);
  if (!isGoing && there.length >= ready) return undefined;
  const where = pods.pod ?? pods.label;
  return `${there.length} pods of ${where} in ${pods.namespace} are ready, ${ready} were before${isGoing ? '; the deleted one is going still' : ''}`;
}

function quietly(thrown: unknown): void {
  if (!(thrown instanceof KubectlFailure)) throw thrown;
}
