import type { Finding, Look, Prepared } from '../../chaos/injector.ts';
import type { Undo } from '../../chaos/undo.ts';
import { undone } from '../../chaos/undoing.ts';

/** Undoes as any process would: from what was written down. */
export function undo(written: Undo): Promise<void> {
  return undone(JSON.parse(JSON.stringify(written)) as Undo);
}

/** Looks as often as a run does. */
export async function looks(prepared: Prepared, count = 5): Promise<readonly Look[]> {
  const seen: Look[] = [];
  for (let n = 0; n < count; n += 1) seen.push(await prepared.look());
  return seen;
}

/** Looks again until a finding holds, as a run does; the last one after 10 seconds. */
export async function found(find: (seen: readonly Look[]) => Finding, prepared: Prepared): Promise<Finding> {
  for (const end = performance.now() + 10_000; ; ) {
    const finding = find(await looks(prepared));
    if (finding.holds || performance.now() > end) return finding;
  }
}
