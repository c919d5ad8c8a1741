import { type Mistake, Mistakes } from '../core/mistake.ts';
import { atEnd, here, take, takeMatch } from './cursor.ts';
import type { Exposition, Sample } from './exposition/family.ts';
import { type Matcher, NAME, named, takeMatcher, takeSpace } from './selector/matcher.ts';
import { misread, type SelectorCursor } from './selector/misread.ts';
import { latest } from './series.ts';

/** An instant-vector selector of PromQL: a series is selected when every matcher accepts its label. */
export interface Selector {
  readonly text: string;
  readonly matchers: readonly Matcher[];
}

/**
 * Reads `name{label="v",other!="x",re=~"a|b",nre!~"c"}`, names outside the classic alphabet quoted: `{"my.name"}`.
 * Throws Mistakes that name `where` it stands, the character and the mend; everything PromQL has beyond selectors is one.
 */
export function parseSelector(text: string, where = 'selector'): Selector {
  const cursor: SelectorCursor = { text, at: 0, where };
  takeSpace(cursor);
  const name = takeMatch(cursor, /[a-zA-Z_:][\w:]*/y);
  takeSpace(cursor);
  if (name === undefined && here(cursor) !== '{') throw misread(cursor, 'a metric name or "{"');
  const before = name === undefined ? [] : [named(name)];
  const matchers = take(cursor, '{') ? takeMatchers(cursor, before) : before;
  takeSpace(cursor);
  if (!atEnd(cursor)) throw misread(cursor, 'nothing more', cursor.at, MEND_REST);
  if (matchers.every(({ accepts }) => accepts('')))
    throw misread(cursor, 'a name or label that is not empty', 0, 'name a series: this selects all of them');
  return { text, matchers };
}

/** What is wrong with a selector; nothing when it can be read. */
export function mistakesOfSelector(text: string, where: string): readonly Mistake[] {
  try {
    parseSelector(text, where);
    return [];
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list;
    throw thrown;
  }
}

/** Tells whether a series is selected. */
export function selects(selector: Selector, { name, labels }: Pick<Sample, 'name' | 'labels'>): boolean {
  return selector.matchers.every(({ label, accepts }) => accepts(label === NAME ? name : (labels.get(label) ?? '')));
}

/**
 * Adds up the series a selector selects. Series that are NaN or infinite are left out; undefined when none is left, or
 * when the sum is beyond all numbers.
 */
export function sumOf(selector: Selector, exposition: Exposition): number | undefined {
  const selected = exposition.families.flatMap(({ samples }) => samples.filter((sample) => selects(selector, sample)));
  const values = [...latest(selected).values()].map(({ value }) => value).filter(Number.isFinite);
  const sum = values.reduce((total, value) => total + value, 0);
  return values.length > 0 && Number.isFinite(sum) ? sum : undefined;
}

const MEND_REST = 'name series only; functions, ranges, offsets and arithmetic are not evaluated here';

function takeMatchers(cursor: SelectorCursor, before: readonly Matcher[]): readonly Matcher[] {
  const matchers = [...before];
  let isNamed = before.length > 0;
  takeSpace(cursor);
  while (!take(cursor, '}')) {
    const from = cursor.at;
    const found = takeMatcher(cursor);
    const isName = typeof found === 'string';
    const matcher = isName ? named(found) : found;
    const isTwice = matcher.label === NAME && (isNamed || (isName && matchers.some(({ label }) => label === NAME)));
    if (isTwice) throw misread(cursor, 'the metric name only once', from);
    isNamed ||= isName;
    matchers.push(matcher);
    takeSpace(cursor);
    if (take(cursor, ',')) takeSpace(cursor);
    else if (here(cursor) !== '}') throw misread(cursor, '"," or "}"');
  }
  return matchers;
}
