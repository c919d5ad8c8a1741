import { count } from '../../reports/format.ts';
import type { Table } from '../table.ts';

/** A rate as people say it; undefined is as fast as it goes. */
export function spokenRate(rate: number | undefined): string {
  return rate === undefined ? 'full speed' : `${count(rate)}/s`;
}

/** A table for each rate that something was measured at. */
export function tablePerRate<Contestant extends { readonly rate: number | undefined }>(
  contestants: readonly Contestant[],
  tableOf: (rate: Contestant['rate'], alike: readonly Contestant[]) => Table,
): Table[] {
  const rates = [...new Set(contestants.map(({ rate }) => rate))];
  return rates.map((rate) =>
    tableOf(
      rate,
      contestants.filter((each) => each.rate === rate),
    ),
  );
}
