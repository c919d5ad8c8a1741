import * as z from 'zod';
import { json, list, mapping, named, scalar, text } from './fields.ts';
import { answerPattern, answerPatterns, captures, messagePattern } from './patterns.ts';

const credentials = {
  headers: named(scalar, 'headers by name: { x-client: storm }')
    .exactOptional()
    .describe('Headers to send; their values may hold slots.'),
  basic: mapping({
    user: text(`a user name, such as "\${person.email}"`).describe('The user name.'),
    password: text(`a password, such as "\${person.password}"`).describe('The password.'),
  })
    .exactOptional()
    .describe('Basic authentication (RFC 7617).'),
  bearer: text(`a token, such as "\${token}"`).exactOptional().describe('A bearer token (RFC 6750).'),
};

const REQUEST = 'METHOD and where to: POST /v1/login';

const requestFields = {
  request: text(REQUEST).describe('A method, and a path below url or an absolute address: POST /v1/login.'),
  json: json.exactOptional().describe('The body as JSON; its texts may hold slots.'),
  form: named(scalar, 'fields by name').exactOptional().describe('The body as form fields, URL-encoded.'),
  body: z
    .string({ error: 'a text' })
    .exactOptional()
    .describe('The body as text; slots are filled as they are, without quoting.'),
  ...credentials,
  expect: answerPattern.exactOptional().describe('The answer of success; status 2xx unless said otherwise.'),
  denied: answerPatterns
    .exactOptional()
    .describe('The answer that says this person may not; 401 and 403 unless said otherwise.'),
  shed: answerPatterns
    .exactOptional()
    .describe('The answer that turns people away because of overload; 429 and 503 unless said otherwise.'),
  capture: captures
    .exactOptional()
    .describe('Values to keep: json:/pointer, header:name, cookie:name or body:regex(with one group), by name.'),
};

const messageOutcomes = {
  denied: messagePattern.exactOptional().describe('The message that says this person may not.'),
  shed: messagePattern.exactOptional().describe('The message that turns people away because of overload.'),
  capture: captures.exactOptional().describe('Values to keep: json:/pointer or body:regex(with one group), by name.'),
};

const request = mapping(requestFields);

const find = mapping({
  ...requestFields,
  missing: answerPatterns.exactOptional().describe('The answer that says there is no such thing.'),
});

const webSocket = mapping({
  websocket: text('a path below url, or an address: /v1/signal').describe(
    'Where to open the WebSocket of the meeting: a path below url, or an absolute address.',
  ),
  protocols: list(text('a name'), 'a list of names').exactOptional().describe('The subprotocols to offer.'),
  ...credentials,
});

const send = mapping({
  send: json.describe('What to say: a text as it is, anything else as JSON.'),
  expect: messagePattern
    .exactOptional()
    .describe('The message to wait for: a text that it contains, or what its JSON holds. Others are skipped.'),
  ...messageOutcomes,
});

const receive = mapping({
  receive: messagePattern.describe(
    'The message to wait for without saying anything: a text that it contains, or what its JSON holds.',
  ),
  ...messageOutcomes,
});

const MEANS = 'lost or moved';

const news = mapping({
  receive: messagePattern.describe('The message: a text that it contains, or what its JSON holds.'),
  means: z
    .enum(['lost', 'moved'], { error: MEANS })
    .describe(
      'What becomes of the seat: it is lost, and people join again, or it has moved to where the message says.',
    ),
  capture: captures.exactOptional().describe('Where the seat is now: media.host and the others that join captures.'),
});

const farewell = mapping({ send: json.describe('The last thing to say: a text as it is, anything else as JSON.') });

const close = mapping({
  close: z.literal(true, { error: 'close: true' }).describe('Closes the socket; it is closed in the end anyway.'),
});

const STEP = 'a step with one of: ';

/** The steps each operation can have. */
export const stepsOf = {
  login: request,
  createMeeting: request,
  findMeeting: find,
  countMeetings: request,
  join: z.union([request, webSocket, send, receive], { error: `${STEP}request, websocket, send, receive` }),
  chat: z.union([request, send, receive], { error: `${STEP}request, send, receive` }),
  record: z.union([request, send, receive], { error: `${STEP}request, send, receive` }),
  findRecording: find,
  news,
  search: request,
  openTicket: request,
  findTicket: find,
  fetchAssets: request,
  leave: z.union([request, farewell, close], { error: `${STEP}request, send, close` }),
} as const;
