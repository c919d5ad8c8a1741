import type { Calibration, Order, Report } from '../gateway/order.ts';
import type { Child } from './child.ts';
import { startProgram, stopped } from './program.ts';

/** A gateway at work. */
export interface Gateway {
  readonly child: Child;
  readonly port: number;
  readonly calibration: Calibration;
  stop(): Promise<void>;
}

/** Starts a gateway as ordered; throws Mistakes when it cannot be started, or what the signal was aborted with. */
export async function startGateway(order: Order, signal: AbortSignal, log: (line: string) => void): Promise<Gateway> {
  const program = { part: 'gateway', name: 'gateway', spoken: 'the gateway', order, signal, log } as const;
  const { child, ready } = await startProgram<Report>(program);
  return { child, port: ready.port, calibration: ready.calibration, stop: () => stopped(child) };
}
