import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/** Where Debian has the plugins and transports of Janus. */
export const FOLDER = '/usr/lib/x86_64-linux-gnu/janus';

/** Ends as Janus itself, so that its process id is that of the shell; `$0` is the program, `$1` its folder. */
export const NETWORK = `ip link set lo up && ip link add storm type veth peer name storm-end &&
ip addr add 127.0.0.1/32 dev storm && ip link set storm up && ip link set storm-end up &&
exec "$0" --configs-folder="$1" --config="$1/janus.jcfg" --disable-colors`;

/** Takes connections on the loopback to a socket in a folder, and closes those for which there is nobody. */
export async function doorTo(path: string): Promise<Server> {
  const server = createServer((socket) => {
    const there = connect(path);
    socket.pipe(there).pipe(socket);
    socket.on('error', () => there.destroy()).on('close', () => there.destroy());
    there.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Whether somebody takes connections to a socket in a folder. */
export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
