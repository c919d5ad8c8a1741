import type { BrowserPort } from '../../core/browser.ts';
import type { MediaPort } from '../../core/media.ts';
import type { Answer, HttpRequest, Socket, Transport, WebSocketOptions } from '../../core/transport.ts';
import type { BrowserWire } from '../browser/browser-wire.ts';
import type { MediaWire } from '../participants/thread/media-wire.ts';
import { httpWire } from './http.ts';
import { websocketWire } from './websocket.ts';
import type { Acceptance, Patience, Reach, Wire } from './wire.ts';

/** HTTP, WebSocket and, where they are given, media and a browser for one worker, shared by all its virtual users. */
export function nodeWire(reach: Reach, media?: MediaWire, browser?: BrowserWire): Wire {
  const [http, websocket] = [httpWire(reach), websocketWire(reach)];
  return {
    http: http.http,
    websocket: websocket.websocket,
    binary: websocket.binary,
    get sockets() {
      return http.connections + websocket.open;
    },
    close() {
      http.close();
      websocket.close();
      media?.close();
      browser?.close();
    },
    ...(media && { media }),
    ...(browser && { browser }),
  };
}

/** One virtual user's Transport: every call ends when the person's patience with the current step does. */
export class PatientTransport implements Transport, Patience, Acceptance {
  giveUpAt = Number.POSITIVE_INFINITY;
  acceptedAt: number | undefined;
  readonly media?: MediaPort;
  readonly browser?: BrowserPort;
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
    const { media, browser } = wire;
    if (browser) this.browser = { open: (kept) => browser.open(this, kept) };
    if (media) this.media = { attend: (seat, attendee) => media.attend(seat, attendee, this.giveUpAt) };
  }

  accepted(): void {
    this.acceptedAt = performance.now();
  }

  http(request: HttpRequest): Promise<Answer> {
    const { within = Number.POSITIVE_INFINITY, aside = false } = request;
    const giveUpAt = Math.min(aside ? Number.POSITIVE_INFINITY : this.giveUpAt, performance.now() + within);
    return this.#wire.http(request, giveUpAt);
  }

  websocket(url: string, options: WebSocketOptions = {}): Promise<Socket> {
    return this.#wire.websocket(url, options, this);
  }

  binary(url: string, options: WebSocketOptions = {}): Promise<Socket<Uint8Array>> {
    return this.#wire.binary(url, options, this);
  }
}
