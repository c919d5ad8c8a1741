import { machineOf } from '../machine.ts';
import { TARGET } from '../ours/declaration.ts';
import { chosenIn, loaded } from '../ours/loaded.ts';
import type { Order } from '../ours/order.ts';
import { joinAccountOf } from './account.ts';
import { joinPlan } from './plan.ts';

/** A process that makes a storm of joins on the product's way, and prints what became of it. */
const order = JSON.parse(process.argv[2] ?? '') as Order;
const chosen = await chosenIn(order.config, TARGET);
const made = joinPlan(order.rate, order.seconds, chosen.target);
const { recording } = await loaded(made, chosen, order.folder, {
  entry: new URL('../../cli/load-worker.js', import.meta.url),
  machine: machineOf(undefined),
});
process.stdout.write(`${JSON.stringify(joinAccountOf(recording))}\n`);
