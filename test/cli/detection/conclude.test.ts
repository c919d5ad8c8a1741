import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { conclude } from '../../../cli/detection/conclude.ts';
import { httpDeclarationYaml } from '../../../cli/detection/declarations/http.ts';
import { detectors } from '../../../cli/detection/detectors/index.ts';
import { get, type Observation, type Probe, type Seen, seenOf } from '../../../cli/detection/probe.ts';
import { describedBy } from '../../../cli/kinds.ts';
import { configTemplate } from '../../../cli/work/config-template.ts';

const answer = (body: string, status = 200, headers: Record<string, string> = {}): Observation => ({
  by: 'http',
  status,
  body,
  headers,
});

/** What was seen of a target that answers some paths, and its sockets something. */
function seen(
  paths: Readonly<Record<string, Observation>>,
  sockets: (probe: Extract<Probe, { by: 'websocket' }>) => readonly string[] | undefined = () => undefined,
): Seen {
  return {
    of(probe) {
      if (probe.by === 'http') return paths[`${probe.method} ${probe.path}`] ?? answer('', 404);
      const heard = sockets(probe);
      return heard ? { by: 'websocket', heard } : { by: 'nothing', says: 'handshake answered 404' };
    },
  };
}

const concluded = (what: Seen, host = '127.0.0.1') => conclude(what, host, detectors);
const declared = (what: Seen) => {
  const { finding, metrics } = concluded(what);
  const yaml = finding?.declaration?.('http://127.0.0.1:5280', metrics) ?? '';
  return describedBy(parse(configTemplate(yaml, 'x')).targets.mine, 'targets.mine', {});
};

const OPEN = `<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version='1.0'/>`;
const features = (...mechanisms: readonly string[]) =>
  `<stream:features xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${mechanisms.map((one) => `<mechanism>${one}</mechanism>`).join('')}</mechanisms></stream:features>`;
const UNKNOWN = `<stream:error xmlns:stream='http://etherx.jabber.org/streams'><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`;
const serving =
  (domain: string, ...mechanisms: readonly string[]) =>
  ({ protocol, say }: { protocol: string; say: string }) =>
    protocol === 'xmpp' ? [OPEN, say.includes(`to="${domain}"`) ? features(...mechanisms) : UNKNOWN] : undefined;

test('XMPP over WebSocket is told by its framing, its domain by its metrics', () => {
  const metrics = answer(
    '# TYPE prosody_mod_muc__live_room gauge\nprosody_mod_muc__live_room{host="conference.meet.example"} 0\n',
  );
  const prosody = seen({ 'GET /metrics': metrics }, serving('meet.example', 'SCRAM-SHA-1', 'PLAIN'));
  expect(concluded(prosody)).toMatchObject({
    finding: { is: 'an XMPP server', sure: true },
    evidence: [
      '/xmpp-websocket takes the subprotocol xmpp and speaks its framing (RFC 7395)',
      'it serves the domain meet.example, and signs people in by SCRAM-SHA-1, PLAIN',
      'its metrics name the rooms of conference.meet.example',
      '/metrics tells metrics, of which stormtest knows prosody',
    ],
  });
  expect(declared(prosody)).toMatchObject({
    kind: 'xmpp',
    declaration: {
      domain: 'meet.example',
      rooms: 'conference.meet.example',
      login: 'password',
      metrics: [{ url: 'http://127.0.0.1:5280/metrics', presets: ['prosody'] }],
    },
  });
});

test('the domain of Jitsi is told by its config.js, and that nobody needs an account by the mechanisms', () => {
  const script = answer(`var config = { hosts: { domain: 'meet.acme', muc: 'x' } };`);
  const jitsi = seen({ 'GET /config.js': script }, serving('meet.acme', 'ANONYMOUS'));
  expect(concluded(jitsi).evidence).toContain('/config.js is that of Jitsi Meet');
  expect(declared(jitsi).declaration).toMatchObject({ domain: 'meet.acme', login: 'anonymous' });
});

test('a server that does not tell its domain is one all the same, and the question is in what is written', () => {
  const { finding, evidence } = concluded(seen({}, serving('secret.example', 'PLAIN')));
  expect(finding?.is).toBe('an XMPP server');
  expect(evidence[1]).toBe('it does not serve the domain 127.0.0.1, nor localhost, nor meet.jitsi');
  expect(finding?.declaration?.('http://127.0.0.1', [])).toContain('domain: localhost                 # not found:');
});

test.each([
  [
    'a LiveKit server',
    seen({ 'GET ': answer('OK'), 'GET /rtc/validate': answer('no permissions to access the room', 401) }),
  ],
  [
    'a Janus server',
    seen({
      'GET /janus/info': answer('{"janus":"server_info","name":"Janus WebRTC Server","version_string":"1.1.2"}'),
    }),
  ],
  [
    'a Janus server',
    seen({}, ({ protocol }) =>
      protocol === 'janus-protocol' ? ['{"janus":"server_info","name":"Janus WebRTC Server"}'] : undefined,
    ),
  ],
  ['a WHIP endpoint', seen({ 'OPTIONS /whip': answer('', 204, { 'accept-post': 'application/sdp' }) })],
  ['the reference target of stormtest', seen({ 'GET /v1/about': answer('{"service":"stormtest-reference"}') })],
])('%s is recognised', (is, what) => {
  const { finding, evidence } = concluded(what);
  expect([finding?.is, finding?.sure]).toEqual([is, true]);
  expect(evidence.length).toBeGreaterThan(0);
});

test.each([
  ['a web server', answer('<h1>Welcome</h1>', 200, { server: 'nginx/1.22.1', 'content-type': 'text/html' })],
  ['a page that wants a password everywhere', answer('', 401)],
  ['one that answers everything alike', answer('OK')],
])('%s is unknown', (_, always) => {
  const everything: Seen = { of: ({ by }) => (by === 'http' ? always : { by: 'nothing', says: 'no socket' }) };
  const { finding, evidence, metrics } = concluded(everything);
  expect(finding).toBeUndefined();
  expect(evidence[0]).toMatch(/^it answers \d+.*a web server/);
  expect(
    parse(configTemplate(httpDeclarationYaml('http://127.0.0.1', metrics), 'x')).targets.mine.operations,
  ).toBeTruthy();
});

test.each(['/whip', '/rtc/v1/whip/'])('a WHIP endpoint at %s is written down with streams of its own', (path) => {
  const whip = seen({ [`OPTIONS ${path}`]: answer('', 204, { 'accept-post': 'application/sdp' }) });
  const yaml = concluded(whip).finding?.declaration?.('http://127.0.0.1:8889', []) ?? '';
  const { mine } = parse(configTemplate(yaml, 'x')).targets;
  const declaration = { publish: expect.stringContaining(path), view: expect.stringContaining('whep'), publishers: 4 };
  expect(describedBy(mine, 'targets.mine', {})).toMatchObject({ kind: 'whip', declaration });
});

test('a LiveKit server is written down with its key from the environment', () => {
  const livekit = seen({ 'GET ': answer('OK'), 'GET /rtc/validate': answer('no permissions', 401) });
  const yaml = concluded(livekit).finding?.declaration?.('http://127.0.0.1:7880', []) ?? '';
  const { mine } = parse(configTemplate(yaml, 'x')).targets;
  const env = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'a secret of thirty-two characters' };
  expect(describedBy(mine, 'targets.mine', env)).toMatchObject({ kind: 'livekit', declaration: { key: 'key' } });
});

test.each([
  ['/', 'janus-protocol'],
  ['/                          # not heard there', 'another protocol'],
])('a Janus server is written down with its WebSocket: %s', (says, spoken) => {
  const info = '{"janus":"server_info","name":"Janus WebRTC Server"}';
  const janus = seen({ 'GET /janus/info': answer(info) }, ({ protocol }) => (protocol === spoken ? [info] : undefined));
  const yaml = concluded(janus).finding?.declaration?.('http://127.0.0.1:8188', []) ?? '';
  expect(yaml).toContain(`websocket: ${says}`);
  const { mine } = parse(configTemplate(yaml, 'x')).targets;
  expect(describedBy(mine, 'targets.mine', {})).toMatchObject({
    kind: 'janus',
    declaration: { websocket: 'ws://127.0.0.1:8188/' },
  });
});

test('what a server calls itself is printed without what a terminal would obey', () => {
  const rude = answer('', 200, { server: '\u001b[2Jevil', 'content-type': 'text/html\u0007' });
  expect(concluded(seen({ 'GET ': rude })).evidence.join('')).not.toMatch(/\p{Cc}/u);
});

test('pages of metrics go into what is written, whatever the target is', () => {
  const page = answer('# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 3\n');
  const { metrics } = concluded(seen({ 'GET /actuator/prometheus': page }));
  expect(metrics).toEqual([{ path: '/actuator/prometheus', presets: ['process'] }]);
  const written = parse(configTemplate(httpDeclarationYaml('http://127.0.0.1', metrics), 'x'));
  expect(written.targets.mine.metrics).toEqual([{ name: 'own', url: '/actuator/prometheus', presets: ['process'] }]);
});

test('what is asked next follows from what was seen', () => {
  const [first] = detectors.map((one) => one.probes(seenOf([]), 'meet.example')).filter((probes) => probes.length > 3);
  const opening = first?.[0];
  if (!opening) throw new Error('XMPP is asked for first');
  const asked = (heard: readonly string[]) =>
    detectors.flatMap((one) => one.probes(seenOf([[opening, { by: 'websocket', heard }]]), 'meet.example')).length;
  expect(asked([OPEN, UNKNOWN])).toBeGreaterThan(asked([OPEN, features('PLAIN')]));
  expect(get('')).toEqual({ by: 'http', method: 'GET', path: '' });
});
