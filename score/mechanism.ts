import { INDICATORS, type IndicatorName } from '../core/indicator.ts';
import { phaseOf } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';
import type { Score } from '../core/score.ts';
import { isBelow } from './below.ts';
import { levelOf } from './series.ts';
import { number, percent } from './spoken.ts';

/** Whether the target's own metrics show the mechanism of the documented incident, in the phase the profile names. */
export function mechanismOf({ plan, scrapes }: Recording): Score['mechanism'] {
  const { says, during, indicator, over, atLeast } = plan.profile.mechanism;
  const { from, to } = phaseOf(plan, during);
  const level = (name: IndicatorName) => levelOf(scrapes, name, from, to);
  const part = level(indicator);
  const whole = over === undefined ? undefined : level(over);
  const missing = part === undefined ? indicator : over !== undefined && whole === undefined ? over : undefined;
  if (part === undefined || missing !== undefined)
    return told('not covered', `the target told nothing of ${missing} in the ${during}: whether ${says} is not known`);
  if (over !== undefined && whole !== undefined) {
    const decimals = whole < 10 ? 1 : 0;
    const means = `${number(part, decimals)} ${INDICATORS[indicator].unit} of ${number(whole, decimals)} on average`;
    if (whole <= 0) return told('not found', `no sign in the ${during} that ${says}: ${over} was 0 throughout`);
    return judged(
      part / whole,
      `${indicator} came to ${percent(part / whole)} of ${over} (${means})`,
      percent(atLeast),
    );
  }
  const unit = INDICATORS[indicator].kind === 'counter' ? 'a second' : 'on average';
  return judged(part, `${indicator} came to ${number(part, 2)} ${unit}`, number(atLeast, 2));

  function judged(value: number, measured: string, limit: string): Score['mechanism'] {
    if (isBelow(value, atLeast))
      return told('not found', `no sign in the ${during} that ${says}: ${measured}, and ${limit} would show it`);
    return told('found', `in the ${during} ${says}: ${measured}, and ${limit} is enough to show it`);
  }
}

function told(status: Score['mechanism']['status'], says: string): Score['mechanism'] {
  return { status, says, from: 'target' };
}
