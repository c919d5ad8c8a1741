import * as z from 'zod';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { duration, list, mapping, text } from '../http/schema/fields.ts';
import { mistakesOf } from '../http/schema/mistakes.ts';
import { settled } from '../http/schema/settle.ts';
import { system } from '../http/schema/system.ts';
import { compile } from './compile.ts';
import type { BrowserDeclaration, WrittenBrowserDeclaration } from './declaration.ts';

/** A page takes a tenth of a core and 200 MB: two of them see what a decoder knows, and more would be another load. */
const PAGES = 2;
const MOST_PAGES = 16;

const SELECTOR = 'a CSS selector: "#join"';
const selector = text(SELECTOR);

const step = z.union(
  [
    mapping({
      goto: text('a path below url, or an address: /').describe('Opens a page: a path below url, or an address.'),
    }),
    mapping({
      fill: selector.describe('The field to write in, by a CSS selector.'),
      with: z.string({ error: 'a text: "${person.email}"' }).describe('What to write there; it may hold slots.'),
    }),
    mapping({ click: selector.describe('What to click on, by a CSS selector.') }),
    mapping({ press: text('a key: Enter').describe('A key to press, by the name of KeyboardEvent.key: Enter.') }),
    mapping({
      wait: selector.describe('What has to be seen before it goes on, by a CSS selector.'),
      denied: selector.exactOptional().describe('What says that this person may not, when it is seen instead.'),
      shed: selector.exactOptional().describe('What turns people away because of overload, when it is seen instead.'),
    }),
    mapping({
      evaluate: text('a script: window.join("${meeting.id}")').describe(
        'A script to run in the page; its texts may hold slots. It fails when it throws, or says false.',
      ),
    }),
    mapping({ read: selector.describe('Where the page says what the meeting is called, by a CSS selector.') }),
  ],
  { error: 'a step with one of: goto, fill, click, press, wait, evaluate, read' },
);

const steps = list(step, 'a list of steps');
const LOSS = 'a share: 5%';
const PAGES_MEND = `a whole number from 1 to ${MOST_PAGES}`;

const declaration = mapping({
  kind: z.literal('browser', { error: 'browser' }).describe('A web client, used in a real browser.'),
  ...system,
  steps: mapping({
    login: steps.exactOptional().describe('Signs the person in.'),
    createMeeting: steps.exactOptional().describe('Makes a meeting, and reads what it is called.'),
    join: steps.exactOptional().describe('Goes to ${meeting.id}; done when the person is in the meeting.'),
    leave: steps.exactOptional().describe('Leaves the meeting; the page is closed otherwise.'),
  }).describe('What people can do on the page, each as the steps that do it.'),
  meeting: text('a name: "${meeting.key}"')
    .exactOptional()
    .describe('What a meeting is called, where one is there as soon as somebody joins it: "storm-${meeting.key}".'),
  pages: z
    .int({ error: PAGES_MEND })
    .min(1, { error: PAGES_MEND })
    .max(MOST_PAGES, { error: PAGES_MEND })
    .exactOptional()
    .describe('How many pages may be open at once; 2 otherwise. Whoever comes beyond has no browser.'),
  network: mapping({
    loss: z
      .string({ error: LOSS })
      .regex(/^\d{1,2}(?:\.\d+)?%$/, { error: LOSS })
      .exactOptional()
      .describe('The share of datagrams lost in each direction.'),
    delay: duration('a time: 40ms').exactOptional().describe('How much longer each direction takes.'),
  })
    .exactOptional()
    .describe('What the network is like for WebRTC of the pages, from before their first connection on.'),
  measure: text('a script: window.conference.received()')
    .exactOptional()
    .describe(
      'A script that gives what the page has received so far, where media do not come over WebRTC: { audio: { packets, lost }, video: { packets, lost, decoded }, bytes }.',
    ),
}).describe('A web client, and what people do in it.') satisfies z.ZodType<WrittenBrowserDeclaration>;

/** Reads a declaration as it was written; throws Mistakes that list everything wrong with it. */
export function parseBrowserDeclaration(
  input: unknown,
  where: string,
  env: Readonly<Record<string, string | undefined>>,
): BrowserDeclaration {
  const read = declaration.safeParse(input, { reportInput: true });
  if (!read.success) throw new Mistakes(mistakesOf(read.error.issues, where));
  const mistakes: Mistake[] = [];
  const written = settled<WrittenBrowserDeclaration>(read.data, where, env, mistakes);
  const compiled = compile(written, where, env);
  mistakes.push(...compiled.mistakes);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return { ...written, pages: written.pages ?? PAGES, environment: compiled.environment };
}

/** The JSON Schema (draft 2020-12) of a declaration as it is written, for editors. */
export function browserDeclarationJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(declaration, { unrepresentable: 'any' });
}
