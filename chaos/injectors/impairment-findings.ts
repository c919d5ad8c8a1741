import type { Finding } from '../injector.ts';
import { DIRECTIONS, type Direction, delays, type Shape } from '../relay/shape.ts';

/** What was measured of the datagrams of one look, each way; shares are of what was sent or came. */
export type Measured = Readonly<
  Record<`${Direction}${'Sent' | 'Came' | 'Twice' | 'Late' | 'Kbps'}`, number> &
    Record<`${Direction}${'LowMs' | 'MidMs' | 'HighMs'}`, number | undefined>
>;

/** One look through a path of a relay, and what the relay says of itself. A type and no interface, as a Look is. */
export type Seen = Measured & {
  /** Whether the relay has the impairment in place, and how many others on the same path. */
  readonly isIn?: boolean | undefined;
  readonly others?: number | undefined;
  /** Datagrams of participants that have gone that way so far. */
  readonly participants?: number | undefined;
  /** Why the relay said nothing. */
  readonly failed?: string;
};

export interface ImpairmentFindings {
  bites(before: readonly Seen[], during: readonly Seen[]): Finding;
  gone(before: readonly Seen[], after: readonly Seen[]): Finding;
}

/** One thing that was asked, and how it shows in looks one way; undefined where nothing came that could tell. */
interface Aspect {
  /** `lost` */
  readonly what: string;
  /** `5 %` */
  words(value: number): string;
  readonly asked: number;
  of(looks: readonly Seen[], way: Direction): number | undefined;
  shows(was: number, is: number, looks: readonly Seen[], way: Direction): boolean;
  isBack(was: number, is: number): boolean;
}

/** Milliseconds: what timers take off, and what noise may add without the fault being there still. */
const TOLERANCE = 10;
const NOISE = 40;
/** A range of delays so wide, in milliseconds, is gone through within one look (`relay/volley.ts`), as fast as delays change. */
const SEEN_AT_ONCE = 80;
/** What the measured rate may be beside the one that was asked. */
const CLOSE = 1.1;
const WORDS: Readonly<Record<Direction, string>> = { upstream: 'there', downstream: 'back' };

/** What the looks come to: everything that was asked has to show in every direction it was asked for. */
export function impairmentFindings(shape: Shape, ways: readonly Direction[] = DIRECTIONS): ImpairmentFindings {
  const aspects = aspectsOf(shape);
  return {
    bites(before, during) {
      const findings = aspects.map((aspect) =>
        compared(aspect, ways, before, during, (was, is, way) => aspect.shows(was, is, during, way)),
      );
      const { isIn, participants = 0, failed } = during.at(-1) ?? {};
      const says = [...findings.map(({ says }) => says), `${participants} datagrams of participants went by it so far`];
      const holds = findings.every(({ holds }) => holds) && isIn === true && participants > 0;
      return {
        holds,
        says: [...says, ...stated(isIn === true, failed, 'the relay does not have it in place')].join('; '),
      };
    },
    gone(before, after) {
      const { isIn, others = 0, failed } = after.at(-1) ?? {};
      const isOut = isIn === false;
      const told = stated(isOut, failed, 'the relay has it in place still');
      // What others do to the same path cannot be told apart; what the relay says of itself can.
      if (others > (before.at(-1)?.others ?? 0))
        return { holds: isOut, says: [`${others} others on the same path`, ...told].join('; ') };
      const findings = aspects.map((aspect) => compared(aspect, ways, before, after, aspect.isBack));
      const holds = isOut && findings.every(({ holds }) => holds);
      return { holds, says: [...findings.map(({ says }) => says), ...told].join('; ') };
    },
  };
}

function stated(isSo: boolean, failed: string | undefined, otherwise: string): readonly string[] {
  return isSo ? [] : [failed ?? otherwise];
}

function compared(
  aspect: Aspect,
  ways: readonly Direction[],
  before: readonly Seen[],
  later: readonly Seen[],
  holds: (was: number, is: number, way: Direction) => boolean,
): Finding {
  const found = ways.map((way) => ({ way, was: aspect.of(before, way), is: aspect.of(later, way) }));
  const words = (value: number | undefined) => (value === undefined ? 'nothing came' : aspect.words(value));
  const told = (of: 'was' | 'is') => found.map((one) => `${words(one[of])} ${WORDS[one.way]}`).join(', ');
  return {
    holds: found.every(({ way, was, is }) => was !== undefined && is !== undefined && holds(was, is, way)),
    says: `${aspect.what}: ${told('is')}, asked ${aspect.words(aspect.asked)} (before: ${told('was')})`,
  };
}

function aspectsOf({ loss = 0, latency = 0, jitter = 0, reorder = 0, duplicate = 0, kilobitsPerSecond }: Shape) {
  const lost = share('lost', loss, 'Sent', (look, way) => look[`${way}Sent`] - look[`${way}Came`]);
  // Where nothing comes, nothing else can be seen.
  if (loss === 1) return [lost];
  return [
    ...(loss > 0 ? [lost] : []),
    ...(reorder > 0 ? [share('out of order', reorder, 'Came', (look, way) => look[`${way}Late`])] : []),
    ...(duplicate > 0 ? [share('twice', duplicate, 'Came', (look, way) => look[`${way}Twice`])] : []),
    ...(latency > 0 ? [delayed(latency, jitter)] : []),
    ...(jitter > 0 ? [spread({ latency, jitter, kilobitsPerSecond })] : []),
    ...(kilobitsPerSecond === undefined ? [] : [limited(kilobitsPerSecond)]),
  ];
}

/** So few may be hit by chance alone: four standard deviations below what was asked, or a quarter of it. */
function share(what: string, asked: number, of: 'Sent' | 'Came', hit: (look: Seen, way: Direction) => number): Aspect {
  const total = (looks: readonly Seen[], way: Direction) => looks.reduce((sum, look) => sum + look[`${way}${of}`], 0);
  return {
    what,
    words: (value) => `${Number((value * 100).toFixed(2))} %`,
    asked,
    of: (looks, way) => {
      const all = total(looks, way);
      return all === 0 ? undefined : looks.reduce((sum, look) => sum + hit(look, way), 0) / all;
    },
    shows(was, is, looks, way) {
      const deviation = Math.sqrt((asked * (1 - asked)) / Math.max(1, total(looks, way)));
      return is - was >= Math.max(asked / 4, asked - 4 * deviation);
    },
    isBack: (was, is) => is - was <= asked / 2,
  };
}

function delayed(latency: number, jitter: number): Aspect {
  return {
    what: 'delay',
    words: ms,
    asked: latency,
    of: (looks, way) => middle(looks.flatMap((look) => look[`${way}MidMs`] ?? [])),
    // What wanders is anywhere in its range while it is looked at.
    shows: (was, is) => is - was >= Math.max(latency / 2, jitter > 0 ? 0 : latency - TOLERANCE),
    isBack: (was, is) => is - was < Math.max(latency / 2, NOISE),
  };
}

function spread(shape: Pick<Shape, 'latency' | 'jitter'> & { readonly kilobitsPerSecond: number | undefined }): Aspect {
  const { least, most } = delays(shape);
  // Where every look goes over the whole range, one that the machine held up tells nothing that the others do not.
  const isInEach = shape.kilobitsPerSecond === undefined && most - least <= SEEN_AT_ONCE;
  return {
    what: 'spread of the delay',
    words: ms,
    asked: most - least,
    of(looks, way) {
      const ranges = looks.flatMap((look) => {
        const [low, high] = [look[`${way}LowMs`], look[`${way}HighMs`]];
        return low === undefined || high === undefined ? [] : [{ low, high }];
      });
      if (ranges.length === 0) return undefined;
      if (!isInEach || ranges.length < 3) return width(ranges);
      return Math.min(...ranges.map((one) => width(ranges.filter((other) => other !== one))));
    },
    shows: (was, is) => is - was >= (most - least) * 0.4,
    isBack: (was, is) => is - was < Math.max((most - least) / 2, NOISE),
  };
}

function width(ranges: readonly { readonly low: number; readonly high: number }[]): number {
  return Math.max(...ranges.map(({ high }) => high)) - Math.min(...ranges.map(({ low }) => low));
}

function limited(kilobitsPerSecond: number): Aspect {
  return {
    what: 'rate',
    words: (value) => `${Math.round(value)} kbit/s`,
    asked: kilobitsPerSecond,
    of: (looks, way) => middle(looks.map((look) => look[`${way}Kbps`])),
    shows: (was, is) => was > kilobitsPerSecond * CLOSE && is <= kilobitsPerSecond * CLOSE,
    isBack: (_, is) => is > kilobitsPerSecond * CLOSE,
  };
}

function middle(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
