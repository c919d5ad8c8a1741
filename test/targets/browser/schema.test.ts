import { describe, expect, test } from 'vitest';
import type { BrowserPort, Page, PageStep } from '../../../core/browser.ts';
import { Mistakes } from '../../../core/mistake.ts';
import type { Client } from '../../../core/target.ts';
import { parseBrowserDeclaration } from '../../../targets/browser/schema.ts';
import { browserTarget } from '../../../targets/browser/target.ts';
import { tinyTransport } from '../../support/tiny-transport.ts';
import { wishFor } from '../../support/wish.ts';

const written = { kind: 'browser', url: 'http://127.0.0.1:8080', steps: { login: [{ goto: '/' }] } };
const read = (changes: object, env = {}) => parseBrowserDeclaration({ ...written, ...changes }, 'targets.page', env);

function mistakesOf(changes: object): readonly string[] {
  try {
    read(changes);
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list.map(({ where, what }) => `${where} ${what}`);
    throw thrown;
  }
  return [];
}

/** A page that only writes down what is done on it. */
function notebook(): { readonly done: PageStep[]; readonly browser: BrowserPort; opened(): number } {
  const done: PageStep[] = [];
  let opened = 0;
  const page: Page = {
    ...{ seat: { page: 1 }, isOpen: true, onGone: () => {}, close: () => {} },
    async walk(steps) {
      done.push(...steps);
      return 'read';
    },
  };
  const browser = {
    async open() {
      opened += 1;
      return page;
    },
  };
  return { done, browser, opened: () => opened };
}

describe('the declaration of a web client', () => {
  test('needs its address and what people do', () => {
    expect(read({})).toEqual({ ...written, pages: 2, environment: {} });
    expect(browserTarget('page', read({})).operations).toEqual(['login']);
    const whole = read({ meeting: 'room', steps: { ...written.steps, join: [{ wait: '#in' }] } });
    expect(browserTarget('page', whole).operations).toEqual(['login', 'createMeeting', 'join', 'media']);
  });

  test('says what is wrong with it, all at once', () => {
    expect(mistakesOf({ pages: 17, network: { loss: 0.05 }, steps: { login: [{ look: '#x' }] } })).toEqual([
      'targets.page.steps.login[0].goto is missing',
      'targets.page.steps.login[0].look is not known',
      'targets.page.pages cannot be 17',
      'targets.page.network.loss cannot be a number',
    ]);
    const steps = { login: [{ goto: 'http://elsewhere.example/' }], createMeeting: [{ click: '#new' }] };
    expect(mistakesOf({ steps })).toEqual([
      'targets.page.steps.login[0].goto goes to a host that the declaration does not name',
      'targets.page.steps.createMeeting does not read what the meeting is called',
    ]);
    expect(mistakesOf({ steps: { login: [{ fill: '#room', with: '${meeting.id}' }] } })).toEqual([
      'targets.page.steps.login[0].with ${meeting.id} is not known here',
    ]);
    expect(mistakesOf({ steps: {} })).toEqual(['targets.page.steps declares nothing that people can do']);
  });

  test('fills its steps for each person, and signs in on the way', async () => {
    const { done, browser, opened } = notebook();
    const target = browserTarget(
      'page',
      read({
        meeting: 'storm-${meeting.key}',
        steps: {
          login: [{ goto: '/#/in' }, { fill: '#email', with: '${person.email}' }, { press: 'Enter' }],
          join: [{ goto: '/room?name=${meeting.id}' }, { evaluate: 'enter("${meeting.id}")' }],
        },
      }),
    );
    const person = { index: 3, name: 'Ada', email: 'ada@example.org', password: 'x' };
    const client = target.client({ ...tinyTransport(), browser }, person) as Required<Client>;
    const { id } = await client.createMeeting(wishFor('a "room"'));
    expect(id).toBe('storm-key of a "room"');
    expect(opened()).toBe(0);
    const seat = await client.join({ id });
    expect(seat.media).toEqual({ page: 1 });
    expect(opened()).toBe(1);
    expect(done).toEqual([
      { does: 'goto', url: 'http://127.0.0.1:8080/#/in' },
      { does: 'fill', selector: '#email', text: 'ada@example.org' },
      { does: 'press', key: 'Enter' },
      { does: 'goto', url: 'http://127.0.0.1:8080/room?name=storm-key%20of%20a%20%22room%22' },
      { does: 'evaluate', script: 'enter("storm-key of a \\"room\\"")' },
    ]);
  });
});
