/** Multiplies what is tried: `STORMTEST_FUZZ=100` for a long run. */
export const EFFORT = Number(process.env.STORMTEST_FUZZ ?? 1);

const KEYS = [
  ...[
    'name',
    'listen',
    'upstream',
    'enabled',
    'Logger',
    'toxics',
    'attributes',
    'type',
    'stream',
    'toxicity',
    'NAME',
    'Type',
  ],
  ...['latency', 'jitter', 'rate', 'delay', 'timeout', 'bytes', 'average_size', 'size_variation', 'x', '__proto__', ''],
];

const TEXTS = [
  ...[
    'a',
    'b',
    't',
    '',
    '127.0.0.1:0',
    'localhost:0',
    'x',
    'latency',
    'bandwidth',
    'slow_close',
    'timeout',
    'limit_data',
  ],
  ...[
    'noop',
    'reset_peer',
    'upstream',
    'downstream',
    'UPSTREAM',
    'a/b',
    'ä',
    '\\ud83d\\ude00',
    '\\n',
    '\\ud800',
    '<&>',
    '127.0.0.1:',
  ],
];

const NUMBERS = ['0', '1', '-1', '0.5', '1e3', '5', '100', '0.25', '-0', '1E400', '12345678901234567890', '0.1', '2'];

/** JSON as it may come, in the words of the API; `broken` makes some of it no JSON. */
function someJson(draw: () => number, broken = true, depth = 0): string {
  const one = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T;
  const many = (most: number, make: () => string) =>
    Array.from({ length: Math.floor(draw() * (most + 1)) }, make).join(',');
  const kind = depth > 3 ? 3 + draw() * 4 : draw() * (depth === 0 ? 3.5 : 7);
  let json: string;
  if (kind < 2.5) json = `{${many(depth === 0 ? 6 : 3, () => `"${one(KEYS)}":${someJson(draw, false, depth + 1)}`)}}`;
  else if (kind < 3) json = `[${many(3, () => someJson(draw, false, depth + 1))}]`;
  else if (kind < 5) json = `"${one(TEXTS)}"`;
  else if (kind < 6) json = one(NUMBERS);
  else json = one(['true', 'false', 'null']);
  return broken && draw() < 0.3 ? mutant(json, draw) : json;
}

/** Breaks a text in one to three places. */
function mutant(text: string, draw: () => number): string {
  const place = (length: number) => Math.floor(draw() * length);
  let broken = text;
  for (let n = 1 + place(3); n > 0; n -= 1) {
    const at = place(broken.length + 1);
    const piece =
      draw() < 0.5
        ? String.fromCharCode(place(256))
        : ['{', '}', '[', ']', '"', ',', ':', '\\', 'null', '1e'][place(10)];
    broken = broken.slice(0, at) + piece + broken.slice(at + place(3));
  }
  return broken;
}

/** A request that the API may get. */
export function someRequest(draw: () => number): { method: string; path: string; body: Buffer } {
  const one = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T;
  const name = one(['a', 'b', 't', 'x', 'latency_downstream', '%20', '..', '.', '%2f', 'ä', '__proto__']);
  const path = one([
    ...['/proxies', '/proxies', '/populate', '/reset', '/version'],
    ...[`/proxies/${name}`, `/proxies/${name}/toxics`, `/proxies/t/toxics/${name}`, `/proxies/${name}/toxics/latency`],
    ...['/proxies/t/toxics', '/proxies/t/toxics', '/proxies/t/toxics/latency_downstream', `//${name}`, `/${name}`],
  ]);
  const method = one(['GET', 'POST', 'POST', 'POST', 'PATCH', 'PATCH', 'DELETE', 'PUT']);
  return { method, path: encodeURI(path).replaceAll('%25', '%'), body: Buffer.from(someJson(draw), 'latin1') };
}
