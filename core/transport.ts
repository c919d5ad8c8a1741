import type { BrowserPort } from './browser.ts';
import type { MediaPort } from './media.ts';

/**
 * How adapters reach a target. There is one implementation for Node and one for k6, so adapters and journeys are the
 * same code in both and import nothing of either. Every call ends within the patience of the virtual user that makes
 * it; whatever goes wrong on the way is thrown as a Failure.
 */
export interface Transport {
  http(request: HttpRequest): Promise<Answer>;
  websocket(url: string, options?: WebSocketOptions): Promise<Socket>;
  /** A WebSocket on which bytes are spoken. */
  binary(url: string, options?: WebSocketOptions): Promise<Socket<Uint8Array>>;
  /** Notes that the target has accepted who somebody is, while they join; absent where an engine does not time it. */
  accepted?(): void;
  /** Absent where an engine has no media. */
  readonly media?: MediaPort;
  /** Absent where an engine has no browsers. */
  readonly browser?: BrowserPort;
}

export interface HttpRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers?: Headers;
  readonly body?: string;
  /** How long this one is waited for at most, in milliseconds; it ends sooner where patience does. */
  readonly within?: number;
  /** It is not what somebody waits for, but goes on beside that: `within` alone ends it. */
  readonly aside?: true;
}

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** All values of a header, its name in lower case; empty when absent. */
  header(name: string): readonly string[];
}

export interface WebSocketOptions {
  readonly headers?: Headers;
  readonly protocols?: readonly string[];
}

/** An open WebSocket, on which messages of one kind are spoken. */
export interface Socket<Message = string> {
  send(message: Message): void;
  /** The next message in order of arrival; throws a Failure when the socket closes or patience runs out. */
  next(): Promise<Message>;
  /** Drops what comes from now on, until the next message is asked for: for who only has to be there. */
  ignore(): void;
  /**
   * Hears every message from now on as it comes, beside whoever waits for the next one, and why the socket ended. What has
   * come and nobody has waited for is heard first.
   */
  follow(heard: (message: Message) => void, ended: (why: string) => void): void;
  close(): void;
}
