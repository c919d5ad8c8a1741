/** Maps values to heights: 0 is the foot of a plot, 1 its top. */
export interface Scale {
  at(value: number): number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** From 0 to a round number at or above `most`, with at most five ticks. */
export function linearScale(most: number, label: (value: number) => string): Scale {
  const step = roundStep((most > 0 ? most : 1) / 4);
  const steps = Math.max(1, Math.ceil((most > 0 ? most : 1) / step - 1e-9));
  const top = steps * step;
  const ticks = Array.from({ length: steps + 1 }, (_, place) => place * step);
  return {
    at: (value) => within(value / top),
    ticks: ticks.map((value) => ({ value, label: label(Number(value.toPrecision(12))) })),
  };
}

/** Powers of ten from `least` to `most`, both above 0. */
export function logScale(least: number, most: number, label: (value: number) => string): Scale {
  const [low, high] = [
    Math.floor(Math.log10(least)),
    Math.max(Math.floor(Math.log10(least)) + 1, Math.ceil(Math.log10(most))),
  ];
  const ticks = Array.from({ length: high - low + 1 }, (_, place) => 10 ** (low + place));
  return {
    at: (value) => within((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)),
    ticks: ticks.map((value) => ({ value, label: label(value) })),
  };
}

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below a value. */
export function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
