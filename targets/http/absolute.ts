/** The parts of an absolute address that matter here. */
export interface AbsoluteAddress {
  readonly scheme: 'http' | 'https' | 'ws' | 'wss';
  /** In lower case, without the port; IPv6 in brackets. */
  readonly host: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path and query, beginning with `/`; empty when the address is a host alone. */
  readonly rest: string;
}

const ABSOLUTE = /^(https?|wss?):\/\/([a-z0-9](?:[\w.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?=[/?]|$)/i;

/**
 * Takes an absolute address apart, or gives undefined. Written by hand because k6's engine knows no URL; stricter than
 * that, so that no other reader sees another host: neither user information, backslashes nor internationalised names.
 */
export function parseAbsolute(text: string): AbsoluteAddress | undefined {
  const match = ABSOLUTE.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  return {
    scheme: match[1].toLowerCase() as AbsoluteAddress['scheme'],
    host: match[2].toLowerCase(),
    origin: match[0].toLowerCase(),
    // A query may follow the host at once; for whoever is asked the path is then /.
    rest: text.slice(match[0].length).replace(/^\?/, '/?'),
  };
}

/** True for a host's name or address as `hosts` lists them: no scheme, no port, no path. */
export function isHost(text: string): boolean {
  const absolute = parseAbsolute(`http://${text}`);
  return absolute !== undefined && absolute.rest === '' && absolute.host === text.toLowerCase();
}
