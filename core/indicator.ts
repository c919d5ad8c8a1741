/**
 * What a target can tell of itself, under names that mean the same for every target. A preset or the configuration maps
 * them to the target's own series; profiles and the score speak of them only by these names.
 */
export const INDICATORS = {
  'login.success': { kind: 'counter', unit: 'logins', says: 'logins granted and answered' },
  'login.refused': { kind: 'counter', unit: 'logins', says: 'logins turned away at the door' },
  'login.wasted': { kind: 'counter', unit: 'logins', says: 'passwords checked for people who had left' },
  'login.queue': { kind: 'gauge', unit: 'logins', says: 'logins waiting for their password check' },
  'login.queue.departed': { kind: 'gauge', unit: 'logins', says: 'of these, logins of people who had left' },
  'create.success': { kind: 'counter', unit: 'meetings', says: 'meetings created' },
  'join.success': { kind: 'counter', unit: 'joins', says: 'participants let in' },
  'join.refused': { kind: 'counter', unit: 'joins', says: 'participants turned away because there is no room' },
  'chat.success': { kind: 'counter', unit: 'messages', says: 'chat messages passed on' },
  'search.success': { kind: 'counter', unit: 'reports', says: 'reports and searches answered' },
  'search.refused': { kind: 'counter', unit: 'reports', says: 'reports and searches turned away' },
  'ticket.success': { kind: 'counter', unit: 'tickets', says: 'support tickets acknowledged' },
  'ticket.queue': { kind: 'gauge', unit: 'tickets', says: 'support tickets acknowledged and not filed yet' },
  'ticket.overwritten': {
    kind: 'counter',
    unit: 'tickets',
    says: 'support tickets acknowledged that had to make room for others',
  },
  'record.success': { kind: 'counter', unit: 'recordings', says: 'recordings acknowledged' },
  'record.refused': { kind: 'counter', unit: 'recordings', says: 'recordings turned away because there is no room' },
  'record.errors': { kind: 'counter', unit: 'errors', says: 'writes of recordings that failed' },
  'record.room': { kind: 'gauge', unit: 'bytes', says: 'bytes free for recordings' },
  sessions: { kind: 'gauge', unit: 'sessions', says: 'people who are signed in and connected' },
  meetings: { kind: 'gauge', unit: 'meetings', says: 'meetings that are open' },
  participants: { kind: 'gauge', unit: 'participants', says: 'participants in meetings' },
  'media.seats': { kind: 'gauge', unit: 'participants', says: 'participants who are connected to a media server' },
  'media.meetings': { kind: 'gauge', unit: 'meetings', says: 'meetings on a media server' },
  'media.packets.in': { kind: 'counter', unit: 'packets', says: 'RTP packets a media server has received' },
  'media.packets.out': { kind: 'counter', unit: 'packets', says: 'RTP packets a media server has sent' },
  'media.bytes.out': { kind: 'counter', unit: 'bytes', says: 'bytes of sound and picture a media server has sent' },
  'media.video.out': { kind: 'counter', unit: 'bytes', says: 'of these, bytes of pictures' },
  'media.link.used': { kind: 'gauge', unit: 'share', says: "share of a media server's network link in use" },
  'media.path.delay': {
    kind: 'gauge',
    unit: 's',
    says: 'how long the slowest way between media servers of different regions takes',
  },
  'media.queue': { kind: 'gauge', unit: 'packets', says: 'packets waiting in a media server to be sent' },
  'media.drops': { kind: 'counter', unit: 'packets', says: 'packets a media server had no room for' },
  'media.undelivered': {
    kind: 'counter',
    unit: 'packets',
    says: 'packets a media server has sent that did not arrive, as receivers report',
  },
  'media.servers': { kind: 'gauge', unit: 'servers', says: 'media servers at work' },
  'media.lost': { kind: 'counter', unit: 'participants', says: 'participants who lost their media server' },
  'database.pool.used': { kind: 'gauge', unit: 'connections', says: 'database connections in use' },
  'database.pool.waiting': { kind: 'gauge', unit: 'requests', says: 'requests waiting for a database connection' },
  'join.wait': { kind: 'counter', unit: 's', says: 'seconds that joins have waited for a database connection' },
  'database.exhausted': {
    kind: 'counter',
    unit: 'refusals',
    says: 'connections refused by the database because it has too many (SQLSTATE 53300)',
  },
  'database.deadlocks': {
    kind: 'counter',
    unit: 'deadlocks',
    says: 'statements the database ended because of a deadlock (SQLSTATE 40P01)',
  },
  'edge.bytes': { kind: 'counter', unit: 'bytes', says: 'bytes of the web client that the edges have sent' },
  'edge.connections': {
    kind: 'gauge',
    unit: 'connections',
    says: 'connections over which the edges have sent something within the last second',
  },
  instances: { kind: 'gauge', unit: 'instances', says: 'instances of the service at work' },
  'overflow.success': {
    kind: 'counter',
    unit: 'requests',
    says: 'requests served by way of an overflow path',
  },
  'requests.shed': {
    kind: 'counter',
    unit: 'requests',
    says: 'requests turned away unread because it takes too long to be let in',
  },
  'requests.active': { kind: 'gauge', unit: 'requests', says: 'requests being worked on' },
  'eventloop.lag': { kind: 'gauge', unit: 's', says: 'event-loop lag' },
  'process.cpu': { kind: 'counter', unit: 's', says: 'CPU seconds used' },
  'process.memory': { kind: 'gauge', unit: 'bytes', says: 'resident memory' },
  'process.started': { kind: 'gauge', unit: 's', says: 'when the process started, in seconds since 1970' },
} as const satisfies Readonly<Record<string, Indicator>>;

export type IndicatorName = keyof typeof INDICATORS;

export interface Indicator {
  readonly kind: 'counter' | 'gauge';
  readonly unit: string;
  readonly says: string;
}
