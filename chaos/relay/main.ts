import { forwarderOf } from './forwarder.ts';
import type { Reply, Request } from './order.ts';

/*
 * The relay as a process of its own: it does what its owner asks over the channel, and the end of the channel ends it, so
 * that nothing it impairs outlives its owner, however that dies. The seed of all its chances is its only argument.
 */
const forwarder = forwarderOf(Number(process.argv[2]));

process.on('message', ({ id, ask }: Request) => {
  forwarder.does(ask).then(
    (answer) => reply({ id, answer }),
    (error: unknown) => reply({ id, failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
// Whoever ends the owner's session or group leaves it to the owner to end this one: clients are in the middle of calls.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

function reply(message: Reply): void {
  process.send?.(message);
}
