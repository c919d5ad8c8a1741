import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { conclude } from '../../../cli/detection/conclude.ts';
import { detectors } from '../../../cli/detection/detectors/index.ts';
import { pageIn } from '../../../cli/detection/page/elements.ts';
import { partsIn } from '../../../cli/detection/page/parts.ts';
import { type Observation, type Seen, seenOf } from '../../../cli/detection/probe.ts';
import { describedBy } from '../../../cli/kinds.ts';
import { configTemplate } from '../../../cli/work/config-template.ts';
import { PAGE } from '../../../targets/reference/gateway/page/page.ts';

const URL = 'http://127.0.0.1:8080';
const answer = (body: string, type = 'text/html; charset=utf-8'): Observation => ({
  ...{ by: 'http', status: 200, body, headers: { 'content-type': type } },
});
const nothing: Observation = { by: 'http', status: 404, body: '', headers: {} };

/** A web server with a page, and files beside it. */
function serving(page: string, files: Readonly<Record<string, string>> = {}): Seen {
  return {
    of(probe) {
      if (probe.by === 'websocket') return { by: 'nothing', says: 'no socket' };
      if (probe.path === '') return answer(page);
      const file = files[probe.path];
      return file === undefined ? nothing : answer(file, 'text/javascript');
    },
  };
}

const concluded = (seen: Seen) => conclude(seen, '127.0.0.1', detectors);
const written = (seen: Seen) => concluded(seen).finding?.declaration?.(URL, []) ?? '';
const declared = (seen: Seen) => {
  const described = describedBy(parse(configTemplate(written(seen), 'x')).targets.mine, 'targets.mine', {});
  if (described.kind !== 'browser') throw new Error(`written as ${described.kind}`);
  return described.declaration;
};

test('the web client of the reference target is one, and what is done on it is found in its page', () => {
  const seen = serving(PAGE);
  expect(concluded(seen)).toMatchObject({
    finding: { is: 'a web client', sure: false, begin: expect.stringContaining('--pace natural') },
    evidence: [
      'its page asks which meeting people want to go to: #meeting, #join',
      'it lets people make a meeting: #new-meeting',
      'it lets people sign in: #email, #password',
      'its page decodes pictures by itself (VideoDecoder)',
      'it is used in a real browser, by a few people: they are probes, and no load',
    ],
  });
  expect(declared(seen)).toMatchObject({
    ...{ kind: 'browser', url: URL, pages: 2 },
    steps: {
      login: [
        { goto: '/' },
        { fill: '#email', with: '${person.email}' },
        { fill: '#password', with: '${person.password}' },
        { press: 'Enter' },
        { wait: '#meeting', denied: '#denied', shed: '#busy' },
      ],
      createMeeting: [{ click: '#new-meeting' }, { read: '#meeting-id' }],
      join: [
        { fill: '#meeting', with: '${meeting.id}' },
        { click: '#join' },
        { wait: '#leave', denied: '#denied', shed: '#busy' },
      ],
      leave: [{ click: '#leave' }],
    },
  });
  // Its media come over a WebSocket.
  expect(written(seen)).toContain('# measure: ');
});

test('a page that asks for a room and a name is one, without anybody who signs in', () => {
  const page = `<!DOCTYPE html><title>Meet</title><form><input name="roomName" placeholder="Room name">
    <input data-testid='display-name' placeholder="Your name"><button type="submit" data-testid="joinButton">Go</button></form>
    <video></video><script>navigator.mediaDevices.getUserMedia({ audio: true })</script>`;
  expect(concluded(serving(page)).evidence).toContain('its page asks for a camera or a microphone (getUserMedia)');
  const { steps, meeting } = declared(serving(page));
  expect(meeting).toBe('storm-${meeting.key}');
  expect(steps).toEqual({
    join: [
      { goto: '/' },
      { fill: 'input[name=roomName]', with: '${meeting.id}' },
      { fill: '[data-testid=display-name]', with: '${person.name}' },
      { click: '[data-testid=joinButton]' },
      { wait: 'video' },
    ],
  });
  expect(written(serving(page))).not.toContain('# measure: ');
});

test('a page that is made by its script is one by what that calls, and its selectors are questions', () => {
  const page = '<html><body><div id="app"></div><script src="/assets/app-1f.js?v=2"></script></body></html>';
  const seen = serving(page, { '/assets/app-1f.js': 'const c=new RTCPeerConnection({})' });
  const asked = detectors.flatMap((one) => one.probes(seen, '127.0.0.1')).flatMap((one) => one.path);
  expect(asked).toContain('/assets/app-1f.js');
  expect(concluded(seen).evidence[0]).toBe('/assets/app-1f.js makes WebRTC connections (RTCPeerConnection)');
  expect(written(seen)).toContain('? how does somebody go to a meeting?');
  expect(declared(seen).steps.join).toHaveLength(3);
});

test.each([
  ['a page that says something', '<h1>It works!</h1><a href="/meeting-rooms">Our rooms</a>'],
  [
    'a blog with a place to sign in',
    '<form><input name="log"><input type="password" name="pwd"><button>Log In</button></form>',
  ],
  [
    'a search',
    '<form><input name="q" placeholder="Search"><button>Go</button></form><script src="/jquery.js"></script>',
  ],
  ['one that only writes about it', '<p>getUserMedia and RTCPeerConnection: how to join a meeting</p><input name="q">'],
  ['one that hides it in a comment', '<!-- <input id="meeting"><button id="join">Join</button> -->'],
])('%s is no web client', (_, page) => {
  const { finding, evidence } = concluded(serving(page, { '/jquery.js': 'jQuery' }));
  expect(finding).toBeUndefined();
  expect(evidence[1]).toContain('no page on which people meet');
});

test('what is no page is none, whatever stands in it', () => {
  const json: Seen = { of: ({ by }) => (by === 'http' ? answer(PAGE, 'application/json') : undefined) };
  expect(concluded(json).finding).toBeUndefined();
  expect(detectors.at(-1)?.probes(seenOf([]), 'x')).toEqual([]);
});

test('nothing of a page is written down but plain names', () => {
  const page = `<input id='meeting" }' placeholder="Meeting"><input id="room\${env.SECRET}" placeholder="Room">
    <input name="meeting: x" placeholder="Meeting"><button id="join">Join</button>`;
  expect(partsIn(pageIn(page).elements)).toMatchObject({ meeting: undefined, join: '#join' });
  expect(partsIn(pageIn(`<INPUT ID=meeting PLACEHOLDER=Meeting disabled>`).elements).meeting).toBe('#meeting');
});

test('a page that never ends a tag, a comment or a script is read all the same, and soon', () => {
  const began = performance.now();
  for (const piece of ['<input id="', '<!--', '<script>', '<a b=', '<'])
    expect(pageIn(piece.repeat(200_000 / piece.length)).elements.length).toBeGreaterThanOrEqual(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});
