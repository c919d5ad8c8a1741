import type { Payloads } from '../engine/listener.ts';

/** Takes the candidates out of a description. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(?:candidate:.*|end-of-candidates)\r?\n/gm, '');
}

/** The candidates of a description. */
export function candidatesIn(sdp: string): string[] {
  return (sdp.match(/^a=candidate:.*$/gm) ?? []).map((line) => line.slice(2).trim());
}

/** Takes the header extensions out of a description: what is not agreed on is not sent. */
export function withoutExtensions(sdp: string): string {
  return sdp.replace(/^a=extmap(?:-allow-mixed|:.*)\r?\n/gm, '');
}

/** Where a candidate is (RFC 8839, 5.1); undefined for anything but UDP. */
export function placeOf(candidate: string): { readonly address: string; readonly port: number } | undefined {
  const [, , transport = '', , address = '', port = ''] = candidate.split(' ');
  return transport.toLowerCase() === 'udp' ? { address, port: Number(port) } : undefined;
}

/** The candidate of another place, as a host that is right there: what else it says is of the place that it was for. */
export function replaced(candidate: string, { host, port }: { readonly host: string; readonly port: number }): string {
  const [foundation = '', component = '', transport = '', priority = ''] = candidate.split(' ');
  return `${foundation} ${component} ${transport} ${priority} ${host} ${port} typ host`;
}

/** What the payload types of a description carry, as far as it is measured: Opus and VP8. */
export function payloadsIn(sdp: string): Payloads {
  const known = { opus: 'audio', vp8: 'video' } as const;
  const maps = [...sdp.matchAll(/^a=rtpmap:(\d+) (opus|vp8)\//gim)];
  return new Map(maps.map(([, type, codec]) => [Number(type), known[codec?.toLowerCase() as keyof typeof known]]));
}

/** Which voice belongs to which picture: those whose tracks are of one stream (`msid`). */
export function partnersIn(sdp: string): ReadonlyMap<number, number> {
  const voices = new Map<string, number>();
  const pictures = new Map<string, number>();
  for (const section of sdp.split(/^(?=m=)/m)) {
    const of = section.startsWith('m=audio') ? voices : section.startsWith('m=video') ? pictures : undefined;
    // LiveKit puts the track behind the stream.
    const stream = /^a=(?:ssrc:\d+ )?msid:([^\s|]+)/m.exec(section)?.[1];
    const ssrc = /^a=ssrc:(\d+)/m.exec(section)?.[1];
    if (of && stream !== undefined && ssrc !== undefined) of.set(stream, Number(ssrc));
  }
  return new Map(
    [...pictures].flatMap(([stream, ssrc]) => (voices.has(stream) ? [[ssrc, voices.get(stream) ?? 0]] : [])),
  );
}
