import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamCounts } from '../../core/media.ts';
import { cpuOf } from '../accounted.ts';
import type { Bench } from '../bench.ts';
import type { Hall } from '../server/hall.ts';
import { type CrowdUse, type Role, startCrowd } from './crowd.ts';

/** Who is there: so many who publish in so many rooms, so many who listen, and whose cost is asked for. */
export interface Gathering {
  readonly says: string;
  readonly publish: number;
  readonly listen: number;
  readonly rooms: number;
  readonly counted: readonly Role[];
}

/** What one gathering cost and measured; rates are per second, shares from 0 to 1. */
export interface WebrtcTrial {
  readonly server: string;
  readonly says: string;
  readonly counted: number;
  readonly asked: number;
  readonly joined: number;
  readonly failed: readonly string[];
  /** Cores: of those who are counted, and of the server. */
  readonly cpu: number;
  readonly signalling: number;
  readonly serverCpu: number;
  /** Bits a second of one of them. */
  readonly sent: number;
  readonly received: number;
  /** Of the sound of everybody who publishes that was to come to who listens, or by the server's reports to the server. */
  readonly kept: number;
  readonly lost: number;
  readonly held: number;
  readonly mos: number;
  readonly lag: number;
}

type Ways = Pick<Bench, 'cores' | 'signal' | 'seconds'>;

const WARM_UP = 3_000;
const JOINING = 60_000;
/** Packets of sound in a second. */
const VOICE = 50;

/** Lets people gather on a server, and measures what they cost once all of them are in. */
export async function gathered(hall: Hall, gathering: Gathering, bench: Ways): Promise<WebrtcTrial> {
  const roles = (['publish', 'listen'] as const).filter((role) => gathering[role] > 0);
  const crowds = roles.map((role) => ({ role, process: startCrowd(hall, bench) }));
  const use = () =>
    Promise.all(
      crowds.map(async ({ process }) => {
        process.tell({ do: 'tell use' });
        return process.heard('use');
      }),
    );
  try {
    const came = [];
    for (const { role, process } of crowds) {
      await process.heard('begin');
      process.tell({ do: 'join', role, people: gathering[role], rooms: gathering.rooms });
      came.push(await process.heard('join', JOINING));
    }
    await sleep(WARM_UP);
    const [before, serverBefore] = [await use(), cpuOf(hall.pid) ?? Number.NaN];
    await sleep(bench.seconds * 1_000);
    const [after, serverAfter] = [await use(), cpuOf(hall.pid) ?? Number.NaN];
    const grown = roles.map((role, place) => ({ role, ...growth(before[place], after[place]) }));
    const seconds = Math.max(...grown.map((each) => each.seconds));
    return {
      ...{ server: hall.name, says: gathering.says },
      ...told(gathering, grown),
      joined: came.reduce((sum, { joined }) => sum + joined, 0),
      failed: [...new Set(came.flatMap(({ failed }) => failed))].slice(0, 3),
      serverCpu: (serverAfter - serverBefore) / seconds,
      lag: Math.max(...after.map(({ lag }) => lag)),
    };
  } finally {
    await Promise.all(crowds.map(({ process }) => process.stop()));
  }
}

type Grown = CrowdUse & { readonly role: Role };

function told({ publish, listen, counted }: Gathering, grown: readonly Grown[]) {
  const ours = grown.filter(({ role }) => counted.includes(role));
  const of = (role: Role) => ours.find((each) => each.role === role);
  const sum = (pick: (each: Grown) => number) => ours.reduce((total, each) => total + pick(each), 0);
  const seconds = Math.max(...grown.map((each) => each.seconds));
  const [up, down] = [of('publish'), of('listen')];
  const streams: StreamCounts[] = [...(up ? [up.upstream] : []), ...(down ? [down.audio, down.video] : [])];
  const missed = streams.reduce((total, { lost }) => total + Math.max(0, lost), 0);
  const came = streams.reduce((total, { packets }) => total + packets, 0);
  const sound = down ? down.audio.packets / (listen * VOICE * seconds) : 1;
  const voices = up ? up.bytesSent / Math.max(1, up.participantSeconds) / LEAST_BYTES : 1;
  return {
    counted: (up ? publish : 0) + (down ? listen : 0),
    asked: publish + listen,
    cpu: sum(({ media, signalling }) => media + signalling) / seconds,
    signalling: sum(({ signalling }) => signalling) / seconds,
    sent: up ? (up.bytesSent * 8) / Math.max(1, up.participantSeconds) : 0,
    received: down ? (down.bytesReceived * 8) / Math.max(1, down.participantSeconds) : 0,
    kept: Math.min(1, sound, voices),
    lost: missed / Math.max(1, missed + came),
    held:
      sum(({ held }) => held) /
      Math.max(
        1,
        sum(({ participantSeconds }) => participantSeconds),
      ),
    mos: down ? down.mos / Math.max(1, down.participantSeconds) : Number.NaN,
  };
}

/** 500 kbit/s. */
const LEAST_BYTES = 62_500;

function growth(before: CrowdUse | undefined, after: CrowdUse | undefined): CrowdUse {
  if (!before || !after) throw new Error('a crowd that told nothing');
  const grown = Object.entries(after).map(([name, value]) => {
    const was = before[name as keyof CrowdUse];
    if (typeof value === 'number' && typeof was === 'number') return [name, value - was];
    const [now, then] = [value, was] as [StreamCounts, StreamCounts];
    return typeof value === 'object'
      ? [name, { packets: now.packets - then.packets, lost: now.lost - then.lost }]
      : [name, value];
  });
  return Object.fromEntries(grown);
}
