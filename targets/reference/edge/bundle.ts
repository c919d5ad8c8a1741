/** What the web client is made of: as it was built, and with what it takes to be in a meeting and nothing else. */
export type Bundle = 'full' | 'slim';

/** Files of each, and the bytes of a file: code is split, and each part is fetched when the one before is there. */
const FILES: Readonly<Record<Bundle, number>> = { full: 10, slim: 1 };
const FILE_BYTES = 16_000;

/** The paths of a bundle's files, in the order in which a page fetches them. */
export function pathsOf(bundle: Bundle): string[] {
  return Array.from({ length: FILES[bundle] }, (_, index) => `/client/${bundle}/${index}.js`);
}

/** The paths of a bundle's files, and what is in each; text that does not repeat itself, as minified code does not. */
export function filesOf(bundle: Bundle): ReadonlyMap<string, string> {
  return new Map(pathsOf(bundle).map((path, index) => [path, textOf(index)]));
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789(){}=;';

function textOf(seed: number): string {
  let state = seed + 1;
  let text = '';
  for (let length = 0; length < FILE_BYTES; length += 1) {
    // The generator of Park and Miller.
    state = (state * 48_271) % 2_147_483_647;
    text += LETTERS[state % LETTERS.length];
  }
  return text;
}
