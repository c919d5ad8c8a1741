import * as z from 'zod';
import type { OperationClass } from '../../../core/profile.ts';
import type { WrittenDeclaration } from '../declaration.ts';
import { list, mapping, text, trust } from './fields.ts';
import { halt } from './halts.ts';
import { services } from './services.ts';
import { source } from './sources.ts';
import { stepsOf } from './steps.ts';

const rate = z.number({ error: 'a number above 0' }).positive({ error: 'a number above 0' });

const capacity = mapping({
  login: rate.exactOptional().describe('Logins per second.'),
  create: rate.exactOptional().describe('Meetings created per second.'),
  join: rate.exactOptional().describe('Concurrent participants.'),
  media: rate.exactOptional().describe('Concurrent participants who send media.'),
  chat: rate.exactOptional().describe('Chat messages per second.'),
  record: rate.exactOptional().describe('Recordings per second.'),
  search: rate.exactOptional().describe('Searches per second.'),
  assets: rate.exactOptional().describe('Asset requests per second.'),
  ticket: rate.exactOptional().describe('Support tickets per second.'),
} satisfies Record<OperationClass, z.ZodType>);

const PEOPLE = '{ count: 1000 } to make them up, or { file: people.csv }';

const people = z.union(
  [
    mapping({
      count: z
        .int({ error: 'a whole number above 0' })
        .positive({ error: 'a whole number above 0' })
        .describe('How many people to make up.'),
    }),
    mapping({
      file: text('a file: people.csv').describe(
        'A CSV file of accounts; its path begins in the folder of the configuration.',
      ),
    }),
  ],
  { error: PEOPLE },
);

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
  leave: operation(stepsOf.leave, 'What to do on leaving; an open socket is closed in the end anyway.'),
});

/** A declaration as it is written in YAML. */
export const declaration = mapping({
  url: text('such as http://127.0.0.1:8080').describe('Where the target is; paths of operations are below it.'),
  hosts: list(text('a host, such as auth.example.com'), 'a list of hosts')
    .exactOptional()
    .describe('Hosts besides the one of url that requests may go to.'),
  capacity: capacity.exactOptional().describe('What the owner holds the target to, per class of operation.'),
  tls: trust.exactOptional(),
  metrics: list(source, 'a list of sources').exactOptional().describe("Where the target's own metrics are told."),
  halts: list(halt, 'a list of conditions')
    .exactOptional()
    .describe('When a run has to stop at once, whatever it was to show; everything is put back then.'),
  people: people.exactOptional().describe('Who the virtual users are.'),
  services: services
    .exactOptional()
    .describe('How faults reach its services; a fault whose service is not here is reported as not injected.'),
  operations: operations.describe('What people can do, each as a list of steps.'),
}).describe('A conferencing system and what people can do with it.') satisfies z.ZodType<WrittenDeclaration>;
