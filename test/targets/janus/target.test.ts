import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Client, SeatNews } from '../../../core/target.ts';
import { peopleOf } from '../../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { parseJanusDeclaration } from '../../../targets/janus/schema.ts';
import { attached, openSession } from '../../../targets/janus/session.ts';
import { janusTarget } from '../../../targets/janus/target.ts';
import { type JanusServer, startJanus } from '../../support/janus-server.ts';
import { eventually } from '../../support/prometheus.ts';
import { describeWith } from '../../support/real-part.ts';
import { wishFor } from '../../support/wish.ts';

const ada = peopleOf({ from: 'seed', count: 10 }, 1).person(0);

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Somebody at a server, with what was declared of it. */
function at({ url }: JanusServer, changes: object = {}, patience = 5_000, person = ada) {
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  closing.push(() => wire.close());
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + patience;
  const declaration = parseJanusDeclaration({ kind: 'janus', url, ...changes }, 'targets.meet', {});
  const target = janusTarget('meet', declaration);
  return { io, declaration, target, wire, client: target.client(io, person) as Required<Client> };
}

describeWith('janus', 'one person at Janus', () => {
  let janus: JanusServer;
  beforeAll(async () => {
    janus = await startJanus();
  }, 60_000);
  afterAll(() => janus?.stop());

  test('is let in without a password', async () => {
    const { client, target, wire } = at(janus);
    await client.login();
    expect(target.anonymous).toBe(true);
    await expect.poll(() => wire.sockets).toBe(0);
  });

  test('opens one room for a wish, however often it is asked, and finds it again', async () => {
    const { client } = at(janus);
    const wish = wishFor('standup');
    const { id } = await client.createMeeting(wish);
    expect(await client.createMeeting(wish)).toEqual({ id });
    expect(await client.countMeetings(wish)).toBe(1);
    expect(await client.findMeeting(id)).toEqual({ id, participants: 0 });
    expect(await client.findMeeting('404')).toBeUndefined();
    expect(await client.countMeetings({ ...wish, key: 'nowhere' })).toBe(0);
  });

  test('joins, several times at once, and leaves', async () => {
    const { client } = at(janus);
    const meeting = await client.createMeeting(wishFor('crowd'));
    const seats = await Promise.all([client.join(meeting), client.join(meeting), client.join(meeting)]);
    expect((await client.findMeeting(meeting.id))?.participants).toBe(3);
    await Promise.all(seats.map((seat) => seat.leave()));
    await eventually('all have left', async () => (await client.findMeeting(meeting.id))?.participants === 0);
  });

  test('is told that there is no such room, and leaves nothing open', async () => {
    const { client, wire } = at(janus);
    for (const id of ['404', 'no number'])
      await expect(client.join({ id })).rejects.toMatchObject({ name: 'Failure', kind: 'status' });
    await expect(client.join({ id: '404' })).rejects.toThrow('there is no such room');
    await expect.poll(() => wire.sockets).toBe(0);
  });

  test('is told that their room was closed', async () => {
    const { client, io, declaration } = at(janus);
    const meeting = await client.createMeeting(wishFor('short'));
    const seat = await client.join(meeting);
    const news: SeatNews[] = [];
    seat.follow?.((told) => news.push(told));
    const session = await openSession(io, declaration);
    const body = { request: 'destroy', room: Number(meeting.id) };
    await session.ask('closing', { janus: 'message', handle_id: await attached(session), body });
    await eventually('they have heard', () => news.length > 0);
    expect(news[0]).toEqual({ is: 'lost', says: 'the server ends it: the room was closed' });
    await seat.leave();
  });

  test('is told when it stands still', async () => {
    janus.signal('SIGSTOP');
    try {
      await expect(at(janus, {}, 800).client.login()).rejects.toMatchObject({ kind: 'timeout' });
    } finally {
      janus.signal('SIGCONT');
    }
    await at(janus).client.login();
  });
});

describeWith('janus', 'Janus with secrets and rooms that have names', () => {
  test('lets in who knows them, and nobody else', { timeout: 60_000 }, async () => {
    const general = 'api_secret = "the way in"';
    const janus = await startJanus({ general, rooms: 'string_ids = true\nadmin_key = "the key"' });
    try {
      const known = { secret: 'the way in', roomKey: 'the key', ids: 'strings' };
      const { client, target } = at(janus, known);
      await client.login();
      expect(target.anonymous).toBeUndefined();
      const meeting = await client.createMeeting(wishFor('hall'));
      expect(meeting.id).toBe('key of hall');
      await (await client.join(meeting)).leave();
      const strangers = [
        at(janus).client,
        at(janus, { secret: 'another' }).client,
        at(janus, known, 5_000, { ...ada, impostor: true }).client,
      ];
      for (const stranger of strangers) {
        await expect(stranger.login()).rejects.toMatchObject({ name: 'Failure', kind: 'denied' });
        await expect(stranger.join(meeting)).rejects.toMatchObject({ kind: 'denied' });
      }
      const keyless = at(janus, { ...known, roomKey: 'another' }).client;
      await expect(keyless.createMeeting(wishFor('more'))).rejects.toMatchObject({ kind: 'denied' });
    } finally {
      await janus.stop();
    }
  });
});
