import { IntentLog } from '../intents.ts';
import { undone } from '../undoing.ts';
import { relieve } from './duty.ts';
import { HANG, type WatchdogOrder } from './order.ts';

/*
 * The watchdog of a run: a process of its own, in a session of its own, that outlives whoever started it and undoes what
 * they leave. Its standard input is the leash: its end means that the owner is gone, silence that the owner hangs. It
 * ends when the owner is gone and nothing is left to undo, or nothing more can be done about it.
 */
const order = JSON.parse(process.argv[2] ?? '') as WatchdogOrder;
const duty = { log: new IntentLog(order.file), undo: undone, persistence: order.persistence };
let relieving: Promise<void> | undefined;

const act = () => {
  relieving ??= relieve(duty).finally(() => {
    relieving = undefined;
  });
  return relieving;
};

let silence = setTimeout(act, HANG);
process.stdin.on('data', () => {
  clearTimeout(silence);
  silence = setTimeout(act, HANG);
});
process.stdin.on('end', async () => {
  clearTimeout(silence);
  await relieving;
  await act();
  duty.log.clear();
  process.exit();
});
// Whoever ends the owner's session or group must not end the watchdog with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
