import type { AcknowledgedTicket, KeptOf } from '../../core/acknowledged.ts';
import type { Ledger } from '../../core/event.ts';
import { type Asker, eachOf } from './asker.ts';
import { ledgerOf } from './ledger.ts';

/** Each ticket must still be there. */
export async function checkedTickets(
  { sample, total }: KeptOf<AcknowledgedTicket>,
  asker: Asker,
  at: number,
): Promise<Ledger> {
  const found = await eachOf(sample, async ({ id }) => {
    const answer = await asker.ask(async (client) => ({ ticket: await client.findTicket?.(id) }));
    return { id, held: answer && answer.ticket !== undefined };
  });
  return ledgerOf('tickets-kept', found, { at, acknowledged: total });
}
