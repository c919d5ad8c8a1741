import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { parseXmppDeclaration } from '../../../targets/xmpp/schema.ts';
import { xmppTarget } from '../../../targets/xmpp/target.ts';
import { scriptedSocket } from '../../support/scripted-socket.ts';
import { wishFor } from '../../support/wish.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const somebody = { index: 0, name: 'Ada', email: 'ada@example.com', password: 'secret' };
const OPEN = `<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' from='localhost' version='1.0'/>`;
const features = (inside: string) =>
  `<stream:features xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>${inside}</stream:features>`;
const OFFER = features(
  `<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>`,
);
const SUCCESS = `<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>`;
const BINDS = features(
  `<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/>`,
);
const BOUND = `<iq xmlns='jabber:client' type='result' id='ask-1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>ada@localhost/r</jid></bind></iq>`;
const SESSION = `<iq xmlns='jabber:client' type='result' id='ask-2'/>`;
const sasl = (condition: string) => `<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><${condition}/></failure>`;
const ended = (condition: string) =>
  `<stream:error xmlns:stream='http://etherx.jabber.org/streams'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`;

/** A client of a server that answers each message with the next of these, whatever was asked; the last ones may be for nothing. */
async function clientOf(answers: readonly (string | readonly string[] | ((socket: WebSocket) => void))[]) {
  const turns = answers.map((next) => (socket: WebSocket) => {
    if (typeof next === 'function') next(socket);
    else for (const text of [next].flat()) socket.send(text);
  });
  const { url, io, wire, heard, close } = await scriptedSocket('xmpp', turns, 2_000);
  closing.push(close);
  const declared = parseXmppDeclaration({ kind: 'xmpp', url, domain: 'localhost' }, 'targets.mine', {});
  return { client: xmppTarget('mine', declared).client(io, somebody), heard, wire };
}

const signedIn = [[OPEN, OFFER], SUCCESS, [OPEN, BINDS], BOUND, SESSION] as const;

test('an old server that wants a session begun has it begun', async () => {
  const { client, heard } = await clientOf(signedIn);
  await client.login?.();
  expect(heard[4]).toContain('urn:ietf:params:xml:ns:xmpp-session');
});

describe('signing in fails', () => {
  test.each([
    ['denied', 'by not-authorized', [[OPEN, OFFER], sasl('not-authorized')]],
    ['denied', 'by account-disabled', [[OPEN, OFFER], sasl('account-disabled')]],
    ['shed', 'by temporary-auth-failure', [[OPEN, OFFER], sasl('temporary-auth-failure')]],
    ['status', 'by what nobody expects', [[OPEN, OFFER], sasl('malformed-request')]],
    ['shed', 'because there is no room for the stream', [[OPEN, ended('resource-constraint')]]],
    ['reset', 'because the server goes', [[OPEN, ended('system-shutdown')]]],
    ['reset', 'because the stream is closed', [[`<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>`]]],
    ['reset', 'because the socket is', [(socket: WebSocket) => socket.terminate()]],
    ['protocol', 'in garbage', [[OPEN, 'garbage <<<']]],
    ['protocol', 'in another protocol', [['{"type":"welcome"}']]],
    ['protocol', 'because no features come', [[OPEN, SUCCESS]]],
    ['protocol', 'without an address', [[OPEN, OFFER], SUCCESS, [OPEN, BINDS], SESSION.replace('ask-2', 'ask-1')]],
    ['timeout', 'in silence', []],
  ] as const)('as %s, %s', { timeout: 20_000 }, async (kind, _, answers) => {
    const { client, wire } = await clientOf(answers);
    await expect(client.login?.()).rejects.toMatchObject({ name: 'Failure', kind });
    await expect.poll(() => wire.sockets).toBe(0);
  });
});

describe('in a room', () => {
  const refusal = (condition: string) =>
    `<presence xmlns='jabber:client' from='hall-key-of-hall@conference.localhost/x' type='error'><error type='wait'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>`;

  test.each([
    ['shed', 'service-unavailable'],
    ['shed', 'resource-constraint'],
    ['denied', 'forbidden'],
    ['denied', 'registration-required'],
    ['status', 'conflict'],
  ])('the answer %s is %s, and the stream goes on', async (kind, condition) => {
    const { client, heard } = await clientOf([...signedIn, refusal(condition), refusal('forbidden')]);
    await client.login?.();
    await expect(client.createMeeting?.(wishFor('hall'))).rejects.toMatchObject({ name: 'Failure', kind });
    await expect(client.join?.({ id: 'hall-key-of-hall@conference.localhost' })).rejects.toMatchObject({
      kind: 'denied',
    });
    expect(heard).toHaveLength(7);
  });

  test('what the server asks meanwhile is answered, and what is for nobody is skipped', async () => {
    const ask = (id: string, what: string) =>
      `<iq xmlns='jabber:client' type='get' id='${id}' from='localhost'>${what}</iq>`;
    const seated = `<presence xmlns='jabber:client' from='hall-key-of-hall@conference.localhost/ada-r'><x xmlns='http://jabber.org/protocol/muc#user'><status code='110'/></x></presence>`;
    const asked = [ask('1', `<ping xmlns='urn:xmpp:ping'/>`), ask('2', `<query xmlns='jabber:iq:version'/>`)];
    const { client, heard } = await clientOf([...signedIn, [...asked, '<message xmlns="jabber:client"/>', seated]]);
    await client.login?.();
    expect(await client.createMeeting?.(wishFor('hall'))).toEqual({ id: 'hall-key-of-hall@conference.localhost' });
    await expect
      .poll(() => heard.slice(6))
      .toEqual([
        '<iq xmlns="jabber:client" id="1" to="localhost" type="result"/>',
        '<iq xmlns="jabber:client" id="2" to="localhost" type="error"><error type="cancel"><service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>',
      ]);
  });

  test('who lost the stream opens another one', async () => {
    const gone = (socket: WebSocket) => socket.terminate();
    const { client, heard } = await clientOf([...signedIn, gone]);
    await client.login?.();
    await expect(client.createMeeting?.(wishFor('hall'))).rejects.toMatchObject({ kind: 'reset' });
    await expect(client.createMeeting?.(wishFor('hall'))).rejects.toMatchObject({ kind: 'reset' });
    expect(heard.filter((text) => text.includes('<auth'))).toHaveLength(2);
  });
});
