import { spoken } from '../../core/duration.ts';
import type { RunEvent } from '../../core/event.ts';
import { faultName } from '../../core/fault.ts';
import { INDICATORS, type IndicatorName } from '../../core/indicator.ts';
import { type Plan, phaseOf } from '../../core/plan.ts';
import { type Glance, Watcher } from './glance.ts';
import { haltedLine } from './halted.ts';
import type { Paint } from './paint.ts';

/** Shows a run while it goes on. */
export interface Progress {
  show(event: RunEvent): void;
  /** Takes itself off the screen. */
  end(): void;
}

const REFRESH = 250;

/** A view of a few lines that is drawn over itself; for terminals. */
export function liveProgress(plan: Plan, target: string, out: NodeJS.WriteStream, paint: Paint): Progress {
  const watcher = new Watcher(primaryOf(plan));
  let drawn = 0;
  let halted: string | undefined;
  const erase = () => {
    if (drawn > 0) out.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = () => {
    const width = Math.max(40, Math.min(out.columns || 80, 110));
    const lines = linesOf(watcher.glance, plan, target, width, paint);
    erase();
    out.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  out.write('\u001b[?25l');
  const timer = setInterval(draw, REFRESH);
  return {
    show(event) {
      watcher.add(event);
      halted ??= haltedLine(event);
    },
    end() {
      clearInterval(timer);
      erase();
      // The view goes, but not why there is no more of it.
      if (halted !== undefined) out.write(`${paint.bad(halted)}\n`);
      out.write('\u001b[?25h');
    },
  };
}

/** The cohorts the storm is about. */
export function primaryOf({ cohorts }: Plan): string[] {
  return cohorts.filter(({ role }) => role === 'primary').map(({ name }) => name);
}

function linesOf(glance: Glance, plan: Plan, target: string, width: number, paint: Paint): string[] {
  const end = phaseOf(plan, 'recovery').to;
  const clock = `${clockOf(glance.at)} of ${clockOf(end)}${glance.at > end ? ' and on' : ''}`;
  const heading = `${plan.profile.name} against ${target}`;
  const rates = [
    `offered ${perSecond(glance.offered)}`,
    paint.good(`good ${perSecond(glance.good)}`),
    paint.shed(`shed ${perSecond(glance.shed)}`),
    paint.bad(`failed ${perSecond(glance.failed)}`),
    ...(glance.dropped > 0 ? [paint.bad(`dropped ${perSecond(glance.dropped)}`)] : []),
  ];
  const latency = `p50 ${orDash(glance.p50)}  p95 ${orDash(glance.p95)}  attempts ${perSecond(glance.attempts)}  at it ${glance.inFlight}`;
  return [
    paint.strong(spread(heading, clock, width)),
    `  ${phaseLine(glance)}`,
    `  ${curve(glance, width - 4, paint)}`,
    row('people', rates.join('  ')),
    row('latency', latency),
    row('target', clipped(targetLine(glance), width - 13)),
    row('faults', glance.faults.length > 0 ? glance.faults.map((n) => faultNamed(plan, n)).join(', ') : 'none'),
    row('generator', generatorLine(glance)),
  ];
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(10)} ${text}`;
}

function phaseLine({ phase, probing }: Glance): string {
  if (!phase) return 'getting ready';
  if (!probing) return phase;
  const share = `${Math.round(probing.level * 100)} %`;
  return probing.step === 'hold' ? `probe: base load cut to ${share}` : `probe: base load restored after ${share}`;
}

const BARS = '▁▂▃▄▅▆▇█';

/** Offered per second as bars, the good ones among them told by colour. */
function curve({ history }: Glance, width: number, paint: Paint): string {
  const shown = history.slice(-width);
  const most = Math.max(1, ...history.map(({ offered }) => offered));
  const bars = shown.map(({ offered, good }) => {
    const bar = BARS[Math.min(BARS.length - 1, Math.floor((offered / most) * BARS.length))] ?? ' ';
    return good >= 0.95 * offered ? paint.good(bar) : good >= 0.5 * offered ? paint.shed(bar) : paint.bad(bar);
  });
  return bars.join('');
}

function targetLine({ indicators, down }: Glance): string {
  const names = (Object.keys(indicators) as IndicatorName[]).filter(
    (name) => INDICATORS[name].kind === 'gauge' && !name.startsWith('process.'),
  );
  const values = names.map((name) => `${name} ${amount(indicators[name] ?? 0, INDICATORS[name].unit)}`);
  const silent = down.map((source) => `${source} does not answer scrapes`);
  return [...silent, ...values].join('  ') || 'no metrics';
}

function amount(value: number, unit: string): string {
  if (unit === 's') return spoken(value * 1_000);
  if (unit === 'bytes') return `${Math.round(value / 1_048_576)} MiB`;
  return String(Math.round(value));
}

function generatorLine({ late, lag, cpu }: Glance): string {
  const share = cpu === undefined ? '-' : `${Math.round(cpu * 100)} % of a core`;
  return `late p99 ${orDash(late)}  loop lag ${spoken(lag)}  CPU ${share}`;
}

function faultNamed(plan: Plan, index: number): string {
  const fault = plan.faults[index]?.fault;
  return fault ? faultName(fault) : `fault ${index}`;
}

function perSecond(count: number): string {
  return `${Math.round(count)}/s`;
}

function orDash(ms: number | undefined): string {
  return ms === undefined ? '-' : spoken(ms);
}

function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function spread(left: string, right: string, width: number): string {
  return `${left}${' '.repeat(Math.max(1, width - left.length - right.length))}${right}`;
}

function clipped(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
