import { Failure } from '../../core/failure.ts';
import type { Socket, Transport } from '../../core/transport.ts';
import type { JanusDeclaration, JanusPlugin } from './declaration.ts';
import { refusalIn } from './refusal.ts';
import { readTold, type Told } from './told.ts';

/** Somebody's session at a Janus server, which has handles of one of its plugins. */
export interface Session {
  /** Asks for something and waits for the answer; throws a Failure when that is no. */
  ask(what: string, request: Request): Promise<Told>;
  /** Says something that is answered when it is answered, and gives what the answer will be called by. */
  tell(request: Request): string;
  /** Hears everything from now on, and why that has ended; the session is kept alive meanwhile. */
  follow(heard: (told: Told) => void, ended: (why: string) => void): void;
  /** Ends it with all its handles; never throws a Failure. */
  end(): void;
}

/** A request without what every one has. */
export type Request =
  | { readonly janus: 'create' | 'keepalive' | 'destroy' }
  | { readonly janus: 'attach'; readonly plugin: string }
  | { readonly janus: 'message'; readonly handle_id: number; readonly body: object; readonly jsep?: object }
  | { readonly janus: 'trickle'; readonly handle_id: number; readonly candidate: object };

/** Asks for a handle of a plugin. */
export function attaching(plugin: JanusPlugin): Request {
  return { janus: 'attach', plugin: `janus.plugin.${plugin}` };
}

/** A session of which nothing is heard is dropped by the server after a minute, unless told otherwise. Milliseconds. */
const KEEP_ALIVE = 20_000;

/** Opens a WebSocket and a session over it; what fails on the way leaves nothing open. */
export async function openSession(io: Transport, declaration: JanusDeclaration): Promise<Session> {
  const socket = await io.websocket(declaration.websocket, { protocols: ['janus-protocol'] });
  const session = sessionOver(socket, declaration);
  try {
    await session.open();
    return session;
  } catch (thrown) {
    socket.close();
    throw thrown;
  }
}

/** A handle of a plugin in a session that nobody follows yet. */
export async function attached(session: Session, plugin: JanusPlugin = 'videoroom'): Promise<number> {
  return madeIn(await session.ask('attaching the plugin', attaching(plugin)));
}

/** The session or handle that an answer tells of; throws a Failure when it does not. */
function madeIn({ made }: Told): number {
  if (made === undefined) throw new Failure('protocol', 'Janus: nothing was made where something was asked for');
  return made;
}

function sessionOver(
  socket: Socket,
  { secret, token }: JanusDeclaration,
): Session & { readonly open: () => Promise<void> } {
  const credentials = { ...(secret !== undefined && { apisecret: secret }), ...(token !== undefined && { token }) };
  let id: number | undefined;
  let told = 0;
  let alive: ReturnType<typeof setInterval> | undefined;
  const tell = (request: Request) => {
    told += 1;
    const transaction = `t${told}`;
    socket.send(
      JSON.stringify({ ...request, ...(id !== undefined && { session_id: id }), transaction, ...credentials }),
    );
    return transaction;
  };
  const ask: Session['ask'] = async (what, request) => answerTo(tell(request), what, socket);
  return {
    ask,
    tell,
    async open() {
      id = madeIn(await ask('opening a session', { janus: 'create' }));
    },
    follow(heard, ended) {
      alive = setInterval(() => quietly(() => tell({ janus: 'keepalive' })), KEEP_ALIVE);
      const end = (why: string) => {
        clearInterval(alive);
        ended(why);
      };
      socket.follow((text) => understood(text, heard, end), end);
    },
    end() {
      clearInterval(alive);
      quietly(() => tell({ janus: 'destroy' }));
      socket.close();
    },
  };
}

/** Others may speak meanwhile; that a request was understood (`ack`) is not its answer. */
async function answerTo(transaction: string, what: string, socket: Socket): Promise<Told> {
  for (;;) {
    const answer = readTold(await socket.next());
    if (answer.janus === 'timeout') throw new Failure('reset', `Janus: ${what}: the session has timed out`);
    if (answer.transaction !== transaction || answer.janus === 'ack') continue;
    const refusal = refusalIn(what, answer);
    if (refusal) throw refusal;
    return answer;
  }
}

/** What cannot be understood is as good as the end. */
function understood(text: string, heard: (told: Told) => void, ended: (why: string) => void): void {
  try {
    heard(readTold(text));
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    ended(thrown.message);
  }
}

/** The server may have closed the socket before: whoever follows it hears of that. */
function quietly(say: () => unknown): void {
  try {
    say();
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
  }
}
