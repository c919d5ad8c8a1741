/** A part of a description that tells candidates (application/trickle-ice-sdpfrag, RFC 8840), for the offer that was made. */
export function fragmentOf(offer: string, candidates: readonly string[]): string {
  const line = (pattern: RegExp) => pattern.exec(offer)?.[0].trim();
  const lines = [
    line(/^a=group:BUNDLE .*$/m),
    line(/^m=.*$/m),
    line(/^a=mid:.*$/m),
    line(/^a=ice-ufrag:.*$/m),
    line(/^a=ice-pwd:.*$/m),
    ...candidates.map((candidate) => `a=${candidate.replace(/^a=/, '')}`),
    'a=end-of-candidates',
  ];
  return lines
    .filter((one) => one !== undefined)
    .map((one) => `${one}\r\n`)
    .join('');
}
