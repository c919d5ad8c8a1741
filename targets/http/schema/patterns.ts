import * as z from 'zod';
import { json, list, mapping, named, scalar, text } from './fields.ts';

const STATUS = 'a status such as 200, a class such as 2xx, or a list of them';

const status = z.union(
  [z.int().min(100, { error: STATUS }).max(599, { error: STATUS }), z.enum(['1xx', '2xx', '3xx', '4xx', '5xx'])],
  { error: STATUS },
);

/** What an answer over HTTP must show. */
export const answerPattern = mapping({
  status: z
    .union([status, list(status, STATUS)], { error: STATUS })
    .exactOptional()
    .describe('The status: 200, a class such as 2xx, or a list of them.'),
  json: json
    .exactOptional()
    .describe(
      'What the JSON of the answer holds: named fields must match, others do not matter, lists match item by item.',
    ),
  header: named(scalar, 'headers by name')
    .exactOptional()
    .describe('Headers by name; one value of each must be exactly this.'),
  contains: text('a text that the body contains').exactOptional().describe('A text that the body contains.'),
});

/** One description of an answer or several, of which one must be met. */
export const answerPatterns = z.union([answerPattern, z.array(answerPattern)], {
  error: 'a pattern such as { status: 429 }, or a list of patterns',
});

/** What a message must show. */
export const messagePattern = json;

/** Where values are found, by the name they are kept under. */
export const captures = named(
  text('json:/pointer, header:name, cookie:name or body:regex(with one group)'),
  'names, each with where its value is: token: "json:/access_token"',
);
