import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { monotonic } from '../../core/clock.ts';
import type { Attendance } from '../../core/media.ts';
import type { Client, Meeting } from '../../core/target.ts';
import { processHost } from '../../generators/participants/thread/host.ts';
import { mediaWire } from '../../generators/participants/thread/media-wire.ts';
import { peopleOf } from '../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import { janusTarget } from '../../targets/janus/target.ts';
import { livekitTarget } from '../../targets/livekit/target.ts';
import { cpuOf } from '../accounted.ts';
import type { CrowdSetup, FromCrowd, Role, ToCrowd } from './crowd.ts';
import { CrowdSums } from './sums.ts';

/** A crowd of WebRTC: its signalling is in this process, its media in another one, as in a run. */
const REACH = { loopbackOnly: true, insecureTls: false };
const PATIENCE = 20_000;
/** So many are on their way in at once: this is no storm. */
const AT_ONCE = 8;

const { declaration, beside } = JSON.parse(process.argv[2] ?? '{}') as CrowdSetup;
const [execPath = process.execPath, ...more] = beside;
const child = fork(
  fileURLToPath(new URL('../../cli/peer-process.js', import.meta.url)),
  [JSON.stringify({ seed: 1, reach: REACH })],
  {
    ...{ execPath, execArgv: [...more, ...(more.length > 0 ? [process.execPath] : [])], serialization: 'advanced' },
  },
);
const media = mediaWire(processHost(child));
const wire = nodeWire(REACH, media);
const target = declaration.kind === 'livekit' ? livekitTarget('bench', declaration) : janusTarget('bench', declaration);
const people = peopleOf({ from: 'seed', count: 2_000 }, 1);
const sums = new CrowdSums();
const present: Attendance[] = [];
const tell = (message: FromCrowd) => process.send?.(message);
await media.ready();
media.begin(monotonic());
media.onSecond(({ second, lag }) =>
  sums.second(
    lag,
    present.flatMap((one) => one.facts(second) ?? []),
  ),
);
process.on('message', (order: ToCrowd) => {
  if (order.do === 'join') void joined(order);
  else
    tell({
      did: 'use',
      ...sums.all,
      media: cpuOf(child.pid) ?? Number.NaN,
      signalling: cpuOf(process.pid) ?? Number.NaN,
      seconds: performance.now() / 1_000,
    });
});
process.once('disconnect', () => process.exit());
tell({ did: 'begin' });

async function joined({ role, people: many, rooms }: Extract<ToCrowd, { do: 'join' }>): Promise<void> {
  const failed: string[] = [];
  const waiting = Array.from({ length: many }, (_, who) => who);
  const enter = async () => {
    for (let who = waiting.shift(); who !== undefined; who = waiting.shift())
      await seated(who, who % rooms, role).catch((thrown: Error) => failed.push(thrown.message));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, enter));
  tell({ did: 'join', joined: present.length, failed });
}

/** Whoever publishes opens the room; whoever listens finds it. */
async function seated(who: number, room: number, role: Role): Promise<void> {
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + PATIENCE;
  const client = target.client(io, people.person(who)) as Required<Client>;
  const wish = { name: `room ${room}`, key: `room-${room}`, invited: people.person(0) };
  const meeting: Meeting = await client.createMeeting(wish);
  const seat = await client.join(meeting);
  if (!seat.media || !io.media) throw new Error('a seat without media');
  const listens = role === 'listen' && ({ audience: true } as const);
  const attendee = {
    meeting: meeting.id,
    size: 2,
    camera: role === 'publish',
    who: who + (listens ? 1_000 : 0),
    ...listens,
  };
  present.push(await io.media.attend(seat.media, attendee));
}
