import type { Throttle } from '../../../core/fault.ts';
import { CannotInject, type Look } from '../../injector.ts';
import type { Steps } from '../holders/order.ts';
import { meanOver } from '../holders/steps.ts';
import { type ShareLook, shareOver } from './share.ts';

/** How much of a core a process is to get: known from the start, or once it was seen how much it uses. */
export interface Allowance {
  /** The shares of a core as far as they are known before anything is seen: all, or none. */
  readonly known: readonly number[];
  /** Takes note of a look, and gives it back. */
  seen(look: ShareLook): ShareLook;
  /** The shares of a core, from now on; throws CannotInject where they are of a use that is none. */
  begin(): Steps;
  /** The share that was asked at the time of a look. */
  askedAt(look: Look): number;
}

/** The allowance of a throttle that lasts for so many milliseconds. */
export function allowanceOf({ steps, of = 'core' }: Omit<Throttle, 'kind'>, lasting: number): Allowance {
  const before: ShareLook[] = [];
  let begun: { readonly shares: readonly number[]; readonly at: number } | undefined;
  return {
    known: of === 'core' ? steps : [],
    seen(look) {
      if (!begun) before.push(look);
      return look;
    },
    begin() {
      const whole = of === 'core' ? 1 : (shareOver(before) ?? 0);
      if (whole === 0)
        throw new CannotInject('it was not seen to use any of the processor before, to get a share of that');
      begun = { shares: steps.map((share) => share * whole), at: performance.now() };
      return { shares: begun.shares, lasting };
    },
    askedAt({ fromMs, toMs }) {
      const { shares, at } = begun ?? { shares: steps, at: 0 };
      return meanOver(shares, lasting, Number(fromMs) - at, Number(toMs) - at);
    },
  };
}
