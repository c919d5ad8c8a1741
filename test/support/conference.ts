import { expect } from 'vitest';
import { monotonic } from '../../core/clock.ts';
import type { Attendance, MediaFacts } from '../../core/media.ts';
import type { Client, Meeting, Participation, SeatNews, Target } from '../../core/target.ts';
import type { MediaHost } from '../../generators/participants/thread/host.ts';
import { mediaWire } from '../../generators/participants/thread/media-wire.ts';
import { peopleOf } from '../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import { wishFor } from './wish.ts';

/** Somebody who has a seat in a meeting of a real server, and what they were told of it. */
export interface Seated {
  readonly seat: Participation;
  readonly attendance: Attendance;
  readonly news: readonly SeatNews[];
}

/** People who can take a seat with sound and picture. */
export interface Conference {
  /** Of the clock that media seconds are counted by. */
  seconds(): number;
  open(name: string): Promise<Meeting>;
  enter(who: number, meeting: Meeting): Promise<Seated>;
}

/** Lets people meet at a target; `host` sends and receives their media, and `closing` is told what has to be closed. */
export async function conference(
  target: Target,
  host: MediaHost,
  closing: (() => unknown)[],
  size = 3,
): Promise<Conference> {
  const media = mediaWire(host);
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false }, media);
  closing.push(() => {
    wire.close();
    host.end();
  });
  await media.ready();
  const began = monotonic();
  media.begin(began);
  const visit = (who: number) => {
    const io = new PatientTransport(wire);
    io.giveUpAt = performance.now() + 10_000;
    return { io, client: target.client(io, peopleOf({ from: 'seed', count: 50 }, 1).person(who)) as Required<Client> };
  };
  return {
    seconds: () => (monotonic() - began) / 1_000,
    open: (name) => visit(0).client.createMeeting(wishFor(name)),
    async enter(who, meeting) {
      const { io, client } = visit(who);
      const seat = await client.join(meeting);
      const news: SeatNews[] = [];
      seat.follow?.((told) => news.push(told));
      if (!seat.media || !io.media) throw new Error('a seat without media');
      const attendee = { meeting: meeting.id, size, camera: true, who, joining: 1, accepted: 0.5 };
      try {
        return { seat, news, attendance: await io.media.attend(seat.media, attendee) };
      } catch (thrown) {
        await seat.leave();
        throw thrown;
      }
    },
  };
}

/** Lets somebody leave. */
export async function gone({ seat, attendance }: Seated): Promise<void> {
  attendance.leave();
  await seat.leave();
}

/** What somebody measured in a whole second: one that begins from now on, unless it is said which. */
export async function nextFacts(
  { attendance }: Seated,
  seconds: () => number,
  second = Math.ceil(seconds()),
): Promise<MediaFacts> {
  const facts = () => attendance.facts(second);
  await expect.poll(facts, { timeout: 10_000, interval: 50 }).toBeDefined();
  return facts() as MediaFacts;
}
