import { Failure } from '../../../core/failure.ts';
import { MECHANISMS } from '../../../targets/xmpp/declaration.ts';
import { element } from '../../../targets/xmpp/markup.ts';
import { NS } from '../../../targets/xmpp/namespaces.ts';
import { parseStanza, type Stanza } from '../../../targets/xmpp/stanza.ts';
import { xmppDeclarationYaml } from '../declarations/xmpp.ts';
import type { Detector, Finding } from '../detector.ts';
import { answerTo, get, type Seen, type WebSocketProbe } from '../probe.ts';

const SOCKET = '/xmpp-websocket';

/** Domains that an installation has when nobody has named it: Prosody's own, and that of Jitsi's containers. */
const USUAL = ['localhost', 'meet.jitsi'];

/** Recognises XMPP over WebSocket (RFC 7395), and finds the domain it serves. */
export const xmppDetector: Detector = {
  probes(seen, host) {
    const first = [opening(host), get('/metrics'), get('/config.js'), get('/http-bind')];
    if (heardOf(seen, host) === undefined || servedAmong(seen, host)) return first;
    return [...first, ...candidates(seen, host).map(opening)];
  },

  judge(seen, host): Finding | undefined {
    const heard = heardOf(seen, host);
    const bosh = answerTo(seen, '/http-bind');
    const hasBosh = bosh?.status === 200 && /bosh|xmpp/i.test(bosh.body);
    if (!heard?.some(({ namespace }) => namespace === NS.framing || namespace === NS.streams)) {
      if (!hasBosh) return undefined;
      const because = [
        '/http-bind answers as BOSH (XEP-0124) does, but there is no XMPP over WebSocket at /xmpp-websocket',
      ];
      return { is: 'an XMPP server without WebSocket', sure: false, because };
    }
    const served = servedAmong(seen, host);
    const rooms = roomsIn(seen);
    return {
      is: 'an XMPP server',
      sure: true,
      because: [
        `${SOCKET} takes the subprotocol xmpp and speaks its framing (RFC 7395)`,
        served
          ? `it serves the domain ${served.domain}, and signs people in by ${served.mechanisms.join(', ') || 'nothing'}`
          : `it does not serve the domain ${candidates(seen, host).join(', nor ')}`,
        ...(rooms ? [`its metrics name the rooms of ${rooms}`] : []),
        ...(jitsiIn(seen) ? ['/config.js is that of Jitsi Meet'] : []),
        ...(hasBosh ? ['/http-bind answers as BOSH (XEP-0124) does'] : []),
      ],
      declaration: (url, metrics) =>
        xmppDeclarationYaml(url, { domain: served?.domain, mechanisms: served?.mechanisms ?? [], rooms }, metrics),
    };
  },
};

function opening(domain: string): WebSocketProbe {
  const say = element('open', { xmlns: NS.framing, to: domain, version: '1.0' });
  return { by: 'websocket', path: SOCKET, protocol: 'xmpp', say, hear: 2 };
}

/** What may be the domain, the likeliest first; a server tells of a few at most. */
function candidates(seen: Seen, host: string): string[] {
  const rooms = roomsIn(seen);
  const told = [jitsiIn(seen), ...connectedIn(seen), rooms?.replace(/^[^.]+\./, '')];
  return [...new Set([host, ...told, ...USUAL])].filter((one) => one !== undefined).slice(0, 5);
}

/** The first domain that is served, and how people sign in there. */
function servedAmong(
  seen: Seen,
  host: string,
): { readonly domain: string; readonly mechanisms: readonly string[] } | undefined {
  for (const domain of candidates(seen, host)) {
    const features = heardOf(seen, domain)?.find(
      ({ name, namespace }) => namespace === NS.streams && name === 'features',
    );
    const offered = features?.children.find(({ namespace }) => namespace === NS.sasl)?.children ?? [];
    const known: readonly string[] = [...MECHANISMS, 'ANONYMOUS'];
    if (features) return { domain, mechanisms: known.filter((name) => offered.some(({ text }) => text === name)) };
  }
  return undefined;
}

function heardOf(seen: Seen, domain: string): Stanza[] | undefined {
  const observation = seen.of(opening(domain));
  if (observation?.by !== 'websocket') return undefined;
  return observation.heard.flatMap((text) => {
    try {
      return [parseStanza(text)];
    } catch (thrown) {
      if (thrown instanceof Failure) return [];
      throw thrown;
    }
  });
}

/** Prosody's metrics name the hosts they count for. */
function roomsIn(seen: Seen): string | undefined {
  return hostsOf(seen, /^prosody_mod_muc__live_room\{.*?host="([\w.-]+)"/gm)[0];
}

function connectedIn(seen: Seen): string[] {
  return hostsOf(seen, /^prosody_mod_c2s__connections\{.*?host="([\w.-]+)"/gm);
}

function hostsOf(seen: Seen, pattern: RegExp): string[] {
  return [...(answerTo(seen, '/metrics')?.body ?? '').matchAll(pattern)].flatMap(([, host]) => host ?? []);
}

/** The domain that Jitsi Meet's own pages are told. */
function jitsiIn(seen: Seen): string | undefined {
  const { status, body = '' } = answerTo(seen, '/config.js') ?? {};
  if (status !== 200 || !/\bconfig\b/.test(body)) return undefined;
  const [, domain] = /\bdomain\s*[:=]\s*['"]([\w.-]+)['"]/.exec(body) ?? [];
  return domain;
}
