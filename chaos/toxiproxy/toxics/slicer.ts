import type { ToxicKind } from './toxic.ts';

/**
 * Cuts chunks into pieces of `average_size` ± `size_variation` bytes and waits `delay` microseconds after each.
 * Interruption delivers the rest in one piece.
 */
export const slicer: ToxicKind<'average_size' | 'size_variation' | 'delay'> = {
  type: 'slicer',
  struct: 'SlicerToxic',
  attributes: { average_size: 'int', size_variation: 'int', delay: 'int' },
  complaint({ average_size: average, size_variation: variation }) {
    if (average < 1) return `slicer: average_size must be at least 1, not ${average}`;
    if (variation < average && average + variation >= 1) return undefined;
    return `slicer: size_variation must be smaller than average_size (${average}), not ${variation}`;
  },
  async pipe(flow, { average_size: average, size_variation: variation, delay }) {
    for (let chunk = await flow.read(); chunk; chunk = await flow.read()) {
      const { data, at } = chunk;
      let from = 0;
      for (const to of cuts(data.length, average, variation, flow.random)) {
        await flow.write({ data: data.subarray(from, to), at });
        from = to;
        if (!flow.interrupted) await flow.pause(delay / 1_000);
        if (flow.interrupted) break;
      }
      if (from < data.length) await flow.write({ data: data.subarray(from), at });
    }
  },
};

/** Where the pieces end: halves of halves, moved by the variation, until they are short enough. */
function* cuts(length: number, average: number, variation: number, random: () => number, start = 0): Generator<number> {
  if (length - average <= variation) return yield start + length;
  const moved = variation > 0 ? Math.floor(random() * 2 * variation) - variation : 0;
  const middle = Math.floor(length / 2) + moved;
  yield* cuts(middle, average, variation, random, start);
  yield* cuts(length - middle, average, variation, random, start + middle);
}
