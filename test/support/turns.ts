/** Whose turn it is today: so many of them, the next ones tomorrow, until all have had theirs and it begins again. */
export function turnsOf<Item>(items: readonly Item[], many: number, day = today()): readonly Item[] {
  const wanted = Math.min(many, items.length);
  return Array.from({ length: wanted }, (_, index) => items[(day * many + index) % items.length] as Item);
}

/** Days since 1970, by Greenwich. */
function today(): number {
  return Math.floor(Date.now() / 86_400_000);
}
