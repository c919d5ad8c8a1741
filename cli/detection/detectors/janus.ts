import { janusDeclarationYaml } from '../declarations/janus.ts';
import type { Detector } from '../detector.ts';
import { answerTo, get, type WebSocketProbe } from '../probe.ts';

const INFO: WebSocketProbe = {
  by: 'websocket',
  path: '/',
  protocol: 'janus-protocol',
  say: JSON.stringify({ janus: 'info', transaction: 'stormtest' }),
  hear: 1,
};

/** Recognises Janus by what it tells of itself, over HTTP or over WebSocket. */
export const janusDetector: Detector = {
  probes: () => [get('/janus/info'), INFO],

  judge(seen) {
    const over = seen.of(INFO);
    const socket = over?.by === 'websocket' ? over.heard[0] : undefined;
    const [name, version] = infoIn(answerTo(seen, '/janus/info')?.body) ?? infoIn(socket) ?? [];
    if (name === undefined) return undefined;
    const where = infoIn(socket) ? 'its WebSocket takes the subprotocol janus-protocol and' : '/janus/info';
    return {
      is: 'a Janus server',
      sure: true,
      because: [`${where} says: ${name} ${version ?? ''}`.trim()],
      declaration: (url, metrics) => janusDeclarationYaml(url, infoIn(socket) && INFO.path, metrics),
    };
  },
};

function infoIn(text: string | undefined): readonly [name: string, version: string] | undefined {
  if (text === undefined) return undefined;
  try {
    const { janus, name, version_string: version } = JSON.parse(text) as Record<string, unknown>;
    return janus === 'server_info' ? [plain(name), plain(version)] : undefined;
  } catch {
    return undefined;
  }
}

/** A name as it may be printed. */
function plain(value: unknown): string {
  return String(value ?? '')
    .replaceAll(/[^\w .()-]/g, '')
    .slice(0, 60);
}
