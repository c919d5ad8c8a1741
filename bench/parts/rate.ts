import { count } from '../../reports/format.ts';

/** A rate as people say it; undefined is as fast as it goes. */
export function spokenRate(rate: number | undefined): string {
  return rate === undefined ? 'full speed' : `${count(rate)}/s`;
}
