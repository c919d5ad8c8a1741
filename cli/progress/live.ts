import { SURVIVAL } from '../../core/constants.ts';
import { spoken } from '../../core/duration.ts';
import { faultName } from '../../core/fault.ts';
import { INDICATORS, type IndicatorName } from '../../core/indicator.ts';
import { type Plan, phaseOf } from '../../core/plan.ts';
import { bars } from './bars.ts';
import { type Glance, Watcher } from './glance.ts';
import { haltedLine } from './halted.ts';
import type { Paint } from './paint.ts';
import { type Progress, primaryOf } from './progress.ts';
import { lengthOf, type Screen } from './screen.ts';

const REFRESH = 250;
const CHART_ROWS = 5;
const WIDEST = 110;

/** A view of some lines that is drawn over itself; for terminals. */
export function liveProgress(plan: Plan, target: string, screen: Screen, paint: Paint): Progress {
  const watcher = new Watcher(primaryOf(plan));
  const draw = () => {
    const width = Math.max(40, Math.min(screen.columns - 1, WIDEST));
    screen.show(linesOf(watcher.glance, plan, target, width, paint));
  };
  draw();
  const timer = setInterval(draw, REFRESH);
  return {
    show(event) {
      watcher.add(event);
      const halted = haltedLine(event);
      if (halted !== undefined) screen.tell(paint.bad(halted));
    },
    end() {
      clearInterval(timer);
      screen.clear();
    },
  };
}

function linesOf(glance: Glance, plan: Plan, target: string, width: number, paint: Paint): string[] {
  const end = phaseOf(plan, 'recovery').to;
  const clock = `${clockOf(glance.at)} of ${clockOf(end)}${glance.at > end ? ' and on' : ''}`;
  const heading = `${plan.profile.name} against ${target}`;
  const deadline = Math.max(...plan.classes.map((one) => one.deadline));
  const chart = { width: width - 4, rows: CHART_ROWS, decided: (glance.at - deadline) / 1_000 };
  return [
    paint.strong(spread(heading, clock, width)),
    `  ${phaseLine(glance, plan, paint)}`,
    '',
    ...bars(glance.history, chart, paint).map((line) => `  ${line}`),
    '',
    ...row('people', rates(glance, paint), width, paint),
    ...row('latency', latency(glance), width, paint),
    ...row('target', gauges(glance, plan, paint), width, paint),
    ...row('faults', faults(glance, plan), width, paint),
    ...row('generator', generator(glance, paint), width, paint),
  ];
}

/** A name and what belongs to it, on as many lines as that takes. */
function row(name: string, parts: readonly string[], width: number, paint: Paint): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last === undefined || lengthOf(last) + lengthOf(part) + 15 > width) lines.push(part);
    else lines[lines.length - 1] = `${last}  ${part}`;
  }
  return lines.map((line, at) => `  ${paint.dim((at === 0 ? name : '').padEnd(10))} ${line}`);
}

function rates({ offered, good, shed, failed, dropped, inFlight }: Glance, paint: Paint): string[] {
  return [
    `offered ${perSecond(offered)}`,
    paint.good(`good ${perSecond(good)}`),
    paint.shed(`shed ${perSecond(shed)}`),
    paint.bad(`failed ${perSecond(failed)}`),
    ...(dropped > 0 ? [paint.bad(`dropped ${perSecond(dropped)}`)] : []),
    `at it ${inFlight}`,
  ];
}

function latency({ p50, p95, attempts }: Glance): string[] {
  return [`p50 ${orDash(p50)}`, `p95 ${orDash(p95)}`, `attempts ${perSecond(attempts)}`];
}

/** The phases in order, the one the run is in told apart and with its time. */
function phaseLine({ phase, probing, at }: Glance, plan: Plan, paint: Paint): string {
  if (!phase) return 'getting ready';
  const steps = plan.phases.map(({ name, from, to }) => {
    if (name !== phase) return paint.dim(name);
    return paint.strong(`${name} ${Math.max(0, Math.floor((at - from) / 1_000))} of ${spoken(to - from)}`);
  });
  if (plan.phases.some(({ name }) => name === phase)) return steps.join(paint.dim(' › '));
  return [...steps, paint.strong(probing ? probeWords(probing) : phase)].join(paint.dim(' › '));
}

function probeWords({ level, step }: NonNullable<Glance['probing']>): string {
  const share = `${Math.round(level * 100)} %`;
  return step === 'hold' ? `probe: base load cut to ${share}` : `probe: base load restored after ${share}`;
}

/** The target's gauges; those that show the mechanism of the incident come first. */
function gauges({ indicators, down }: Glance, { profile }: Plan, paint: Paint): string[] {
  const signs = new Set(profile.mechanism.signs.flatMap(({ indicator, over }) => [indicator, ...(over ? [over] : [])]));
  const shown = (Object.keys(indicators) as IndicatorName[])
    .filter((name) => INDICATORS[name].kind === 'gauge' && !name.startsWith('process.'))
    .toSorted((a, b) => Number(signs.has(b)) - Number(signs.has(a)));
  const values = shown.map((name) => `${name} ${amount(indicators[name] ?? 0, INDICATORS[name].unit)}`);
  const silent = down.map((source) => paint.bad(`${source} does not answer scrapes`));
  return silent.length + values.length > 0 ? [...silent, ...values] : ['no metrics'];
}

function amount(value: number, unit: string): string {
  if (unit === 's') return spoken(value * 1_000);
  if (unit === 'bytes') return `${Math.round(value / 1_048_576)} MiB`;
  return String(Math.round(value));
}

function generator({ late, lag, cpu }: Glance, paint: Paint): string[] {
  const told = (says: string, ms: number | undefined) =>
    ms !== undefined && ms > SURVIVAL.generator.late ? paint.bad(says) : says;
  const share = cpu === undefined ? '-' : `${Math.round(cpu * 100)} % of a core`;
  return [told(`late p99 ${orDash(late)}`, late), told(`loop lag ${spoken(lag)}`, lag), `CPU ${share}`];
}

function faults({ faults: applied }: Glance, plan: Plan): string[] {
  if (applied.length === 0) return ['none'];
  return applied.map((index) => {
    const fault = plan.faults[index]?.fault;
    return fault ? faultName(fault) : `fault ${index}`;
  });
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
