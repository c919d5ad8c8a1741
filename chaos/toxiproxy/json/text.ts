/** A string as Go writes it into JSON: safe inside of HTML, too. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A number of 32 bits in as few digits as tell it from its neighbours. */
export function shortest(number: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return String(short);
  }
  return String(number);
}
