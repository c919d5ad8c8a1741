import { machineOf } from '../machine.ts';
import { accountOf } from './account.ts';
import { TARGET } from './declaration.ts';
import { chosenIn, loaded } from './loaded.ts';
import type { Order } from './order.ts';
import { planOf } from './plan.ts';

/**
 * A process that makes our load on the product's way: configuration, declaration, plan, worker thread, journey, bins,
 * recording on the disk and in memory, progress. What it leaves out is the score and the reports after the load.
 */
const order = JSON.parse(process.argv[2] ?? '') as Order;
const chosen = await chosenIn(order.config, TARGET);
const made = planOf(order.rate, order.seconds, chosen.target);
const { recording, began } = await loaded(made, chosen, order.folder, {
  entry: new URL('../../cli/load-worker.js', import.meta.url),
  machine: machineOf(undefined),
});
process.stdout.write(`${JSON.stringify(accountOf(recording, began))}\n`);
