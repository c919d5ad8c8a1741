import * as z from 'zod';
import type { WrittenDeclaration } from '../declaration.ts';
import { list, mapping } from './fields.ts';
import { stepsOf } from './steps.ts';
import { system } from './system.ts';

function operation<Step extends z.ZodType>(step: Step, says: string): z.ZodExactOptional<z.ZodArray<Step>> {
  return list(step, 'a list of steps').exactOptional().describe(says);
}

const operations = mapping({
  login: operation(stepsOf.login, 'Signs a person in; what it captures stays with the person.'),
  createMeeting: operation(stepsOf.createMeeting, 'Creates a meeting; must capture meeting.id.'),
  findMeeting: operation(
    stepsOf.findMeeting,
    'Asks for a meeting; may capture meeting.participants, a number or a list of them.',
  ),
  countMeetings: operation(
    stepsOf.countMeetings,
    'Asks how many meetings there are of one name or key; must capture meeting.count, a number or a list.',
  ),
  join: operation(
    stepsOf.join,
    'Takes a seat in a meeting; may capture media.host, media.port, media.key, media.audio and media.video.',
  ),
  chat: operation(stepsOf.chat, 'Says something and waits until it was passed on.'),
  record: operation(
    stepsOf.record,
    'Has the meeting recorded and waits until the recording is acknowledged; must capture recording.id, and what findRecording captures.',
  ),
  findRecording: operation(
    stepsOf.findRecording,
    'Asks for a recording: is what was acknowledged there, and whole? Must capture recording.bytes or recording.checksum, or both.',
  ),
  news: operation(
    stepsOf.news,
    'What the target says, unasked, to people in a meeting; the end of the socket means that the seat is lost, too.',
  ),
  search: operation(
    stepsOf.search,
    'Looks for a text in all there is, such as a report on somebody, and waits for what is found.',
  ),
  openTicket: operation(stepsOf.openTicket, 'Asks the support for help; must capture ticket.id.'),
  findTicket: operation(stepsOf.findTicket, 'Asks for a ticket: is what was acknowledged still there?'),
  fetchAssets: operation(
    stepsOf.fetchAssets,
    'Fetches what the web client is made of; may capture assets.list, addresses to fetch, and for when they fail assets.wait and assets.otherwise.',
  ),
  leave: operation(stepsOf.leave, 'What to do on leaving; an open socket is closed in the end anyway.'),
});

/** A declaration as it is written in YAML. */
export const declaration = mapping({
  ...system,
  operations: operations.describe('What people can do, each as a list of steps.'),
  kind: z.literal('http', { error: 'http' }).exactOptional().describe('What it speaks: HTTP and WebSocket in steps.'),
}).describe('A conferencing system and what people can do with it.') satisfies z.ZodType<WrittenDeclaration>;
