import { browserDeclarationYaml, WEB_CLIENT_STORM } from '../declarations/browser.ts';
import type { Detector } from '../detector.ts';
import { type PageText, pageIn } from '../page/elements.ts';
import { type PageParts, partsIn } from '../page/parts.ts';
import { answerTo, get, type Seen } from '../probe.ts';

/** So many of the scripts that a page names are looked at. */
const MOST_SCRIPTS = 3;

/** What only a script calls that has to do with sound and pictures, and what that says of it. */
const CALLS = [
  ['getUserMedia', 'asks for a camera or a microphone'],
  ['RTCPeerConnection', 'makes WebRTC connections'],
  ['VideoDecoder', 'decodes pictures by itself'],
] as const;

/** Recognises a web client by its page: where people say which meeting they want to join, or what its scripts call. */
export const browserDetector: Detector = {
  probes(seen) {
    const page = pageOf(seen);
    return page ? scriptsOf(page).slice(0, MOST_SCRIPTS).map(get) : [];
  },

  judge(seen) {
    const page = pageOf(seen);
    if (!page) return undefined;
    const parts = partsIn(page.elements);
    const calls = callsIn(page, seen);
    const joins = parts.meeting !== undefined && (parts.join ?? parts.create) !== undefined;
    if (!joins && calls.length === 0) return undefined;
    return {
      is: 'a web client',
      sure: false,
      because: [
        ...formsIn(parts),
        ...calls.map(({ call, says, where }) => `${where} ${says} (${call})`),
        'it is used in a real browser, by a few people: they are probes, and no load',
      ],
      begin: WEB_CLIENT_STORM,
      declaration: (url, metrics) => {
        const isOwn = calls.length > 0 && !calls.some(({ call }) => call !== 'VideoDecoder');
        return browserDeclarationYaml(url, parts, { metrics, mediaBy: isOwn ? 'the page' : 'WebRTC' });
      },
    };
  },
};

/** Undefined where no page is. */
function pageOf(seen: Seen): PageText | undefined {
  const answer = answerTo(seen, '');
  if (answer?.status !== 200) return undefined;
  const type = answer.headers['content-type'];
  const isPage = type === undefined ? /^\s*<(?:!doctype html|html)/i.test(answer.body) : /^text\/html\b/i.test(type);
  return isPage ? pageIn(answer.body) : undefined;
}

/** Paths of the scripts that lie beside the page; others are nobody's here. */
function scriptsOf({ scripts }: PageText): string[] {
  return scripts.flatMap(({ src = '' }) => {
    const path = /^(?:\.?\/)?((?:[\w.-]+\/)*[\w.-]+\.m?js)(?:\?[\w=.&-]*)?$/.exec(src)?.[1];
    return path === undefined ? [] : [`/${path}`];
  });
}

function callsIn(page: PageText, seen: Seen) {
  const own = page.scripts.map(({ text }) => ({ where: 'its page', text }));
  const named = scriptsOf(page).map((path) => ({ where: path, text: answerTo(seen, path)?.body ?? '' }));
  return CALLS.flatMap(([call, says]) => {
    const script = [...own, ...named].find(({ text }) => text.includes(call));
    return script ? [{ call, says, where: script.where }] : [];
  });
}

function formsIn({ email, password, name, meeting, join, create }: PageParts): string[] {
  const listed = (...all: readonly (string | undefined)[]) => all.filter((one) => one !== undefined).join(', ');
  return [
    ...(meeting === undefined ? [] : [`its page asks which meeting people want to go to: ${listed(meeting, join)}`]),
    ...(create === undefined ? [] : [`it lets people make a meeting: ${create}`]),
    ...(password === undefined ? [] : [`it lets people sign in: ${listed(email, password)}`]),
    ...(password === undefined && name !== undefined ? [`it asks who they are: ${name}`] : []),
  ];
}
