import type { AcknowledgedRecording, KeptOf } from '../../core/acknowledged.ts';
import type { Ledger } from '../../core/event.ts';
import type { KeptRecording } from '../../core/target.ts';
import { type Asker, eachOf } from './asker.ts';
import { ledgerOf } from './ledger.ts';

/** Each recording must still be there, as long as it was said to be, and the same to the last byte. */
export async function checkedRecordings(
  { sample, total }: KeptOf<AcknowledgedRecording>,
  asker: Asker,
  at: number,
): Promise<Ledger> {
  const found = await eachOf(sample, async (acknowledged) => {
    const answer = await asker.ask(async (client) => ({ kept: await client.findRecording?.(acknowledged.id) }));
    return { id: acknowledged.id, held: answer && isWhole(acknowledged, answer.kept) };
  });
  return ledgerOf('recordings-whole', found, { at, acknowledged: total });
}

/** Whether all that is told of it at both times agrees; undefined where nothing is. */
function isWhole(acknowledged: KeptRecording, kept: KeptRecording | undefined): boolean | undefined {
  if (!kept) return false;
  const told = FACTS.filter((fact) => acknowledged[fact] !== undefined && kept[fact] !== undefined);
  return told.length > 0 ? told.every((fact) => acknowledged[fact] === kept[fact]) : undefined;
}

const FACTS = ['bytes', 'checksum'] as const;
