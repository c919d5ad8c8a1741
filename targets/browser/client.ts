import type { Page } from '../../core/browser.ts';
import { Failure } from '../../core/failure.ts';
import type { Person } from '../../core/person.ts';
import type { Client, Participation } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import { REGISTERS, type Values } from '../http/compile/scope.ts';
import type { CompiledPage } from './compile.ts';
import type { Steps } from './steps.ts';

/**
 * One virtual user's view of a web client. A visit has a page of its own: it is opened by login, or with the first thing
 * that needs it, which signs in on the way; or it was made ready before, for the first visit. A page on which something failed
 * is closed, and the next attempt opens another.
 */
export function clientOf(io: Transport, person: Person, page: CompiledPage, kept?: Page): Client {
  const { login, createMeeting, join, leave, meeting } = page;
  const known = valuesOf(person, page.registers);
  const visit = visitOf(io, login, known, kept);
  return {
    login: () => visit.signIn(),
    ...((createMeeting ?? meeting) && {
      async createMeeting({ name, key, invited }) {
        const values = filled(known, {
          ...{ 'meeting.name': name, 'meeting.key': key },
          ...{ 'invited.name': invited.name, 'invited.email': invited.email },
        });
        if (meeting) return { id: meeting.render(values) };
        return { id: await visit.online((open) => named(open, createMeeting?.(values) ?? [])) };
      },
    }),
    ...(join && {
      async join({ id }, region = '') {
        const values = filled(known, { 'meeting.id': id, 'person.region': region });
        const seated = await visit.online(async (open) => {
          await open.walk(join(values));
          return open;
        });
        return participation(seated, leave?.(values));
      },
    }),
    makeReady: () => visit.keep(),
    elsewhere: (other) => clientOf(other, person, page, visit.handOver()),
    goodbye: () => visit.close(),
  };
}

/** The page of one visit. */
interface Visit {
  signIn(): Promise<void>;
  /** Does something on the page, which is opened for it, and closed when it fails. */
  online<T>(work: (page: Page) => Promise<T>): Promise<T>;
  close(): void;
  /** Opens the page for a visit to come. */
  keep(): Promise<void>;
  /** Gives the page that was kept to that visit, once. */
  handOver(): Page | undefined;
}

function visitOf(io: Transport, login: Steps | undefined, values: Values, before: Page | undefined): Visit {
  let [current, kept, isKept]: [Page | undefined, Page | undefined, boolean] = [undefined, before, false];
  const close = () => {
    for (const page of [current, kept]) page?.close();
    current = kept = undefined;
  };
  const online: Visit['online'] = async (work) => {
    if (!io.browser) throw new Error('this engine has no browsers');
    try {
      if (kept?.isOpen) current = await io.browser.open(kept.seat);
      kept = undefined;
      if (!current?.isOpen) {
        current = await io.browser.open();
        if (login) await current.walk(login(values));
      }
      return await work(current);
    } catch (thrown) {
      close();
      throw thrown;
    }
  };
  return {
    online,
    close,
    async keep() {
      await online(async () => {});
      isKept = true;
    },
    handOver() {
      if (!isKept) return undefined;
      const handed = current;
      [current, isKept] = [undefined, false];
      return handed;
    },
    async signIn() {
      close();
      await online(async () => {});
    },
  };
}

async function named(page: Page, steps: ReturnType<Steps>): Promise<string> {
  const id = await page.walk(steps);
  if (!id) throw new Failure('protocol', 'the page does not say what the meeting is called');
  return id;
}

function participation(page: Page, leaving: ReturnType<Steps> | undefined): Participation {
  return {
    media: page.seat,
    follow: (heard) => page.onGone((says) => heard({ is: 'lost', says })),
    async leave() {
      try {
        if (leaving && page.isOpen) await page.walk(leaving);
        else page.close();
      } catch (thrown) {
        page.close();
        // Who goes is gone, whatever the page says to it.
        if (!(thrown instanceof Failure)) throw thrown;
      }
    },
  };
}

function valuesOf({ index, name, email, password }: Person, registers: number): Values {
  return filled(new Array<string | undefined>(registers).fill(undefined), {
    ...{ 'person.index': String(index), 'person.name': name, 'person.email': email, 'person.password': password },
  });
}

function filled(values: Values, given: Readonly<Partial<Record<keyof typeof REGISTERS, string>>>): Values {
  const all = [...values];
  for (const [name, value] of Object.entries(given)) all[REGISTERS[name as keyof typeof REGISTERS]] = value;
  return all;
}
