import type { Operations } from '../declaration.ts';
import type { Step } from '../visit.ts';
import type { Returned } from './capture.ts';
import { farewellStep, receiveStep, sendStep } from './messages.ts';
import { newsOf, type ReadNews } from './news.ts';
import { requestStep } from './request.ts';
import { ASSETS, MEDIA, RECORDING_FACTS, type Scope, within } from './scope.ts';
import { at, type Base, type Site, tell } from './site.ts';
import { webSocketStep } from './websocket.ts';

/** What people can do with a target, ready to be done: each operation as its steps, absent when not declared. */
export interface CompiledOperations {
  readonly login: readonly Step[] | undefined;
  readonly createMeeting: readonly Step[] | undefined;
  readonly findMeeting: readonly Step[] | undefined;
  readonly countMeetings: readonly Step[] | undefined;
  readonly join: readonly Step[] | undefined;
  /** The hosts that media may be at; undefined when joining gives no seat in it. */
  readonly media: ReadonlySet<string> | undefined;
  readonly chat: readonly Step[] | undefined;
  readonly record: readonly Step[] | undefined;
  readonly findRecording: readonly Step[] | undefined;
  readonly news: ReadNews | undefined;
  readonly search: readonly Step[] | undefined;
  readonly openTicket: readonly Step[] | undefined;
  readonly findTicket: readonly Step[] | undefined;
  readonly fetchAssets: readonly Step[] | undefined;
  /** Where the assets may be that a page names. */
  readonly base: Base;
  /** What is done before the socket is closed. */
  readonly leave: readonly Step[];
}

/**
 * Reads all operations. What login captures is known in every other one, what join captures in chat, record and leave; other
 * captures end with their operation. The site's scope knows what is known before login.
 */
export function compileOperations(operations: Operations, site: Site): CompiledOperations {
  const { login, createMeeting, findMeeting, countMeetings, join, chat, record, findRecording } = operations;
  const { news, search, openTicket, findTicket, fetchAssets, leave } = operations;
  if (Object.keys(operations).length === 0) tell(site, 'declares nothing that people can do', 'begin with login');
  const session = site.scope;
  const signIn = login && requests(login, [], at(site, 'login'));
  const meeting = within(session, ['meeting.id', 'person.region']);
  const opens = (join ?? []).some((step) => 'websocket' in step);
  // In this order: a scope begins with all that was captured in the ones it is within.
  const compiled = {
    login: signIn,
    createMeeting: createMeeting && creation(createMeeting, inScope(site, 'createMeeting', within(session, WISH))),
    findMeeting:
      findMeeting &&
      finding(findMeeting, ['meeting.participants'], inScope(site, 'findMeeting', within(session, ['meeting.id']))),
    countMeetings:
      countMeetings &&
      count(countMeetings, inScope(site, 'countMeetings', within(session, ['meeting.name', 'meeting.key']))),
    openTicket: openTicket && opening(openTicket, inScope(site, 'openTicket', within(session, ['ticket.subject']))),
    findTicket: findTicket && finding(findTicket, [], inScope(site, 'findTicket', within(session, ['ticket.id']))),
    findRecording:
      findRecording && seeking(findRecording, inScope(site, 'findRecording', within(session, ['recording.id']))),
    search: search && requests(search, [], inScope(site, 'search', within(session, ['search.text']))),
    fetchAssets: fetchAssets && fetching(fetchAssets, inScope(site, 'fetchAssets', within(session, []))),
    base: site.base,
    join: join && seatSteps(join, 'join', false, inScope(site, 'join', meeting)),
    chat:
      chat && seatSteps(chat, 'chat', opens, inScope(site, 'chat', within(meeting, ['message.id', 'message.text']))),
    record: record && recording(record, opens, operations, inScope(site, 'record', within(meeting, []))),
    media: join && mediaOf(join, at(site, 'join')),
    news: news && newsOf(news, inScope(site, 'news', within(meeting, []))),
    leave: leave ? farewell(leave, opens, inScope(site, 'leave', within(meeting, []))) : [],
  };
  if (news && join && !opens) tell(at(site, 'news'), 'comes over a socket, and there is none', 'open it in join');
  for (const name of ['chat', 'record', 'news', 'leave'] as const)
    if (operations[name] && !join)
      tell(at(site, name), 'takes place in a meeting that nobody joins', 'declare join, too');
  return compiled;
}

/** What is known of a meeting that somebody wants. */
const WISH = ['meeting.name', 'meeting.key', 'invited.name', 'invited.email'] as const;

function inScope(site: Site, operation: keyof Operations, scope: Scope): Site {
  return { ...at(site, operation), scope };
}

function requests(steps: NonNullable<Operations['findMeeting']>, returns: readonly Returned[], site: Site): Step[] {
  return steps.map((step, index) => requestStep(step, returns, at(site, index)));
}

function creation(steps: NonNullable<Operations['createMeeting']>, site: Site): Step[] {
  if (!steps.some(({ capture = {} }) => 'meeting.id' in capture))
    tell(site, 'does not capture the id of the meeting', 'capture: { meeting.id: "json:/id" }');
  return requests(steps, ['meeting.id', 'meeting.participants'], site);
}

/** Without what is missing, what was lost could not be told from requests that went wrong. */
function finding(steps: NonNullable<Operations['findMeeting']>, returns: readonly Returned[], site: Site): Step[] {
  if (!steps.some(({ missing }) => missing))
    tell(site, 'does not say how something that does not exist is answered', 'missing: { status: 404 }');
  return requests(steps, returns, site);
}

function opening(steps: NonNullable<Operations['openTicket']>, site: Site): Step[] {
  if (!steps.some(({ capture = {} }) => 'ticket.id' in capture))
    tell(site, 'does not capture the id of the ticket', 'capture: { ticket.id: "json:/id" }');
  return requests(steps, ['ticket.id'], site);
}

/** A recording is whole when what is told of it is the same when it is acknowledged and later. */
function recording(
  steps: NonNullable<Operations['record']>,
  opened: boolean,
  { findRecording }: Operations,
  site: Site,
): Step[] {
  const captured = capturedIn(steps);
  if (!captured.has('recording.id'))
    tell(site, 'does not capture the id of the recording', 'capture: { recording.id: "json:/id" }');
  const later = capturedIn(findRecording ?? []);
  const missing = RECORDING_FACTS.filter((fact) => later.has(fact) && !captured.has(fact));
  if (missing.length > 0)
    tell(site, `does not capture ${missing.join(', ')}, which findRecording does`, 'the two are compared');
  return seatSteps(steps, 'record', opened, site);
}

function seeking(steps: NonNullable<Operations['findRecording']>, site: Site): Step[] {
  const captured = capturedIn(steps);
  if (!RECORDING_FACTS.some((fact) => captured.has(fact)))
    tell(site, 'captures nothing that tells a whole recording', 'capture: { recording.bytes: "json:/bytes" }');
  return finding(steps, RECORDING_FACTS, site);
}

function capturedIn(steps: readonly object[]): ReadonlySet<string> {
  return new Set(steps.flatMap((step) => Object.keys(('capture' in step && step.capture) || {})));
}

function count(steps: NonNullable<Operations['countMeetings']>, site: Site): Step[] {
  if (!steps.some(({ capture = {} }) => 'meeting.count' in capture))
    tell(site, 'does not capture how many there are', 'capture: { meeting.count: "json:/meetings" }');
  return requests(steps, ['meeting.count'], site);
}

function fetching(steps: NonNullable<Operations['fetchAssets']>, site: Site): Step[] {
  const captured = capturedIn(steps);
  for (const name of ASSETS)
    if (captured.has(name) && !captured.has('assets.list'))
      tell(site, `captures ${name}, but no assets.list to fetch first`, 'capture: { assets.list: "json:/assets" }');
  return requests(steps, ASSETS, site);
}

/** What those who have a seat in a meeting, or take one, are handed back. */
const RETURNED = {
  join: MEDIA,
  chat: [],
  record: ['recording.id', ...RECORDING_FACTS],
} as const satisfies Record<string, readonly Returned[]>;

function seatSteps(
  steps: NonNullable<Operations['join']>,
  operation: keyof typeof RETURNED,
  opened: boolean,
  site: Site,
): Step[] {
  let isOpen = opened;
  const returns = RETURNED[operation];
  return steps.map((step, index) => {
    const here = at(site, index);
    if ('request' in step) return requestStep(step, returns, here);
    if ('websocket' in step) {
      if (isOpen) tell(here, 'opens a second socket', 'in a meeting a person has one');
      isOpen = true;
      return webSocketStep(step, here);
    }
    checkSocket(isOpen, here);
    const within = { label: `${operation} step ${index + 1}`, returns };
    return 'send' in step ? sendStep(step, within, here) : receiveStep(step, within, here);
  });
}

/** A seat is usable as a whole only. */
function mediaOf(steps: NonNullable<Operations['join']>, site: Site): ReadonlySet<string> | undefined {
  const captured = capturedIn(steps);
  const missing = MEDIA.filter((name) => !captured.has(name));
  if (missing.length === MEDIA.length) return undefined;
  if (missing.length > 0) tell(site, `captures media, but not ${missing.join(', ')}`, `capture ${MEDIA.join(', ')}`);
  return site.base.hosts;
}

function farewell(steps: NonNullable<Operations['leave']>, opened: boolean, site: Site): Step[] {
  let isOpen = opened;
  return steps.map((step, index) => {
    const here = at(site, index);
    if ('request' in step) return requestStep(step, [], here);
    checkSocket(isOpen, here);
    if ('send' in step) return farewellStep(step, here);
    isOpen = false;
    return async ({ socket }) => {
      socket?.close();
      return true;
    };
  });
}

function checkSocket(isOpen: boolean, site: Site): void {
  if (!isOpen) tell(site, 'needs an open socket, and there is none', 'open it in join with a websocket step');
}
