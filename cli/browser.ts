import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { milliseconds } from '../core/duration.ts';
import { type Plan, phaseOf } from '../core/plan.ts';
import { type BrowserWire, browserWire } from '../generators/browser/browser-wire.ts';
import type { BrowserSetup } from '../generators/browser/messages.ts';
import type { BrowserDeclaration } from '../targets/browser/declaration.ts';
import { hostsOf } from '../targets/http/hosts.ts';
import type { Setting } from './setting.ts';

/** The browser of a setting's target, started when somebody needs it; undefined where nobody does. */
export function browserOf({ adapter, reach }: Setting, plan?: Plan): BrowserWire | undefined {
  const declaration = adapter.kind === 'browser' ? adapter.declaration : adapter.probe;
  if (!declaration) return undefined;
  const setup: BrowserSetup = {
    ...{ reach, hosts: hostsOf(declaration), pages: declaration.pages },
    ...(declaration.network && { network: networkOf(declaration.network) }),
    ...(declaration.measure !== undefined && { measure: declaration.measure }),
    ...(plan && { pictureAt: heightOf(plan) }),
  };
  const entry = fileURLToPath(new URL('./browser-process.js', import.meta.url));
  return browserWire(() => fork(entry, [JSON.stringify(setup)], { execArgv: [], serialization: 'advanced' }));
}

function networkOf({ loss = '0%', delay = '0ms' }: NonNullable<BrowserDeclaration['network']>) {
  return { loss: Number.parseFloat(loss) / 100, delay: milliseconds(delay) };
}

/** The middle of the storm. */
function heightOf(plan: Plan): number {
  const { from, to } = phaseOf(plan, 'storm');
  return (from + to) / 2;
}
