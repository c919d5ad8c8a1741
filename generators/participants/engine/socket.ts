import { createSocket, type Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { Failure } from '../../../core/failure.ts';
import { failureOf, lookupWithin } from '../../transports/reach.ts';
import type { Reach } from '../../transports/wire.ts';

/** Room for what comes while this thread is away: what the kernel drops would look like the target's loss. */
const ROOM = 4 * 1024 * 1024;

/** Opens sockets that speak with one media server each, within reach. */
export function mediaSockets(reach: Reach): (host: string, port: number) => Promise<Socket> {
  const lookup = lookupWithin(reach);
  const addressOf = (host: string) =>
    new Promise<LookupAddress>((resolve, reject) => {
      lookup(host, { all: true }, (error, found) => {
        const addresses = Array.isArray(found) ? found : [];
        const address = addresses.find(({ family }) => family === 4) ?? addresses[0];
        if (error || !address) reject(failureOf(error ?? new Error(`${host} has no address`)));
        else resolve(address);
      });
    });
  return async (host, port) => {
    const { address, family } = await addressOf(host);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Failure('protocol', `a media server cannot be at port ${port}`);
    const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4' });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.connect(port, address, () => {
          socket.off('error', reject);
          resolve();
        });
      });
      // The kernel gives as much of it as its owner allows.
      socket.setRecvBufferSize(ROOM);
      return socket;
    } catch (thrown) {
      socket.close();
      throw failureOf(thrown);
    }
  };
}

/**
 * Hands over what comes in, and nothing else: an emitter looks up by name for every datagram who listens, which is a
 * thirtieth of what a packet costs. Other events go their usual way.
 */
export function onDatagram(socket: Socket, listener: (datagram: Buffer) => void): void {
  const emit: (event: string, ...told: unknown[]) => boolean = socket.emit.bind(socket);
  const emits = (event: string, told: unknown, ...others: unknown[]) => {
    if (event !== 'message') return emit(event, told, ...others);
    listener(told as Buffer);
    return true;
  };
  Object.assign(socket, { emit: emits });
}
