/** Colours for a terminal, or none. */
export interface Paint {
  strong(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  shed(text: string): string;
  bad(text: string): string;
}

const plain = (text: string): string => text;
const coloured =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

/** Colours are used on terminals only, and never when NO_COLOR is set (no-color.org). */
export function paintFor(out: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Paint {
  if (!usesColor(out, env)) return { strong: plain, dim: plain, good: plain, shed: plain, bad: plain };
  return { strong: coloured(1), dim: coloured(2), good: coloured(32), shed: coloured(33), bad: coloured(31) };
}

export function usesColor(
  out: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return Boolean(out.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
}
