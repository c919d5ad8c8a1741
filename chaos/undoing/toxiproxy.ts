import { ToxiproxyFailure, toxiproxyClient } from '../toxiproxy/client.ts';
import type { Undo } from '../undo.ts';

/** Takes one toxic away and looks whether it is gone; what went with its Toxiproxy is gone, too. */
export async function toxicRemoved({ api, proxy, toxic }: Extract<Undo, { kind: 'toxic' }>): Promise<void> {
  await unlessGone(async () => {
    const client = toxiproxyClient(api);
    await client.removeToxic(proxy, toxic);
    const state = await client.proxy(proxy);
    if (state?.toxics.some(({ name }) => name === toxic))
      throw new Error(`${api} still has toxic ${toxic} on ${proxy}`);
  });
}

/** Enables a proxy, or disables it as it was, and looks whether it is so. */
export async function enabledAgain({ api, proxy, enabled }: Extract<Undo, { kind: 'enabled' }>): Promise<void> {
  await unlessGone(async () => {
    const client = toxiproxyClient(api);
    const before = await client.proxy(proxy);
    if (!before || before.enabled === enabled) return;
    const after = await client.updateProxy(proxy, { enabled });
    if (after.enabled !== enabled) throw new Error(`${api} still has ${proxy} ${enabled ? 'disabled' : 'enabled'}`);
  });
}

/** Removes a proxy that was made for a run. */
export async function proxyRemoved({ api, proxy }: Extract<Undo, { kind: 'proxy' }>): Promise<void> {
  await unlessGone(async () => {
    const client = toxiproxyClient(api);
    await client.removeProxy(proxy);
    if (await client.proxy(proxy)) throw new Error(`${api} still has proxy ${proxy}`);
  });
}

async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ToxiproxyFailure && error.isGone)) throw error;
  }
}
