import { cleanUp } from '../../chaos/cleanup.ts';
import { manualOf } from '../../chaos/manual.ts';
import { undone } from '../../chaos/undoing.ts';
import { EXIT, type ExitCode } from '../../core/exit.ts';
import type { Surroundings } from '../commands/command.ts';
import { tellRemaining } from '../faults/remaining.ts';
import { intentsFolder } from '../faults/state-folder.ts';
import type { OptionReader } from '../options.ts';

/** Undoes everything that runs have left whose process is gone, and tells it; 113 when something may remain. */
export async function cleanUpNow(options: OptionReader, { console, env }: Surroundings): Promise<ExitCode> {
  const json = options.flag('json');
  options.check();
  const folder = intentsFolder(env);
  const found = await cleanUp(folder, undone);
  const failed = found.failed.map(({ intent: { name, says, undo }, why }) => ({
    name,
    says,
    why,
    byHand: manualOf(undo),
  }));
  if (json) {
    const named = (some: typeof found.undone) => some.map(({ name, says }) => ({ name, says }));
    console.print(JSON.stringify({ undone: named(found.undone), failed, owned: named(found.owned) }, undefined, 2));
  } else {
    for (const { says } of found.undone) console.print(`put back: ${says}`);
    for (const { says } of found.owned) console.print(`left to the run it belongs to: ${says}`);
    for (const { says, why } of failed) console.print(`not put back: ${says}: ${why}`);
    if (found.undone.length + found.owned.length + failed.length === 0)
      console.print('nothing is left of earlier runs');
  }
  tellRemaining(
    found.failed.map(({ intent }) => intent),
    console,
  );
  if (failed.length === 0) return EXIT.survived;
  console.tell(`What has been dealt with in another way is forgotten when its file in ${folder} is removed.`);
  return EXIT.uncleaned;
}
