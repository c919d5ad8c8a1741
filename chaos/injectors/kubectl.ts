import type { KubectlMeans } from '../../core/means.ts';
import { CannotInject, type Injector, type Look, type Prepared } from '../injector.ts';
import { deletePod, KubectlFailure, type Pod, type Pods, podsOf } from '../kubectl.ts';
import type { Undo } from '../undo.ts';

/**
 * Kills a pod of a Kubernetes cluster by deleting it. Nothing puts it back but what keeps it there (a Deployment, a
 * StatefulSet …), so a pod that nothing keeps is left alone.
 */
export const kubectlInjector: Injector<'kubectl'> = {
  by: 'kubectl',
  can: ({ kind }) => kind === 'kill',
  async prepare({ means }) {
    const pods = podsIn(means);
    const first = await seen(pods);
    return preparedDeletion(pods, chosen(first, means), first);
  },
};

function preparedDeletion(pods: Pods, first: Pod, all: readonly Pod[]): Prepared {
  let latest = all;
  let victim: Pod | undefined;
  let written: Undo | undefined;
  // The one that is there when it comes to it: pods come and go by themselves.
  const settled = () => {
    victim ??= latest.find(({ uid }) => uid === first.uid) ?? latest.find(isChosen) ?? first;
    return victim;
  };
  return {
    get undo(): Undo {
      // As many as before it was deleted, whenever that is asked for.
      written ??= { kind: 'pod', ...pods, uid: settled().uid, ready: readyIn(latest) };
      return written;
    },
    async inject() {
      const { name, uid } = settled();
      if (!(await seen(pods)).some((pod) => pod.uid === uid && !pod.isGoing))
        throw new CannotInject(`pod ${name} has gone by itself`);
      await deletePod(pods, name);
    },
    async look(): Promise<Look> {
      try {
        latest = await podsOf(pods);
      } catch (thrown) {
        if (!(thrown instanceof KubectlFailure)) throw thrown;
        return { failed: thrown.message };
      }
      const { name, uid } = victim ?? first;
      return { name, uid, there: latest.some((pod) => pod.uid === uid), ready: readyIn(latest) };
    },
    bites(_, during) {
      const missing = during.filter(({ there }) => there === false).length;
      const { name, uid, ready, failed } = during.at(-1) ?? {};
      if (missing === during.length && missing > 0)
        return { holds: true, says: `pod ${name} (${uid}) is gone, ${ready} are ready` };
      const why = failed === undefined ? '' : ` (${failed})`;
      return { holds: false, says: `pod ${name} was gone in ${missing} of ${during.length} looks${why}` };
    },
    gone(before, after) {
      const [was, is] = [before.at(-1), after.at(-1)];
      const enough = typeof is?.ready === 'number' && is.ready >= Number(was?.ready ?? 1);
      const says = `${is?.ready ?? 0} pods are ready, ${was?.ready ?? 1} were before`;
      return { holds: enough, says: is?.failed === undefined ? says : `${says} (${is.failed})` };
    },
    close: async () => undefined,
  };
}

function podsIn({ context, namespace, pod, label }: KubectlMeans): Pods {
  return { context, namespace, ...(pod !== undefined && { pod }), ...(label !== undefined && { label }) };
}

/** Throws CannotInject where kubectl is not there, or knows nothing of it. */
async function seen(pods: Pods): Promise<readonly Pod[]> {
  try {
    return await podsOf(pods);
  } catch (thrown) {
    throw thrown instanceof KubectlFailure ? new CannotInject(thrown.message) : thrown;
  }
}

/** The first by name that is ready, and of which there will be another one. */
function chosen(pods: readonly Pod[], { pod, label }: KubectlMeans): Pod {
  const which = pod === undefined ? `with the labels ${label}` : `"${pod}"`;
  const ready = pods.filter(({ isReady, isGoing }) => isReady && !isGoing);
  const [first] = ready.filter(isChosen).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (first) return first;
  throw new CannotInject(
    ready.length === 0
      ? `there is no pod ${which} that is ready`
      : `nothing keeps a pod ${which} there: deleted, it would be gone for good`,
  );
}

function isChosen({ isReady, isGoing, isKept }: Pod): boolean {
  return isReady && !isGoing && isKept;
}

function readyIn(pods: readonly Pod[]): number {
  return pods.filter(({ isReady, isGoing }) => isReady && !isGoing).length;
}
