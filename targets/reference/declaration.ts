import type { WrittenDeclaration } from '../http/declaration.ts';
import type { RunningReference } from './start.ts';

/** A running reference target in the words in which anybody declares a system of their own. */
export function referenceDeclaration({
  url,
  metricsUrl,
  capacity,
  media,
  edges,
  recordings,
}: Pick<RunningReference, 'url' | 'metricsUrl' | 'capacity' | 'media' | 'edges' | 'recordings'>): WrittenDeclaration {
  const metrics = [
    { name: 'gateway', url: metricsUrl, presets: ['reference'] },
    ...media.map((server) => ({ name: server.name, url: server.metricsUrl, presets: ['reference-media'] })),
    ...edges.map((edge) => ({ name: edge.name, url: edge.metricsUrl, presets: ['reference-edge'] })),
  ];
  // A meeting has media where there are servers for it, a web client where there are edges, and can be recorded where there is
  // a volume for that.
  const own = {
    ...operations,
    join: joining(media.length > 0 ? seat : undefined),
    ...(media.length > 0 && { news }),
    ...(edges.length > 0 && { fetchAssets }),
    ...(recordings && recording),
  };
  return { url, capacity, metrics, operations: own };
}

const seat = {
  'media.host': 'json:/media/host',
  'media.port': 'json:/media/port',
  'media.key': 'json:/media/key',
  'media.audio': 'json:/media/audio',
  'media.video': 'json:/media/video',
} as const;

const fetchAssets = [
  {
    request: 'GET /v1/client',
    capture: {
      'assets.list': 'json:/assets',
      'assets.wait': 'json:/wait',
      'assets.otherwise': 'json:/otherwise',
    },
  },
] as const;

/** What people in a meeting are told of their seat. */
const news: NonNullable<WrittenDeclaration['operations']['news']> = [
  { receive: { type: 'media-lost' }, means: 'lost' },
  { receive: { type: 'media' }, means: 'moved', capture: seat },
];

const operations: WrittenDeclaration['operations'] = {
  login: [
    {
      request: 'POST /v1/login',
      json: { email: slot('person.email'), password: slot('person.password') },
      expect: { status: 200 },
      capture: { token: 'json:/token' },
    },
  ],
  createMeeting: [
    {
      request: 'POST /v1/meetings',
      bearer: slot('token'),
      json: {
        ...{ name: slot('meeting.name'), key: slot('meeting.key') },
        calendars: [slot('person.email'), slot('invited.email')],
      },
      expect: { status: 201 },
      capture: { 'meeting.id': 'json:/id' },
    },
  ],
  findMeeting: [
    {
      request: `GET /v1/meetings/${slot('meeting.id')}`,
      bearer: slot('token'),
      missing: { status: 404 },
      expect: { status: 200 },
      capture: { 'meeting.participants': 'json:/participants' },
    },
  ],
  countMeetings: [
    {
      request: `GET /v1/meetings?key=${slot('meeting.key')}`,
      bearer: slot('token'),
      expect: { status: 200 },
      capture: { 'meeting.count': 'json:/meetings' },
    },
  ],
  chat: [
    {
      send: { type: 'chat', id: slot('message.id'), text: slot('message.text') },
      expect: { type: 'chat', id: slot('message.id') },
    },
  ],
  search: [{ request: `GET /v1/reports?text=${slot('search.text')}`, bearer: slot('token'), expect: { status: 200 } }],
  openTicket: [
    {
      request: 'POST /v1/tickets',
      bearer: slot('token'),
      json: { subject: slot('ticket.subject') },
      expect: { status: 201 },
      capture: { 'ticket.id': 'json:/id' },
    },
  ],
  findTicket: [
    {
      request: `GET /v1/tickets/${slot('ticket.id')}`,
      bearer: slot('token'),
      missing: { status: 404 },
      expect: { status: 200 },
    },
  ],
  leave: [{ send: { type: 'leave' } }, { close: true }],
};

const facts = { 'recording.bytes': 'json:/bytes', 'recording.checksum': 'json:/checksum' } as const;

const recording: WrittenDeclaration['operations'] = {
  record: [
    {
      request: `POST /v1/meetings/${slot('meeting.id')}/recordings`,
      bearer: slot('token'),
      shed: { status: [503, 507] },
      expect: { status: 201 },
      capture: { 'recording.id': 'json:/id', ...facts },
    },
  ],
  findRecording: [
    {
      request: `GET /v1/recordings/${slot('recording.id')}`,
      bearer: slot('token'),
      missing: { status: 404 },
      expect: { status: 200 },
      capture: facts,
    },
  ],
};

function joining(capture?: typeof seat): NonNullable<WrittenDeclaration['operations']['join']> {
  return [
    { websocket: `/v1/meetings/${slot('meeting.id')}/signal`, bearer: slot('token') },
    {
      send: { type: 'join', region: slot('person.region') },
      expect: { type: 'joined' },
      denied: { type: 'error', code: 'forbidden' },
      shed: { type: 'error', code: 'full' },
      ...(capture && { capture }),
    },
  ];
}

/** A place in a declaration that is filled in for each person. */
function slot(name: string): string {
  return `\${${name}}`;
}
