import { spoken } from '../../core/duration.ts';
import type { Plan } from '../../core/plan.ts';
import { Watcher } from './glance.ts';
import { haltedLine } from './halted.ts';
import { type Progress, primaryOf } from './progress.ts';

const EVERY = 10_000;

/** One plain line per phase, and one every ten seconds; for logs. */
export function quietProgress(plan: Plan, target: string, write: (line: string) => void): Progress {
  const watcher = new Watcher(primaryOf(plan));
  let next = EVERY;
  write(`${plan.profile.name} against ${target}`);
  return {
    show(event) {
      watcher.add(event);
      if (event.kind === 'phase') {
        const probing = event.level === undefined ? '' : ` ${event.step} at ${Math.round(event.level * 100)} %`;
        write(`${spoken(event.at)}: ${event.name}${probing}`);
      }
      if (event.kind === 'note') write(`${spoken(event.at)}: ${event.says}`);
      const halted = haltedLine(event);
      if (halted !== undefined) write(halted);
      const { at, offered, good, shed, failed, p95 } = watcher.glance;
      if (event.kind !== 'health' || at < next) return;
      next = at + EVERY;
      const latency = p95 === undefined ? '' : `, p95 ${spoken(p95)}`;
      write(`${spoken(at)}: offered ${offered}/s, good ${good}/s, shed ${shed}/s, failed ${failed}/s${latency}`);
    },
    end() {},
  };
}
