import * as z from 'zod';
import type { OperationClass } from '../../../core/profile.ts';
import { list, mapping, text, trust } from './fields.ts';
import { halt } from './halts.ts';
import { services } from './services.ts';
import { source } from './sources.ts';

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

/** The fields of every declaration, whatever the system speaks. */
export const system = {
  url: text('such as http://127.0.0.1:8080').describe('Where the target is; paths are below it.'),
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
} as const;
