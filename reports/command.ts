import type { Recording } from '../core/recording.ts';

/** The command line that plans the same run again; a demonstration brings its own targets. */
export function commandOf({ plan, target }: Recording, demonstration: boolean): string {
  const at = demonstration ? ['--demo'] : ['--target', quoted(target.name)];
  const size = ['--seed', String(plan.seed), '--pace', plan.pace, '--scale', String(plan.scale)];
  return ['stormtest', quoted(plan.profile.name), ...at, ...size].join(' ');
}

/** As a POSIX shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w.:/@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
