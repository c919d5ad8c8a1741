import type { IncomingMessage } from 'node:http';
import type { ReferencePopulation } from '../account.ts';
import type { Account } from './accounts.ts';
import { type Answer, answer, noRoom, Refusal } from './answer.ts';
import { readObject, textOf } from './body.ts';
import { DatabaseBusy } from './connections.ts';
import type { Creations, MeetingOrder } from './creations.ts';
import { type LoginParts, login, refused } from './login.ts';
import type { Meetings } from './meetings.ts';
import type { EdgeAddress, MediaPlaces } from './order.ts';
import { PAGE } from './page/page.ts';
import { queryOf } from './query.ts';
import { NoRoom, type Recordings } from './recordings.ts';
import type { Reports } from './reports.ts';
import type { Rooms } from './rooms.ts';
import type { Tickets } from './tickets.ts';
import { bearerOf } from './token.ts';
import { hasLeft, type Visitor } from './visitor.ts';
import type { WebClient } from './web-client.ts';

/** One kind of request: its name in the metrics, and the answer to it. */
export interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Its one group, if any, is the id of what is asked for. */
  readonly path: RegExp;
  /** Whether it is answered however late the gateway is: what those ask for who look after it. */
  readonly always: boolean;
  handle(asked: Asked): Promise<Answer> | Answer;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly visitor: Visitor;
  readonly id: string;
}

export interface RouteParts extends LoginParts {
  readonly meetings: Meetings;
  readonly creations: Creations;
  readonly reports: Reports;
  readonly tickets: Tickets;
  readonly variant: string;
  readonly population: ReferencePopulation | undefined;
  readonly capacity: { readonly login: number };
  readonly media: MediaPlaces | undefined;
  readonly recordings: Recordings | undefined;
  readonly rooms: Rooms;
  readonly edges: readonly EdgeAddress[] | undefined;
  readonly webClient: WebClient | undefined;
}

/** Where participants signal; requests for it come as upgrades. */
export const SIGNAL_PATH = /^\/v1\/meetings\/([\w-]{1,64})\/signal$/;

/** Everything the gateway answers over HTTP. */
export function routesOf(parts: RouteParts): readonly Route[] {
  const { variant, capacity, population, metrics } = parts;
  const told = ({ name, metricsUrl }: Readonly<Record<'name' | 'metricsUrl', string>>) => ({ name, metricsUrl });
  const [media, edges] = [parts.media?.servers.map(told), parts.edges?.map(told)];
  const recordings = parts.recordings !== undefined;
  const about = { service: 'stormtest-reference', variant, capacity, population, media, edges, recordings };
  return [
    route('POST', 'login', /^\/v1\/login$/, (asked) => postLogin(parts, asked)),
    route('POST', 'meetings', /^\/v1\/meetings$/, (asked) =>
      // At the door, as with logins: whoever waits to be known by the database takes a connection from those inside.
      parts.creations.admission.admit(() => postMeeting(parts, asked)),
    ),
    route('GET', 'meetings', /^\/v1\/meetings$/, (asked) => getMeetings(parts, asked)),
    route('GET', 'reports', /^\/v1\/reports$/, (asked) => getReport(parts, asked)),
    route('POST', 'tickets', /^\/v1\/tickets$/, (asked) => postTicket(parts, asked)),
    route('GET', 'ticket', /^\/v1\/tickets\/([\w-]{1,64})$/, (asked) => getTicket(parts, asked)),
    route('POST', 'recordings', /^\/v1\/meetings\/([\w-]{1,64})\/recordings$/, (asked) => postRecording(parts, asked)),
    route('GET', 'recording', /^\/v1\/recordings\/([\da-f]{18})$/, (asked) => getRecording(parts, asked)),
    route('GET', 'meeting', /^\/v1\/meetings\/([\w-]{1,64})$/, (asked) => getMeeting(parts, asked)),
    route('GET', 'page', /^\/$/, () => ({ status: 200, type: 'text/html; charset=utf-8', text: PAGE })),
    route('GET', 'client', /^\/v1\/client$/, () => getClient(parts)),
    route('GET', 'asset', /^(\/client\/slim\/\d+\.js)$/, (asked) => getAsset(parts, asked)),
    route('GET', 'signal', SIGNAL_PATH, () => answer(426, { error: 'websocket-only' }, { upgrade: 'websocket' })),
    always('about', /^\/v1\/about$/, () => answer(200, about)),
    always('healthz', /^\/healthz$/, () => answer(200, { status: 'ok' })),
    always('metrics', /^\/metrics$/, async () => ({ status: 200, ...(await metrics.page()) })),
  ];
}

function route(method: Route['method'], name: string, path: RegExp, handle: Route['handle']): Route {
  return { method, name, path, always: false, handle };
}

function always(name: string, path: RegExp, handle: Route['handle']): Route {
  return { method: 'GET', name, path, always: true, handle };
}

async function postLogin(parts: RouteParts, { request, visitor }: Asked): Promise<Answer> {
  // At the door of a full house nobody is asked for a name: what refusals cost is missing inside.
  if (parts.queue.isFull || parts.admission.isFull) return refused(parts);
  return parts.admission.admit(async () => {
    const body = await readObject(request);
    const [email, password] = [textOf(body.email, 320), textOf(body.password, 1_024)];
    if (!email || !password) throw new Refusal(400, 'malformed');
    return login(parts, visitor, email, password);
  });
}

async function postMeeting(parts: RouteParts, asked: Asked): Promise<Answer> {
  const { creations, metrics } = parts;
  const { request, visitor } = asked;
  const order = meetingOrderOf(await readObject(request));
  const host = await signedIn(parts, asked);
  const meeting = await creations.create(order, host);
  // Who has left has no meeting yet: asking for it again is what tells them of it.
  if (!visitor.departed) metrics.created();
  return answer(201, meeting);
}

const MOST_CALENDARS = 10;

function meetingOrderOf(body: Readonly<Record<string, unknown>>): MeetingOrder {
  const { calendars = [] } = body;
  const [name, key] = [textOf(body.name, 200), textOf(body.key, 200)];
  const emails = Array.isArray(calendars) ? calendars.map((email) => textOf(email, 320)) : [undefined];
  const known = emails.filter((email) => email !== undefined);
  const isWhole = known.length === emails.length && known.length <= MOST_CALENDARS;
  if (!name || !isWhole || (body.key !== undefined && !key)) throw new Refusal(400, 'malformed');
  return { name, key, calendars: known };
}

async function getMeetings(parts: RouteParts, asked: Asked): Promise<Answer> {
  await signedIn(parts, asked);
  const key = textOf(queryOf(asked.request).get('key'), 200);
  if (!key) throw new Refusal(400, 'malformed');
  return answer(200, { meetings: await parts.meetings.madeFor(key) });
}

async function getReport(parts: RouteParts, asked: Asked): Promise<Answer> {
  await signedIn(parts, asked);
  const text = textOf(queryOf(asked.request).get('text'), 200);
  if (!text) throw new Refusal(400, 'malformed');
  const hosts = await counted(parts.reports(text), asked, 'answered', parts.metrics.report);
  return answer(200, { text, hosts });
}

async function postTicket(parts: RouteParts, asked: Asked): Promise<Answer> {
  const body = await readObject(asked.request);
  const account = await signedIn(parts, asked);
  const subject = textOf(body.subject, 500);
  if (!subject) throw new Refusal(400, 'malformed');
  const id = await counted(parts.tickets.open(subject, account), asked, 'taken', parts.metrics.ticket);
  return answer(201, { id });
}

/** Counts some work once: as done for somebody who was still there, or by what else became of it. */
async function counted<Work, Done extends string>(
  work: Promise<Work>,
  { visitor }: Asked,
  done: Done,
  count: (result: Done | 'abandoned' | 'refused' | 'failed') => void,
): Promise<Work> {
  try {
    const value = await work;
    count(visitor.departed ? 'abandoned' : done);
    return value;
  } catch (error) {
    count(error instanceof DatabaseBusy || error instanceof NoRoom ? 'refused' : 'failed');
    throw error;
  }
}

async function getTicket(parts: RouteParts, asked: Asked): Promise<Answer> {
  await signedIn(parts, asked);
  const ticket = await parts.tickets.find(asked.id);
  if (!ticket) throw new Refusal(404, 'unknown-ticket');
  return answer(200, ticket);
}

async function postRecording(parts: RouteParts, asked: Asked): Promise<Answer> {
  const { rooms, metrics } = parts;
  const recordings = keptBy(parts);
  // At the door, as with logins: a full volume is no reason to keep the database busy.
  if (!recordings.hasRoom()) {
    metrics.recording('refused');
    return noRoom();
  }
  await signedIn(parts, asked);
  if (!rooms.isOpen(asked.id)) throw new Refusal(409, 'nobody-there');
  return answer(201, await counted(recordings.record(), asked, 'kept', metrics.recording));
}

async function getRecording(parts: RouteParts, asked: Asked): Promise<Answer> {
  const recordings = keptBy(parts);
  await signedIn(parts, asked);
  const found = await recordings.find(asked.id);
  if (!found) throw new Refusal(404, 'unknown-recording');
  return answer(200, found);
}

function keptBy({ recordings }: RouteParts): Recordings {
  if (!recordings) throw new Refusal(404, 'records-nothing');
  return recordings;
}

async function getMeeting(parts: RouteParts, asked: Asked): Promise<Answer> {
  await signedIn(parts, asked);
  const meeting = await parts.meetings.find(asked.id);
  if (!meeting) throw new Refusal(404, 'unknown-meeting');
  return answer(200, meeting);
}

function getClient({ webClient }: RouteParts): Answer {
  if (!webClient) throw new Refusal(404, 'no-web-client');
  return answer(200, webClient.manifest());
}

function getAsset({ webClient }: RouteParts, { id }: Asked): Answer {
  const text = webClient?.file(id);
  if (text === undefined) throw new Refusal(404, 'unknown-asset');
  return { status: 200, type: 'text/javascript', text };
}

async function signedIn(parts: Pick<RouteParts, 'sessions' | 'settings'>, asked: Asked): Promise<Account> {
  const token = bearerOf(asked.request);
  await present(parts, asked);
  const account = token ? await parts.sessions.holder(token) : undefined;
  if (!account) throw new Refusal(401, 'denied', { 'www-authenticate': 'Bearer' });
  await present(parts, asked);
  return account;
}

/** Does nothing more for somebody who has left, in variants that look. */
async function present({ settings }: Pick<RouteParts, 'settings'>, { visitor }: Asked): Promise<void> {
  if (settings.noticesDeparture && (await hasLeft(visitor))) throw new Refusal(408, 'left');
}
