import { Buffer } from 'node:buffer';
import { both, endless, type Manners, says } from './hostile-service.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
/** Does one thing, and the other a moment later. */
export const afterwards =
  (first: Manners, end: Manners): Manners =>
  (socket) => {
    first(socket);
    setImmediate(() => end(socket));
  };
/** Ends the connection. */
export const ends: Manners = (socket) => socket.end();

/** Answers that are none. */
export const NO_ANSWERS: readonly (readonly [string, Manners])[] = [
  ['nothing', () => {}],
  ['the end of the connection', ends],
  ['a reset', (socket) => socket.resetAndDestroy()],
  ['half an answer, and nothing more', says(`${OK}content-length: 100\r\n\r\n{"token":`)],
  ['half an answer, and the end', afterwards(says(`${OK}content-length: 100\r\n\r\n{"token":`), ends)],
  ['half a head, and the end', afterwards(says(`${OK}content-le`), ends)],
  ['garbage', says(Buffer.from(Array.from({ length: 2_000 }, (_, at) => (at * 37) % 256)))],
  ['another protocol', says('SSH-2.0-OpenSSH_9.6\r\n')],
  ['a TLS alert', says(Buffer.from('15030300020228', 'hex'))],
  ['a header of 1 MB', says(`${OK}x: ${'y'.repeat(1_000_000)}\r\n\r\n`)],
  ['headers without end', both(says(OK), endless(`${`x: ${'y'.repeat(100)}\r\n`.repeat(100)}`))],
  ['promises of an answer without end', endless('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50))],
  ['another protocol, unasked', says('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')],
  ['a chunk of no size', says(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`)],
  ['a chunk of a size beyond numbers', says(`${OK}transfer-encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\n`)],
  [
    'chunks without end',
    both(says(`${OK}transfer-encoding: chunked\r\n\r\n`), endless(`4000\r\n${'x'.repeat(16_384)}\r\n`)),
  ],
  ['two lengths', says(`${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`)],
  ['a length below nothing', says(`${OK}content-length: -1\r\n\r\n{}`)],
  ['a length and chunks', says(`${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`)],
  ['a status that is none', says('HTTP/1.1 0 OK\r\ncontent-length: 0\r\n\r\n')],
  ['a version that is none', says('HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n')],
];
