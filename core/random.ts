/**
 * Draws a number in [0, 1) that depends on its four arguments alone, so that the same people make the same choices in
 * one process, in four shards or in another engine.
 */
export function draw(seed: number, journey: string, index: number, name: string): number {
  const key = hash(name, hash(journey, 0x9e3779b9));
  const high = mix(key ^ mix(Math.imul(index, 0x85ebca6b) ^ mix(seed)));
  const low = mix(high ^ Math.imul(index + 1, 0xc2b2ae35) ^ key);
  // 53 bits, as many as a double holds.
  return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 0x20000000000000;
}

/** Derives a 32-bit seed from another one and a name, for libraries that keep their own generator. */
export function derivedSeed(seed: number, name: string): number {
  return mix(hash(name, seed | 0)) >>> 0;
}

/** A generator of numbers in [0, 1) for work that needs many draws in a row (resampling); Mulberry32. */
export function sequence(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000;
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string, basis: number): number {
  let h = basis ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

/** The finalizer of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
