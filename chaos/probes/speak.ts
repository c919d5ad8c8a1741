import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Speech } from '../../core/means.ts';
import type { Address } from './address.ts';
import type { Heard } from './heard.ts';

/** What is said, and when the answer is whole: after its first piece, or when the server closes the connection. */
interface Words {
  readonly say: Buffer | undefined;
  readonly whole: 'first' | 'end';
}

/** PostgreSQL's SSLRequest, which every server answers with one byte (its manual, "Message Formats"). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** How much later than the first byte others have to come to count as late, in milliseconds. */
const LATE = 20;

/** More of an answer than this tells nothing more. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Opens a connection, says what makes the service answer, and measures what comes back; never rejects. */
export function speak(address: Address, speech: Speech, limitMs: number): Promise<Heard> {
  const opened = performance.now();
  if (speech.kind !== 'tls') return listened(connect({ ...address }), wordsOf(speech, address), opened, limitMs);
  // The handshake itself is the exchange that is timed: it is done when the server has answered.
  const socket = connectTls({ ...address, rejectUnauthorized: false, ...(speech.host && { servername: speech.host }) });
  return shaken(socket, opened, limitMs);
}

function wordsOf(speech: Exclude<Speech, { kind: 'tls' }>, { host, port }: Address): Words {
  if (speech.kind === 'postgres') return { say: SSL_REQUEST, whole: 'first' };
  if (speech.kind === 'greeting') return { say: undefined, whole: 'first' };
  const asked = [`GET ${speech.path} HTTP/1.1`, `Host: ${speech.host ?? `${host}:${port}`}`, 'Connection: close'];
  return {
    say: Buffer.from(`${[...asked, 'User-Agent: stormtest', 'Accept: */*'].join('\r\n')}\r\n\r\n`),
    whole: 'end',
  };
}

function listened(socket: Socket, { say, whole }: Words, opened: number, limitMs: number): Promise<Heard> {
  return new Promise((resolve) => {
    let asked = opened;
    let firstByteAt: number | undefined;
    let [bytes, lateBytes] = [0, 0];
    let lastByteAt = 0;
    const end = (ended: Heard['ended']) => {
      clearTimeout(timer);
      socket.destroy();
      if (firstByteAt === undefined) resolve({ ended, firstByteMs: undefined, flowMs: undefined, bytes, lateBytes });
      else resolve({ ended, firstByteMs: firstByteAt - asked, flowMs: lastByteAt - firstByteAt, bytes, lateBytes });
    };
    const timer = setTimeout(() => end('silent'), limitMs);
    socket.once('connect', () => {
      asked = performance.now();
      if (say) socket.write(say);
    });
    socket.on('data', (chunk: Buffer) => {
      lastByteAt = performance.now();
      firstByteAt ??= lastByteAt;
      bytes += chunk.length;
      if (lastByteAt > firstByteAt + LATE) lateBytes += chunk.length;
      if (whole === 'first' || bytes > MOST_BYTES) end('answered');
    });
    socket.once('end', () => end(bytes > 0 && whole === 'end' ? 'answered' : 'closed'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'));
  });
}

function shaken(socket: Socket, opened: number, limitMs: number): Promise<Heard> {
  return new Promise((resolve) => {
    const end = (ended: Heard['ended']) => {
      clearTimeout(timer);
      socket.destroy();
      const took = performance.now() - opened;
      const answered = ended === 'answered';
      const [firstByteMs, flowMs] = answered ? [took, 0] : [undefined, undefined];
      resolve({ ended, firstByteMs, flowMs, bytes: 0, lateBytes: 0 });
    };
    const timer = setTimeout(() => end('silent'), limitMs);
    socket.once('secureConnect', () => end('answered'));
    socket.once('close', () => end('closed'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'));
  });
}
