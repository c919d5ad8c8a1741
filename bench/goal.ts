/** A goal the project has set itself, and what was measured. */
export interface Goal {
  readonly says: string;
  /** What was measured, in words; says why when nothing was. */
  readonly figure: string;
  /** Undefined when it could not be told. */
  readonly met: boolean | undefined;
}

/** Holds a figure against the most it may be; `told` puts the figure into words. */
export function atMost(says: string, most: number, figure: number | undefined, told: (figure: number) => string): Goal {
  if (figure === undefined || Number.isNaN(figure)) return { says, figure: 'not measured', met: undefined };
  return { says, figure: told(figure), met: figure <= most };
}

/** Holds a figure against the least it may be. */
export function atLeast(
  says: string,
  least: number,
  figure: number | undefined,
  told: (figure: number) => string,
): Goal {
  return atMost(says, -least, figure === undefined ? undefined : -figure, (negative) => told(-negative));
}

/** A goal as one line: `met      lateness p50 under 1 ms: 0.48 ms`. */
export function goalLine({ says, figure, met }: Goal): string {
  const verdict = met === undefined ? 'not told' : met ? 'met' : 'NOT MET';
  return `${verdict.padEnd(8)} ${says}: ${figure}`;
}
