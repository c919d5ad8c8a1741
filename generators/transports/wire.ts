import type { Answer, HttpRequest, Socket, WebSocketOptions } from '../../core/transport.ts';
import type { BrowserWire } from '../browser/browser-wire.ts';
import type { MediaWire } from '../participants/thread/media-wire.ts';

/** A Transport without patience of its own: every call is told when to give up, on the clock of `performance.now()`. */
export interface Wire {
  http(request: HttpRequest, giveUpAt: number): Promise<Answer>;
  websocket(url: string, options: WebSocketOptions, patience: Patience): Promise<Socket>;
  binary(url: string, options: WebSocketOptions, patience: Patience): Promise<Socket<Uint8Array>>;
  /** Connections that are open now. */
  readonly sockets: number;
  close(): void;
  /** Absent where no scenario needs it. */
  readonly media?: MediaWire;
  /** Absent where nobody has a browser. */
  readonly browser?: BrowserWire;
}

/** When somebody stops waiting; it moves as their steps go on. */
export interface Patience {
  readonly giveUpAt: number;
}

/** Where connections may go, and how far to trust the other end. */
export interface Reach {
  /** Names that resolve to any other address than loopback are refused. */
  readonly loopbackOnly: boolean;
  /** Accept certificates nobody vouches for. */
  readonly insecureTls: boolean;
  /** Proxies that connections go by, because faults are put in there. */
  readonly detours?: Detours;
  readonly media?: MediaDetour;
}

/** A relay that media of WebRTC go by, because faults are put in there. */
export interface MediaDetour {
  /** The URL of its control API. */
  readonly relay: string;
  /** The path of it by the region that people are in; that of everybody else is under the empty text. */
  readonly paths: Readonly<Record<string, string>>;
}

/** By `host:port` of what is asked for, where to connect instead. */
export type Detours = Readonly<Record<string, { readonly host: string; readonly port: number }>>;
