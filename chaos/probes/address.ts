/** Where to connect to. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` and `[::1]:port`; undefined when it is neither. */
export function parseAddress(text: string): Address | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}
