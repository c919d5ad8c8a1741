import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';

/** Says why a recording cannot be begun. */
export function cannotOpen(path: string, thrown: unknown): Mistakes {
  const code = codeOf(thrown);
  if (code === 'EEXIST')
    return Mistakes.of(path, 'is there already', 'name another place with --out; a recording is never written over');
  if (code === 'ENOTDIR') return noFolder(path);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return Mistakes.of(path, 'may not be written', 'name another place with --out');
  if (code === 'ENOSPC' || code === 'EDQUOT') return cannotWrite(path, thrown);
  return Mistakes.of(path, `cannot be made: ${reasonOf(thrown)}`, 'name another place with --out');
}

/** Says that a file is in the way. */
export function noFolder(path: string): Mistakes {
  return Mistakes.of(path, 'a file stands where a folder has to be', 'name another place with --out');
}

/** Says why a recording could not go on; the machine is to blame, not the user's input. */
export function cannotWrite(path: string, thrown: unknown): Mistakes {
  const mend = 'free some space and run again; what was recorded until now can be read';
  const code = codeOf(thrown);
  if (code === 'ENOSPC') return Mistakes.of(path, 'the disk is full', mend, EXIT.broken);
  if (code === 'EDQUOT') return Mistakes.of(path, 'the disk quota is used up', mend, EXIT.broken);
  if (code === 'EFBIG') return Mistakes.of(path, 'the file may not grow any further (ulimit -f)', mend, EXIT.broken);
  return Mistakes.of(
    path,
    `cannot be written: ${reasonOf(thrown)}`,
    'what was recorded until now can be read',
    EXIT.broken,
  );
}

/** Says why a report could not be written; the recording it is made from is untouched. */
export function cannotWriteReport(path: string, thrown: unknown): Mistakes {
  const mend = 'free some space, then: stormtest report';
  const full = ['ENOSPC', 'EDQUOT'].includes(codeOf(thrown) ?? '');
  return Mistakes.of(path, full ? 'the disk is full' : `cannot be written: ${reasonOf(thrown)}`, mend, EXIT.broken);
}

/** Says that events come faster than the disk takes them. */
export function tooSlow(path: string, waiting: number): Mistakes {
  const what = `the disk is too slow: ${Math.round(waiting / 1024 / 1024)} MiB are waiting to be written`;
  return Mistakes.of(path, what, 'record to a local disk; what was recorded until now can be read', EXIT.broken);
}

/** The system's code of an error, if it has one. */
export function codeOf(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The system's words without its code and the path, which stand beside them already. */
export function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.replace(/^[A-Z]+: /, '').replace(/, \w+( '.*)?$/s, '');
}
