/**
 * Characters that draw nothing or redraw what stands around them: controls (terminals obey some), the bidirectional
 * overrides that make a name read as another one, zero-width ones, and halves of pairs.
 */
const UNSEEN = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\p{Cs}]/gu;

/** Writes a text from a recording so that it can only be read: what would not be seen is spelled out as `\u202e`. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => {
    if (character === '\n' || character === '\t') return ' ';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Shortens a name to so many characters; what is missing is shown by an ellipsis. */
export function shortened(text: string, most: number): string {
  const characters = [...printable(text)];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
