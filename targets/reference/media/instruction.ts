import type { Instruction } from './order.ts';

/** Reads what the gateway says; undefined when it is nothing that is known. */
export function instructionIn(text: string): Instruction | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, key, meeting, audio, video } = value as Readonly<Record<string, unknown>>;
  if (typeof key !== 'string') return undefined;
  if (type === 'give-up') return { type, key };
  if (type !== 'keep' || typeof meeting !== 'string' || !isSsrc(audio) || !isSsrc(video)) return undefined;
  return { type, key, meeting, audio, video };
}

function isSsrc(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff;
}
