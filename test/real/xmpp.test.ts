import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import type { Client } from '../../core/target.ts';
import { peopleOf } from '../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import type { JsonReport } from '../../reports/json.ts';
import { parseXmppDeclaration } from '../../targets/xmpp/schema.ts';
import { xmppTarget } from '../../targets/xmpp/target.ts';
import { answered } from '../support/answered.ts';
import { type Ended, endStarted, startCommand } from '../support/command-line.ts';
import { DOMAINS, type Prosody, startProsody } from '../support/prosody.ts';
import { describeWith } from '../support/real-part.ts';
import { TODAY } from '../support/strikes.ts';
import { wishFor } from '../support/wish.ts';

/** How long a storm may take, with a start of its server and a second try. */
const LONGEST = 400_000;

const folder = mkdtempSync(join(tmpdir(), 'stormtest-xmpp-'));
afterAll(async () => {
  await endStarted();
  rmSync(folder, { recursive: true, force: true });
});

const people = peopleOf({ from: 'seed', count: 100 }, 1);
const everybody = Array.from({ length: people.count }, (_, index) => people.person(index));
const ada = people.person(0);

const declared = (url: string, changes: object = {}) => ({
  kind: 'xmpp',
  url,
  domain: DOMAINS.accounts,
  rooms: DOMAINS.rooms,
  people: { count: people.count },
  metrics: [{ name: 'prosody', url: '/metrics', presets: ['prosody'] }],
  ...changes,
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Somebody at a server, with five seconds of patience unless told. */
function at({ url }: Prosody, { changes = {}, person = ada, patience = 5_000 } = {}): Required<Client> {
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  closing.push(() => wire.close());
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + patience;
  const target = xmppTarget('mine', parseXmppDeclaration(declared(url, changes), 'targets.mine', {}));
  return target.client(io, person) as Required<Client>;
}

describeWith('prosody', 'one person at Prosody', () => {
  let prosody: Prosody;
  beforeAll(async () => {
    prosody = await startProsody({ people: everybody.slice(0, 3) });
  }, 60_000);
  afterAll(() => prosody?.stop());

  test.each([{}, { mechanism: 'PLAIN' }, { login: 'anonymous', domain: DOMAINS.guests }])(
    'signs in, opens a room, talks there and goes, by %j',
    async (changes) => {
      const host = at(prosody, { changes });
      await host.login();
      const { id } = await host.createMeeting(wishFor('hall'));
      expect(id).toMatch(/^hall-[a-z-]+@conference\.meet\.localhost$/);
      const guest = at(prosody, { changes, person: people.person(1) });
      const seat = await guest.join({ id });
      await seat.chat?.('Can everybody <hear> me & "you"?');
      expect(await told(prosody)).toEqual({ sessions: 2, meetings: 1 });
      await seat.leave();
      guest.goodbye();
      host.goodbye();
      // A room is gone when the last one leaves it.
      await expect.poll(() => told(prosody), { timeout: 10_000 }).toEqual({ sessions: 0, meetings: 0 });
    },
  );

  test('is denied with a wrong password, and without an account', async () => {
    const wrong = { ...ada, password: `not ${ada.password}` };
    for (const mechanism of ['SCRAM-SHA-1', 'PLAIN'])
      for (const person of [wrong, people.person(50)])
        await expect(at(prosody, { changes: { mechanism }, person }).login()).rejects.toMatchObject({ kind: 'denied' });
  });

  test('is told what the server does not have', async () => {
    const login = (changes: object) => at(prosody, { changes }).login();
    await expect(login({ mechanism: 'SCRAM-SHA-256' })).rejects.toMatchObject({ kind: 'status' });
    await expect(login({ domain: 'nobody.localhost' })).rejects.toThrow('host-unknown');
    await expect(login({ websocket: '/elsewhere' })).rejects.toMatchObject({ kind: 'status' });
  });

  test('joins a room of their own that they are in already, and another visit of theirs, too', async () => {
    const host = at(prosody);
    const meeting = await host.createMeeting(wishFor('own'));
    await (await host.join(meeting)).chat?.('Nobody here.');
    const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
    closing.push(() => wire.close());
    const io = new PatientTransport(wire);
    io.giveUpAt = performance.now() + 5_000;
    const seat = await host.elsewhere(io).join?.(meeting);
    await seat?.chat?.('I am here twice.');
  });

  test('is told when it stands still and when it is killed, and comes back when it does', {
    timeout: 60_000,
  }, async () => {
    const waiting = at(prosody, { patience: 1_500 });
    await waiting.login();
    prosody.signal('SIGSTOP');
    await expect(waiting.createMeeting(wishFor('stopped'))).rejects.toMatchObject({ kind: 'timeout' });
    prosody.signal('SIGCONT');
    const host = at(prosody);
    const meeting = await host.createMeeting(wishFor('killed'));
    prosody.signal('SIGKILL');
    await expect(host.join(meeting)).rejects.toMatchObject({ kind: 'reset' });
    // Who comes while it is still ending is cut off; nobody is let in any more.
    const comes = () =>
      at(prosody)
        .login()
        .then(
          () => 'in',
          ({ kind }: { kind: string }) => kind,
        );
    await expect.poll(comes, { timeout: 10_000 }).toBe('refused');
    await prosody.again();
    // The room went with the server; who comes opens it again.
    await (await at(prosody).join(meeting)).chat?.('Is this still on?');
  });
});

describeWith('prosody', 'Prosody that keeps SHA-256', () => {
  test('signs people in by it, and denies a wrong password, and rooms to who may not open them', {
    timeout: 60_000,
  }, async () => {
    const prosody = await startProsody({ people: [ada], hash: 'SHA-256', rooms: 'restrict_room_creation = true' });
    try {
      const client = at(prosody, { changes: { mechanism: 'SCRAM-SHA-256' } });
      await client.login();
      await expect(client.createMeeting(wishFor('hall'))).rejects.toMatchObject({ kind: 'denied' });
      const person = { ...ada, password: `not ${ada.password}` };
      await expect(at(prosody, { person }).login()).rejects.toMatchObject({ kind: 'denied' });
    } finally {
      await prosody.stop();
    }
  });
});

describeWith('prosody', 'login-storm at Prosody', () => {
  let file: string;
  let runs = 0;
  const configured = (prosody: Prosody, changes: object = {}) => {
    file = join(folder, 'stormtest.config.yaml');
    writeFileSync(file, stringify({ targets: { jitsi: declared(prosody.url, changes) } }));
  };
  const begun = () => {
    runs += 1;
    const size = ['--base-rate', '20', '--out', join(folder, `results-${runs}`)];
    return startCommand(['login-storm', '--target', 'jitsi', '--config', file, ...size, '--json'], { cwd: folder });
  };
  const reportOf = ({ code, stdout, stderr }: Ended): JsonReport => {
    if (stdout === '') throw new Error(`exit ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };

  test('gives a verdict with what the server tells, and says what is not covered', { timeout: LONGEST }, async () => {
    const prosody = await startProsody({ people: everybody });
    try {
      configured(prosody);
      const report = reportOf(await begun().ended);
      expect(report.verdict).not.toBe('invalid');
      const sessions = report.indicators.filter(({ indicator }) => indicator === 'sessions').map(({ most }) => most);
      // The hosts of the meetings are there all the time.
      expect(Math.max(...sessions)).toBeGreaterThan(10);
      const explained = await answered(['explain', 'login-storm', '--target', 'jitsi', '--config', file]);
      expect(explained.stdout).toContain('What jitsi covers of it\n  daily-logins: covered\n');
      expect(explained.stdout).toContain('not looked for afterwards, for want of findMeeting, countMeetings');
    } finally {
      await prosody.stop();
    }
  });

  test('where nobody has a password nobody has a wrong one', { timeout: LONGEST }, async () => {
    const prosody = await startProsody({ people: [] });
    try {
      configured(prosody, { login: 'anonymous', domain: DOMAINS.guests });
      const storm = begun();
      await storm.until(/: warm-up/);
      await sleep(5_000);
      storm.signal('SIGINT');
      const report = reportOf(await storm.ended);
      expect(report.run.cohorts.map(({ name }) => name)).not.toContain('impostors');
    } finally {
      await prosody.stop();
    }
  });

  test.each((['SIGKILL', 'SIGSTOP'] as const).filter((strike) => strike === TODAY))(
    'a server that gets a %s in the middle is given a verdict, and no crash',
    { timeout: LONGEST },
    async (signal) => {
      const prosody = await startProsody({ people: everybody });
      try {
        configured(prosody);
        const storm = begun();
        await storm.until(/: storm/);
        prosody.signal(signal);
        const ended = await storm.ended;
        expect([EXIT.failed, EXIT.unproven]).toContain(ended.code);
        expect(reportOf(ended).run.ended?.reason).toBe('completed');
      } finally {
        await prosody.stop();
      }
    },
  );
});

/** What the page of the server tells, under our names. */
async function told({ url }: Prosody): Promise<{ sessions: number; meetings: number }> {
  const page = await (await fetch(`${url}/metrics`)).text();
  const sum = (pattern: RegExp) => [...page.matchAll(pattern)].reduce((all, [, value]) => all + Number(value), 0);
  return {
    sessions: sum(/^prosody_mod_c2s__connections\{.*type="c2s".*\} (\d+)$/gm),
    meetings: sum(/^prosody_mod_muc__live_room\{.*\} (\d+)$/gm),
  };
}
