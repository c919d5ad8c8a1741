import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guard, guardOf } from '../../../chaos/guard.ts';
import type { Injectors } from '../../../chaos/injector.ts';
import { relayInjector } from '../../../chaos/injectors/relay.ts';
import { IntentLog } from '../../../chaos/intents.ts';
import { placed } from '../../../chaos/placing.ts';
import { type Relay, startRelay } from '../../../chaos/relay/relay.ts';
import { undone } from '../../../chaos/undoing.ts';
import type { PlannedFault } from '../../../core/plan.ts';
import { runOf, statesOf } from '../../support/fault-run.ts';
import { eventually } from '../../support/prometheus.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';
import { type End, udpEnd } from '../../support/udp-flow.ts';

/** Milliseconds of the run; the looks before a fault take two seconds at most. */
const [FROM, TO] = [2_500, 10_000];

describe('an impairment as a fault of a run', () => {
  const folder = temporaryFolders();
  let relay: Relay;
  let guard: Guard;
  let ends: End[];
  beforeEach(async () => {
    relay = await startRelay({ seed: 1 });
    const server = await udpEnd();
    const client = await udpEnd(await relay.open(server.address, { path: 'media' }));
    ends = [server, client];
    await client.send(10);
    guard = guardOf(folder(), `${process.pid}f${performance.now().toFixed(0)}`);
  });
  afterEach(async () => {
    guard.close();
    for (const end of ends) end.close();
    await relay.stop();
  });

  const planned: PlannedFault = {
    fault: {
      ...{ service: 'media', after: '2.5s', lasting: '7.5s' },
      does: { kind: 'impairment', loss: 0.2, latency: 50 },
    },
    ...{ from: FROM, to: TO },
  } as PlannedFault;
  const inPlace = async () => (await relay.counters()).paths.media?.impairedBy ?? [];
  const written = () => IntentLog.of(guard.folder, guard.run).open();

  /** Runs the fault alone; `stop` ends the run before its time. */
  const begun = async (stop?: AbortSignal, injectors: Injectors = { relay: relayInjector }) => {
    const services = { media: [{ by: 'relay', relay: relay.url, path: 'media' }] } as const;
    return runOf(await placed([planned], { services, injectors, guard, undo: undone }), stop);
  };

  it('is written down, put in place, proven, kept and taken out', async () => {
    const run = await begun();
    await eventually('it is proven', () => statesOf(run).includes('proven'));
    expect(written()).toMatchObject([{ says: expect.stringContaining('20 % lost'), undo: { kind: 'impairment' } }]);
    // Longer than its time to live: it is renewed.
    await sleep(2_000);
    expect(await inPlace()).toEqual([`st_${guard.run}_0`]);
    await run.ended;
    expect(statesOf(run)).toEqual(['applied', 'proven', 'lifted']);
    expect(run.events[1]?.says).toMatch(/lost: 1\d.*|lost: 2\d.*/);
    expect(await inPlace()).toEqual([]);
    expect(written()).toEqual([]);
    expect(Object.keys((await relay.counters()).paths)).toEqual(['media']);
  });

  it('is taken out when the run is stopped', async () => {
    const stop = new AbortController();
    const run = await begun(stop.signal);
    await eventually('it is in place', () => statesOf(run).includes('applied'));
    stop.abort(new Error('stopped'));
    await expect(run.ended).rejects.toThrow();
    expect(statesOf(run).at(-1)).toBe('lifted');
    expect(await inPlace()).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('is not proven when the injector does nothing', async () => {
    const idle: Injectors = {
      relay: {
        ...relayInjector,
        prepare: async (task) => ({ ...(await relayInjector.prepare(task)), inject: async () => undefined }),
      },
    };
    const run = await begun(undefined, idle);
    await run.ended;
    expect(statesOf(run)).toEqual(['applied', 'not proven', 'lifted']);
  });

  it('is told to be gone before its time when somebody else takes it out', async () => {
    const run = await begun();
    await eventually('it is proven', () => statesOf(run).includes('proven'));
    await relay.lift('media', `st_${guard.run}_0`);
    await run.ended;
    expect(statesOf(run)).toEqual(['applied', 'proven', 'not proven', 'lifted']);
    expect(run.events[2]?.says).toContain('gone before its time');
  });
});
