/** Adds counts by kind to those that are known already. */
export function addCounts<Kind extends string>(
  known: Partial<Record<Kind, number>>,
  more: Readonly<Partial<Record<Kind, number>>>,
): void {
  for (const [kind, count] of Object.entries(more) as [Kind, number][]) known[kind] = (known[kind] ?? 0) + count;
}
