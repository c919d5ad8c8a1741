import { INDICATORS, type IndicatorName } from '../core/indicator.ts';
import { phaseOf } from '../core/plan.ts';
import type { Sign } from '../core/profile.ts';
import type { Recording } from '../core/recording.ts';
import type { Score } from '../core/score.ts';
import { isBelow } from './below.ts';
import { levelOf } from './series.ts';
import { number, percent } from './spoken.ts';

type Status = Score['mechanism']['status'];

/**
 * Whether the target's own metrics show the mechanism of the documented incident: every sign the profile names has to be
 * there, each in its phase. What is seen not to be there weighs more than what the target does not tell.
 */
export function mechanismOf(recording: Recording): Score['mechanism'] {
  const { says, signs } = recording.plan.profile.mechanism;
  const found = signs.map((sign) => seen(sign, recording));
  const with_ = (status: Status) => found.filter((one) => one.status === status);
  const [absent, untold] = [with_('not found'), with_('not covered')];
  const told = (some: readonly Seen[]) => some.map((one) => one.says).join('; ');
  if (absent.length > 0) return judged('not found', `no sign that ${says}: ${told(absent)}`);
  if (untold.length > 0) return judged('not covered', `whether ${says} is not known: ${told(untold)}`);
  return judged('found', `${says}: ${told(found)}`);
}

function judged(status: Status, says: string): Score['mechanism'] {
  return { status, says, from: 'target' };
}

interface Seen {
  readonly status: Status;
  readonly says: string;
}

function seen({ during, indicator, over, atLeast }: Sign, { plan, scrapes }: Recording): Seen {
  const { from, to } = phaseOf(plan, during);
  const level = (name: IndicatorName) => levelOf(scrapes, name, from, to);
  const part = level(indicator);
  const whole = over === undefined ? undefined : level(over);
  const missing = part === undefined ? indicator : over !== undefined && whole === undefined ? over : undefined;
  if (part === undefined || missing !== undefined)
    return { status: 'not covered', says: `the target told nothing of ${missing} in the ${during}` };
  const compare = (value: number, measured: string, limit: string): Seen =>
    isBelow(value, atLeast)
      ? { status: 'not found', says: `in the ${during} ${measured}, and ${limit} would show it` }
      : { status: 'found', says: `in the ${during} ${measured}, and ${limit} is enough to show it` };
  if (over !== undefined && whole !== undefined) {
    if (whole <= 0) return { status: 'not found', says: `in the ${during} ${over} was 0 throughout` };
    const decimals = whole < 10 ? 1 : 0;
    const means = `${number(part, decimals)} ${INDICATORS[indicator].unit} of ${number(whole, decimals)} on average`;
    return compare(
      part / whole,
      `${indicator} came to ${percent(part / whole)} of ${over} (${means})`,
      percent(atLeast),
    );
  }
  const unit = INDICATORS[indicator].kind === 'counter' ? 'a second' : 'on average';
  return compare(part, `${indicator} came to ${number(part, 2)} ${unit}`, number(atLeast, 2));
}
