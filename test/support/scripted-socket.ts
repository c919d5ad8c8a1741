import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';

/** A WebSocket server that answers by a script, whatever is asked, and who speaks to it. */
export interface ScriptedSocket {
  readonly url: string;
  readonly io: PatientTransport;
  readonly wire: ReturnType<typeof nodeWire>;
  /** What it was told so far, by everybody. */
  readonly heard: readonly string[];
  /** Says the same to everybody. */
  say(text: string): void;
  close(): Promise<void>;
}

/** What is done about one message, told which one it was. */
type Turn = (socket: WebSocket, heard: string) => void;

/** Starts one that speaks a subprotocol; everybody who connects gets the turns from the first one on. */
export async function scriptedSocket(
  protocol: string,
  turns: readonly Turn[],
  patience: number,
): Promise<ScriptedSocket> {
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server, handleProtocols: () => protocol });
  await once(server, 'listening');
  const heard: string[] = [];
  sockets.on('connection', (socket) => {
    const rest = [...turns];
    socket.on('message', (data) => {
      heard.push(String(data));
      rest.shift()?.(socket, String(data));
    });
  });
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + patience;
  return {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, io, wire, heard },
    say(text) {
      for (const socket of sockets.clients) socket.send(text);
    },
    close() {
      wire.close();
      for (const socket of sockets.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
