/** A piece of a stream on its way through the toxics of a link. */
export interface Chunk {
  readonly data: Buffer;
  /** When it arrived, by performance.now(), moved on by what it was delayed since: what latency counts its age from. */
  readonly at: number;
}

/** The longest piece that goes through toxics, in bytes: as long as the real server's buffer. */
const LONGEST = 32_768;

/** Cuts what was read into chunks; nothing is copied. */
export function chunksOf(data: Buffer): readonly Chunk[] {
  const at = performance.now();
  if (data.length <= LONGEST) return [{ data, at }];
  const chunks: Chunk[] = [];
  for (let from = 0; from < data.length; from += LONGEST)
    chunks.push({ data: data.subarray(from, from + LONGEST), at });
  return chunks;
}
