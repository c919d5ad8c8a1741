import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Calibration, Order, Report } from '../gateway/order.ts';
import { unready } from '../unready.ts';
import { type Child, hasEnded, startChild, step } from './child.ts';

/** A gateway at work. */
export interface Gateway {
  readonly child: Child;
  readonly port: number;
  readonly calibration: Calibration;
  stop(): Promise<void>;
}

/** Node runs the built program only; from the sources it is where the build puts it. */
const PROGRAM = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../dist/targets/reference/gateway/main.js' : '../gateway/main.js',
    import.meta.url,
  ),
);

/** It ends at once when it is told to; this is how long it may take before it is made to, in milliseconds. */
const STOPPED_WITHIN = 2_000;

/** Starts a gateway as ordered; throws Mistakes when it cannot be started, or what the signal was aborted with. */
export async function startGateway(order: Order, signal: AbortSignal, log: (line: string) => void): Promise<Gateway> {
  const child = await startChild({ name: 'gateway', command: [process.execPath, PROGRAM], leash: 'ipc', log });
  try {
    const answered = once(child.process, 'message') as Promise<[Report]>;
    child.process.send(order);
    const [report] = await step(child, 'the gateway', answered, signal);
    if (report.kind === 'failed') throw unready(`the gateway cannot start: ${report.what}`);
    return { child, port: report.port, calibration: report.calibration, stop: () => stopped(child) };
  } catch (error) {
    await stopped(child);
    throw error;
  }
}

async function stopped(child: Child): Promise<void> {
  if (child.process.connected) child.process.disconnect();
  if (await hasEnded(child, STOPPED_WITHIN)) return;
  child.process.kill('SIGKILL');
  await child.ended;
}
