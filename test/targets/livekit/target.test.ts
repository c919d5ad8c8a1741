import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../../core/person.ts';
import type { Client, SeatNews } from '../../../core/target.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { parseExposition } from '../../../metrics/exposition.ts';
import { PRESETS } from '../../../metrics/presets.ts';
import { parseSelector, sumOf } from '../../../metrics/selector.ts';
import { livekitTarget } from '../../../targets/livekit/target.ts';
import { signerOf } from '../../../targets/livekit/token.ts';
import { type LivekitServer, startLivekit } from '../../support/livekit-server.ts';
import { eventually } from '../../support/prometheus.ts';
import { describeWith } from '../../support/real-part.ts';
import { wishFor } from '../../support/wish.ts';

const ada: Person = { index: 0, name: 'Ada', email: 'ada@example.com', password: 'not asked for' };

describeWith('livekit', 'a LiveKit server', () => {
  let server: LivekitServer;
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });

  beforeAll(async () => {
    server = await startLivekit();
  }, 60_000);
  afterAll(async () => {
    wire.close();
    await server?.stop();
  });

  const clientOf = (person = ada, key = server.key): Required<Client> => {
    const io = new PatientTransport(wire);
    io.giveUpAt = performance.now() + 20_000;
    const declaration = { ...server, kind: 'livekit', key } as const;
    return livekitTarget('meet', declaration).client(io, person) as Required<Client>;
  };
  const failureOf = (done: Promise<unknown>) =>
    done.then(
      () => undefined,
      (thrown: Error) => thrown,
    );

  test('lets in who has a token, and nobody whose token somebody else signed', async () => {
    await clientOf().login();
    const forged = clientOf({ ...ada, impostor: true });
    const tries = [() => forged.login(), () => forged.createMeeting(wishFor('a')), () => forged.join({ id: 'a' })];
    for (const tried of tries) expect(await failureOf(tried())).toMatchObject({ name: 'Failure', kind: 'denied' });
    expect(await failureOf(clientOf(ada, 'unheard of').login())).toMatchObject({ kind: 'denied' });
  });

  test('opens one room for a wish, however often it is asked, and finds it again', async () => {
    const client = clientOf();
    const wish = wishFor('standup');
    const { id } = await client.createMeeting(wish);
    expect(await client.createMeeting(wish)).toMatchObject({ id });
    expect(await client.countMeetings(wish)).toBe(1);
    expect(await client.findMeeting(id)).toEqual({ id, participants: 0 });
    expect(await client.findMeeting('nowhere')).toBeUndefined();
    expect(await client.countMeetings({ ...wish, key: 'nowhere' })).toBe(0);
  });

  test('seats people in it, several times the same one, until they leave', async () => {
    const client = clientOf();
    const meeting = await client.createMeeting(wishFor('crowd'));
    const seats = await Promise.all([client.join(meeting), client.join(meeting), client.join(meeting)]);
    await eventually('three are in', async () => (await client.findMeeting(meeting.id))?.participants === 3);
    await Promise.all(seats.map((seat) => seat.leave()));
    await eventually('all have left', async () => (await client.findMeeting(meeting.id))?.participants === 0);
  });

  test('tells people that it has ended their meeting', async () => {
    const client = clientOf();
    const meeting = await client.createMeeting(wishFor('short'));
    const seat = await client.join(meeting);
    const news: SeatNews[] = [];
    seat.follow?.((told) => news.push(told));
    const token = await signerOf(server.key, server.secret)('host', 'Host', { roomCreate: true });
    await fetch(`${server.url}/twirp/livekit.RoomService/DeleteRoom`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ room: meeting.id }),
    });
    await eventually('they have heard', () => news.length > 0);
    expect(news[0]).toEqual({ is: 'lost', says: 'the server ends it: room deleted' });
    await seat.leave();
  });

  test('tells its indicators under the names of the preset', async () => {
    const client = clientOf();
    await (await client.join(await client.createMeeting(wishFor('counted')))).leave();
    const page = await fetch(server.metricsUrl);
    const exposition = parseExposition(await page.text(), page.headers.get('content-type') ?? '');
    // It tells of packets that were not delivered when there are some.
    const { 'media.undelivered': _, ...always } = PRESETS.get('livekit') ?? {};
    for (const [name, selector] of Object.entries(always))
      expect(sumOf(parseSelector(selector), exposition), name).toBeGreaterThanOrEqual(0);
    expect(sumOf(parseSelector(PRESETS.get('livekit')?.['join.success'] ?? ''), exposition)).toBeGreaterThan(0);
  });
});
