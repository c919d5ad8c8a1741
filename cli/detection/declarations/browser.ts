import type { FoundMetrics } from '../detector.ts';
import { metricsYaml } from '../metrics-pages.ts';
import type { PageParts } from '../page/parts.ts';

/** What else is known of a web client. */
interface Besides {
  readonly metrics: readonly FoundMetrics[];
  /** Where its media are told: by getStats, or by what the page says of itself. */
  readonly mediaBy: 'WebRTC' | 'the page';
}

/** Two pages take no more of it. */
export const WEB_CLIENT_STORM = 'login-storm --target mine --pace natural --scale 0.002';

/** The declaration of a web client, with the selectors that were found in its page; the others are questions. */
export function browserDeclarationYaml(url: string, parts: PageParts, { metrics, mediaBy }: Besides): string {
  return `  mine:                                   # stormtest ${WEB_CLIENT_STORM}
    kind: browser                         # a web client, used in a real Chromium (docs/browser.md)
    url: ${url}
    pages: 2                              # how many people are in a browser at once; 16 at most
    # tls: { insecure: true }             # accept a certificate nobody vouches for

    # Who signs in: made-up people, or accounts of yours (a CSV file: email,password,name).
    people: { count: 1000 }               # or: { file: people.csv }
${mediaBy === 'WebRTC' ? '' : `${MEASURE}\n`}
${metricsYaml(metrics)}    # What people do, by the selectors that were found in its page. Those with a question mark were not found.
    steps:
${stepsYaml(parts)}`;
}

const MEASURE = `
    # Its media do not come over WebRTC: does the page say by a script what it has received so far (docs/browser.md)?
    # measure: window.conference.received()`;

function stepsYaml(parts: PageParts): string {
  const { create, meetingId, meeting } = parts;
  const makes = create !== undefined && meetingId !== undefined;
  return [
    ...loginLines(parts),
    ...(makes
      ? ['createMeeting:', `  - click: "${create}"`, `  - read: "${meetingId}"        # what it is called`]
      : []),
    ...joinLines(parts),
    ...(parts.leave === undefined ? [] : ['leave:', `  - click: "${parts.leave}"`]),
  ]
    .map((line) => `      ${line}\n`)
    .concat(makes ? [] : [named(meeting)])
    .join('');
}

/** A meeting that nobody has to make. */
function named(meeting: string | undefined): string {
  const asked =
    '    # Is a meeting there as soon as somebody joins it? Otherwise steps.createMeeting makes one and reads its name.\n';
  return `${asked}    meeting: "${meeting === undefined ? '' : 'storm-'}\${meeting.key}"\n`;
}

function loginLines({ email, password, signIn, meeting, join, create, denied, shed }: PageParts): string[] {
  if (password === undefined) return ['# login:                              # it asks nobody for a password'];
  const seen = meeting ?? create ?? join;
  return [
    'login:',
    '  - goto: /',
    `  - { fill: ${quoted(email, 'email')}, with: "\${person.email}" }`,
    `  - { fill: "${password}", with: "\${person.password}" }`,
    signIn === undefined ? '  - press: Enter' : `  - click: "${signIn}"`,
    waiting(seen, 'signed-in', { denied, shed }, 'seen by whoever is signed in'),
  ];
}

function joinLines({ password, name, meeting, join, leave, screen, denied, shed }: PageParts): string[] {
  const where =
    meeting === undefined
      ? ['  - goto: "/${meeting.id}"              # ? how does somebody go to a meeting?']
      : [...(password === undefined ? ['  - goto: /'] : []), `  - { fill: "${meeting}", with: "\${meeting.id}" }`];
  return [
    'join:',
    ...where,
    ...(name === undefined ? [] : [`  - { fill: "${name}", with: "\${person.name}" }`]),
    join === undefined ? '  - press: Enter' : `  - click: "${join}"`,
    waiting(leave ?? screen, 'in-the-meeting', { denied, shed }, 'seen by whoever is in the meeting'),
  ];
}

function waiting(
  found: string | undefined,
  otherwise: string,
  { denied, shed }: Pick<PageParts, 'denied' | 'shed'>,
  says: string,
): string {
  const no = [...(denied ? [`denied: "${denied}"`] : []), ...(shed ? [`shed: "${shed}"`] : [])];
  const known = [`wait: ${quoted(found, otherwise)}`, ...no].join(', ');
  return `  - { ${known} }   # ${found === undefined ? '? ' : ''}${says}`;
}

/** What was not found is asked for. */
function quoted(selector: string | undefined, otherwise: string): string {
  return `"${selector ?? `#${otherwise}`}"`;
}
