/** One question to a target that nothing is known of, as small as one click of a browser. */
export type Probe = HttpProbe | WebSocketProbe;

export interface HttpProbe {
  readonly by: 'http';
  readonly method: 'GET' | 'OPTIONS';
  /** Below the address of the target, or the address itself: empty. */
  readonly path: string;
}

export interface WebSocketProbe {
  readonly by: 'websocket';
  readonly path: string;
  readonly protocol: string;
  readonly say: string;
  /** How many messages are waited for at most. */
  readonly hear: number;
}

/** What came of a probe. */
export type Observation =
  | {
      readonly by: 'http';
      readonly status: number;
      readonly body: string;
      /** Values by name in lower case, of those that tell something. */
      readonly headers: Readonly<Partial<Record<TellingHeader, string>>>;
    }
  | { readonly by: 'websocket'; readonly heard: readonly string[] }
  | { readonly by: 'nothing'; readonly says: string };

export const TELLING_HEADERS = [
  'content-type',
  'server',
  'allow',
  'accept-post',
  'access-control-allow-methods',
] as const;

type TellingHeader = (typeof TELLING_HEADERS)[number];

/** What was seen so far, by the question. */
export interface Seen {
  of(probe: Probe): Observation | undefined;
}

/** Puts observations together. */
export function seenOf(pairs: readonly (readonly [Probe, Observation])[]): Seen {
  const known = new Map(pairs.map(([probe, observation]) => [nameOf(probe), observation]));
  return { of: (probe) => known.get(nameOf(probe)) };
}

/** Unlike that of any other question. */
export function nameOf(probe: Probe): string {
  return probe.by === 'http' ? `${probe.method} ${probe.path}` : `WS ${probe.path} ${probe.protocol} ${probe.say}`;
}

/** The answer to GET of a path, when it came. */
export function answerTo(seen: Seen, path: string, method: HttpProbe['method'] = 'GET') {
  const observation = seen.of({ by: 'http', method, path });
  return observation?.by === 'http' ? observation : undefined;
}

export function get(path: string): HttpProbe {
  return { by: 'http', method: 'GET', path };
}
