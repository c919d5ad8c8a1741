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

function seen(sign: Sign, { plan, scrapes }: Recording): Seen {
  const { during, indicator, over } = sign;
  const { from, to } = phaseOf(plan, during);
  const level = (name: IndicatorName) => levelOf(scrapes, name, from, to);
  const part = level(indicator);
  const whole = over === undefined ? undefined : level(over);
  const missing = part === undefined ? indicator : over !== undefined && whole === undefined ? over : undefined;
  if (part === undefined || missing !== undefined)
    return { status: 'not covered', says: `the target told nothing of ${missing} in the ${during}` };
  if (over === undefined || whole === undefined) {
    const rate = INDICATORS[indicator].kind === 'counter' ? 'a second' : 'on average';
    return compared(sign, part, rate, (value) => number(value, 2));
  }
  if (whole <= 0) return { status: 'not found', says: `in the ${during} ${over} was 0 throughout` };
  const decimals = whole < 10 ? 1 : 0;
  const means = `(${number(part, decimals)} ${INDICATORS[indicator].unit} of ${number(whole, decimals)} on average)`;
  // Of things of another kind there is no share, but so many for each of them.
  const isShare = INDICATORS[indicator].unit === INDICATORS[over].unit;
  const of = `${isShare ? 'of' : 'for each of'} ${over} ${means}`;
  return compared(sign, part / whole, of, isShare ? percent : (value) => number(value));
}

/** Sets a value beside the limits of its sign; `of` is what it is a measure of, in words. */
function compared(
  { during, indicator, atLeast, atMost }: Sign,
  value: number,
  of: string,
  written: (value: number) => string,
): Seen {
  const measured = `in the ${during} ${indicator} came to ${written(value)} ${of}`;
  const limits = [atLeast, atMost].flatMap((limit) => (limit === undefined ? [] : written(limit))).join(' to ');
  const limit = atLeast === undefined ? `at most ${limits}` : limits;
  const isWithin =
    (atLeast === undefined || !isBelow(value, atLeast)) && (atMost === undefined || !isBelow(atMost, value));
  return isWithin
    ? { status: 'found', says: `${measured}, and ${limit} is enough to show it` }
    : { status: 'not found', says: `${measured}, and ${limit} would show it` };
}
