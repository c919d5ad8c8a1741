import type { Element } from './elements.ts';

/** What people need of a web client, each as the CSS selector of it; undefined where nothing looks like it. */
export interface PageParts {
  readonly email: string | undefined;
  readonly password: string | undefined;
  readonly signIn: string | undefined;
  /** Where somebody writes what they want to be called. */
  readonly name: string | undefined;
  /** Where they write which meeting they want to go to. */
  readonly meeting: string | undefined;
  readonly join: string | undefined;
  readonly create: string | undefined;
  /** Where the page says what a new meeting is called. */
  readonly meetingId: string | undefined;
  readonly leave: string | undefined;
  /** What shows pictures. */
  readonly screen: string | undefined;
  readonly denied: string | undefined;
  readonly shed: string | undefined;
}

const WRITABLE: ReadonlySet<string> = new Set(['', 'text', 'email', 'search', 'tel', 'url', 'number']);
const PRESSABLE: ReadonlySet<string> = new Set(['submit', 'button', 'image']);

const MEETING = /meeting|\broom|conference|\bcall\b|session[-_ ]?(?:id|name|code)|invitation/i;
const JOIN = /\bjoin\b|\benter\b/i;
const CREATE = /(?:new|create|start|host)[-_ ]?(?:a |an |instant )?(?:meeting|room|conference|call)/i;
const LEAVE = /\bleave\b|hang[-_ ]?up|end[-_ ]?call/i;

/** Finds them by their names, labels and types: how whoever wrote the page tells people what is what. */
export function partsIn(elements: readonly Element[]): PageParts {
  const fields = elements.filter(isField);
  const writable = fields.filter(({ attributes }) => attributes.type !== 'password');
  const buttons = elements.filter(isButton);
  const shown = elements.filter((one) => !isField(one) && !isButton(one));
  const first = (among: readonly Element[], fits: (one: Element) => boolean) =>
    among.filter(fits).flatMap((one) => selectorOf(one) ?? [])[0];
  const says = (pattern: RegExp) => (one: Element) => pattern.test(wordsOf(one));
  const named = (pattern: RegExp) => (one: Element) => pattern.test(one.attributes.id ?? '');
  const isMeeting = says(MEETING);
  const isEmail = (one: Element) => one.attributes.type === 'email' || says(/e-?mail|user[-_ ]?name|\blogin\b/i)(one);
  return {
    email: first(writable, (one) => isEmail(one) && !isMeeting(one)),
    password: first(fields, ({ attributes }) => attributes.type === 'password'),
    signIn: first(buttons, says(/sign[-_ ]?in|log[-_ ]?in/i)),
    name: first(writable, (one) => says(/\bname\b|nick/i)(one) && !isMeeting(one) && !isEmail(one)),
    meeting: first(writable, (one) => isMeeting(one) && !isEmail(one)),
    join: first(buttons, says(JOIN)),
    create: first(buttons, says(CREATE)),
    meetingId: first(shown, named(/(?:meeting|room|conference|call)[-_]?(?:id|code|link)$/i)),
    leave: first(buttons, says(LEAVE)),
    screen: first(shown, ({ tag }) => tag === 'video' || tag === 'canvas'),
    denied: first(shown, named(/denied|wrong|invalid|incorrect|unauthori/i)),
    shed: first(shown, named(/busy|overload|too-?many|unavailable/i)),
  };
}

function isField({ tag, attributes: { type = '' } }: Element): boolean {
  return tag === 'textarea' || (tag === 'input' && (type === 'password' || WRITABLE.has(type)));
}

function isButton({ tag, attributes: { type = '', role } }: Element): boolean {
  return tag === 'button' || role === 'button' || (tag === 'input' && PRESSABLE.has(type));
}

const TELLING = ['id', 'name', 'placeholder', 'aria-label', 'title', 'value', 'data-testid'] as const;

/** Identifiers in words: `joinButton` and `join_button` say join. */
function wordsOf({ attributes, text }: Element): string {
  const told = [...TELLING.map((name) => attributes[name] ?? ''), text].join(' ');
  return told.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}

/** Nothing else of a page is written into a configuration, or printed. */
const PLAIN = /^[A-Za-z][\w-]{0,60}$/;

function selectorOf({ tag, attributes }: Element): string | undefined {
  const { id = '', name = '', type, 'data-testid': test = '' } = attributes;
  if (PLAIN.test(id)) return `#${id}`;
  if (PLAIN.test(test)) return `[data-testid=${test}]`;
  if (PLAIN.test(name)) return `${tag}[name=${name}]`;
  if (type === 'password' || type === 'email') return `${tag}[type=${type}]`;
  return tag === 'video' || tag === 'canvas' ? tag : undefined;
}
