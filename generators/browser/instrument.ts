/**
 * Runs in every page before its own scripts do: keeps hold of its peer connections, notes when each step of joining was
 * done, and tells what was received since it was last asked. Plain JavaScript, since it runs elsewhere.
 */
export const INSTRUMENT = `(() => {
  const Native = globalThis.RTCPeerConnection;
  if (!Native || globalThis.__stormtest) return;
  const connections = [], steps = {}, last = new Map();
  const done = (step) => { steps[step] ??= performance.timeOrigin + performance.now(); };
  const since = (id, values) => {
    const before = last.get(id) ?? {};
    last.set(id, values);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value - (before[name] ?? 0)]));
  };
  const receivedBy = (stats) => [...stats.values()].filter(({ type }) => type === 'inbound-rtp');
  const look = async (connection) => {
    for (const one of receivedBy(await connection.getStats())) {
      if (one.packetsReceived > 0) done('packet');
      if (one.framesDecoded > 0) done('frame');
    }
    if (steps.frame === undefined && connection.signalingState !== 'closed') setTimeout(() => look(connection), 100);
  };
  globalThis.RTCPeerConnection = class RTCPeerConnection extends Native {
    constructor(...given) {
      super(...given);
      connections.push(this);
      done('signalling');
      this.addEventListener('signalingstatechange', () => { if (this.signalingState === 'stable') done('description'); });
      this.addEventListener('iceconnectionstatechange', () => {
        if (['connected', 'completed'].includes(this.iceConnectionState)) done('ice');
      });
      this.addEventListener('connectionstatechange', () => { if (this.connectionState === 'connected') done('dtls'); });
      this.addEventListener('track', () => look(this), { once: true });
    }
  };
  const streamIn = (id, one) => ({
    kind: one.kind, jitter: one.jitter,
    ...since(id, {
      packets: one.packetsReceived ?? 0, lost: one.packetsLost ?? 0, bytes: one.bytesReceived ?? 0,
      decoded: one.framesDecoded ?? 0, freezes: one.freezeCount ?? 0, frozen: one.totalFreezesDuration ?? 0,
    }),
    seen: one.framesDecoded ?? 0,
  });
  const read = async () => {
    const alive = connections.map((connection, place) => ({ connection, place }))
      .filter(({ connection }) => connection.signalingState !== 'closed');
    const all = await Promise.all(alive.map(async ({ connection, place }) =>
      [...(await connection.getStats()).values()].map((one) => ({ ...one, id: place + '/' + one.id }))));
    const stats = all.flat();
    const pairs = stats.filter(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
    const trips = pairs.map(({ currentRoundTripTime }) => currentRoundTripTime).filter((trip) => trip !== undefined);
    return {
      connections: connections.length,
      failed: alive.length > 0 && alive.every(({ connection }) => connection.connectionState === 'failed'),
      streams: stats.filter(({ type }) => type === 'inbound-rtp').map((one) => streamIn(one.id, one)),
      sent: stats.filter(({ type }) => type === 'outbound-rtp')
        .reduce((sum, one) => sum + since(one.id, { bytes: one.bytesSent ?? 0 }).bytes, 0),
      roundTrip: trips.length > 0 ? Math.max(...trips) * 1000 : undefined,
    };
  };
  Object.defineProperty(globalThis, '__stormtest', { value: Object.freeze({ read, steps }) });
})()`;

/** Asks a page that was instrumented. */
export const READ = 'globalThis.__stormtest?.read()';
export const STEPS = 'globalThis.__stormtest?.steps';

/** What a page answers to READ: of the time since it was last asked. Times in milliseconds, those of streams in seconds. */
export interface PeerReading {
  /** How many connections it has ever had. */
  readonly connections: number;
  readonly failed: boolean;
  readonly streams: readonly PeerStream[];
  /** Bytes. */
  readonly sent: number;
  readonly roundTrip?: number;
}

/** One stream that comes in, as W3C webrtc-stats count it. */
interface PeerStream {
  readonly kind: 'audio' | 'video';
  readonly packets: number;
  readonly lost: number;
  readonly bytes: number;
  readonly jitter?: number;
  readonly decoded: number;
  readonly freezes: number;
  readonly frozen: number;
  /** Frames decoded since it began. */
  readonly seen: number;
}
