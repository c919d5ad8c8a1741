import { unlessAborted } from '../../core/deferred.ts';
import { Failure } from '../../core/failure.ts';
import type { Socket } from '../../core/transport.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import type { Reach } from '../../generators/transports/wire.ts';
import type { Detector } from './detector.ts';
import { metricsProbes } from './metrics-pages.ts';
import {
  get,
  type HttpProbe,
  nameOf,
  type Observation,
  type Probe,
  type Seen,
  seenOf,
  TELLING_HEADERS,
  type WebSocketProbe,
} from './probe.ts';

/** In milliseconds: for one question, and for all of them together. */
const PATIENCE = 2_000;
const LONGEST = 20_000;

/** More than a page in a browser asks for would be no polite look. */
const MOST_PROBES = 30;

/** Longer bodies tell nothing more of what a system is. */
const LONGEST_BODY = 200_000;

/** Looks at a target by asking it a few questions, one after the other, until the detectors want to know no more. */
export async function lookAt(
  url: string,
  detectors: readonly Detector[],
  reach: Reach,
  signal: AbortSignal,
): Promise<Seen> {
  const wire = nodeWire(reach);
  const io = new PatientTransport(wire);
  const until = performance.now() + LONGEST;
  const pairs: [Probe, Observation][] = [];
  const { hostname } = new URL(url);
  const asked = () => new Set(pairs.map(([probe]) => nameOf(probe)));
  const wanted = () => {
    const all = [get(''), ...metricsProbes(), ...detectors.flatMap((one) => one.probes(seenOf(pairs), hostname))];
    const known = asked();
    return all.find((probe) => !known.has(nameOf(probe)));
  };
  try {
    for (let probe = wanted(); probe && pairs.length < MOST_PROBES; probe = wanted()) {
      const now = performance.now();
      if (now > until) break;
      io.giveUpAt = Math.min(until, now + PATIENCE);
      const observation = await unlessAborted(signal, observed(url, probe, io));
      pairs.push([probe, observation]);
      // Where nothing answers there is nothing to ask.
      if (pairs.length === 1 && observation.by === 'nothing') break;
    }
  } finally {
    wire.close();
  }
  return seenOf(pairs);
}

async function observed(url: string, probe: Probe, io: PatientTransport): Promise<Observation> {
  try {
    return probe.by === 'http' ? await answered(url, probe, io) : await heard(url, probe, io);
  } catch (thrown) {
    if (thrown instanceof Failure) return { by: 'nothing', says: thrown.message };
    throw thrown;
  }
}

async function answered(url: string, { method, path }: HttpProbe, io: PatientTransport): Promise<Observation> {
  const answer = await io.http({ method, url: url + path });
  const headers = TELLING_HEADERS.flatMap((name) =>
    answer
      .header(name)
      .slice(0, 1)
      .map((value) => [name, value]),
  );
  const body = answer.body.slice(0, LONGEST_BODY);
  return { by: 'http', status: answer.status, body, headers: Object.fromEntries(headers) };
}

async function heard(
  url: string,
  { path, protocol, say, hear }: WebSocketProbe,
  io: PatientTransport,
): Promise<Observation> {
  const socket = await io.websocket(url + path, { protocols: [protocol] });
  try {
    socket.send(say);
    return { by: 'websocket', heard: await messages(socket, hear) };
  } finally {
    socket.close();
  }
}

/** What comes until it is enough, or no more comes. */
async function messages(socket: Socket, most: number): Promise<string[]> {
  const texts: string[] = [];
  try {
    while (texts.length < most) texts.push(await socket.next());
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
  }
  return texts;
}
