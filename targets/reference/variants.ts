/** The eras of the reference target: settings of the same code. */
export type VariantName = '2014' | '2016' | '2018' | '2020' | 'hardened';

/** What a variant is made of; times in milliseconds, `Infinity` where there is no bound. */
export interface Settings {
  readonly hashesAtWork: number;
  readonly loginQueue: number;
  readonly loginsUnderWay: number;
  readonly loginTimeLimit: number;
  readonly noticesDeparture: boolean;
  readonly doorWait: number;
  readonly databasePool: number;
  readonly databaseReserve: number;
  readonly databaseRecycle: number;
  readonly databaseWait: number;
  readonly calendarLocks: 'as named' | 'in order';
  readonly lockWait: number;
  readonly deadlockRetries: number;
  readonly creationsUnderWay: number;
  readonly historyRows: number;
  readonly reportPool: number;
  readonly reportTimeLimit: number;
  readonly reportsUnderWay: number;
  readonly ticketIntake: 'in memory' | 'in the database';
  readonly ticketBuffer: number;
  readonly ticketsUnderWay: number;
  readonly recordingBytes: number;
  readonly recordingVolume: number;
  readonly recordingAcknowledged: 'when begun' | 'when whole';
  readonly recordingReserve: number;
  readonly recordingsUnderWay: number;
  readonly assetsWait: number;
  readonly assetsOverflow: 'another edge' | 'slim from the origin';
  readonly seatsPerMeeting: number;
}

/** Which real limit each setting is, and which documented failure it produces or prevents. */
export const SETTINGS: Readonly<Record<keyof Settings, string>> = {
  hashesAtWork:
    'password hashes worked at side by side: CPU time, the capacity for logins, and the same in every variant',
  loginQueue:
    'logins that may wait for their hash, the surplus gets 503 and Retry-After: without a bound memory is the only limit, and the queue outgrows the patience of everybody in it (login storm, March 2020)',
  loginsUnderWay:
    'logins between the door and their answer beyond which the next one gets 503 and Retry-After: a bound on the queue alone does not bound those who are looked up on their way into it, and when these take every connection nobody gets as far as the queue, so that it stays empty and nobody is refused (login storm, March 2020)',
  loginTimeLimit:
    'age at which a login is given up when its turn comes: two and a half times what a person waits, so the hashes go to people who have left (metastable login storm, March 2020)',
  noticesDeparture:
    'whether somebody who closed the connection gives up the place in the queue: if not, the queue stays full of people who have left, and whatever else they asked for is done for nobody (login storm, March 2020)',
  doorWait:
    'how long it may take to be let in, as the gateway measures by knocking at its own door, before whoever comes is turned away with 503 and Retry-After, unread: without a bound a gateway that was held up works off what people asked for who have left, first come first served, and is late for everybody who comes (login storm, March 2020)',
  databasePool: 'connections to PostgreSQL, a real bound on queries at work (connection exhaustion, March 2020)',
  databaseReserve:
    'connections of the pool that are opened at the start and kept: without them everything stands still while PostgreSQL refuses new ones (connection exhaustion, March 2020)',
  databaseRecycle:
    'queries after which a connection is closed and another one opened, the same in every variant: who recycles depends on there being a free place',
  databaseWait:
    'how long a request waits for a connection: without a bound requests pile up behind a database that is slow or refuses connections instead of failing fast, and are worked at when nobody waits for them any more (connection exhaustion, March 2020)',
  calendarLocks:
    'the order in which a creation locks the calendars it writes to: in that of the request two hosts who invite each other wait for each other until PostgreSQL ends one of them after a second, and everybody behind them waits as well (creation spike, 2013 to 2015)',
  lockWait:
    'how long a statement of a creation waits for a row lock before it is turned away with 503: without a bound creations that wait for each other take the whole pool with them (creation spike, 2013 to 2015)',
  deadlockRetries:
    'how often a creation that PostgreSQL ended because of a deadlock is begun again: without it the deadlock reaches the user as a 500 (creation spike, 2013 to 2015)',
  creationsUnderWay:
    'creations beyond which the next one is refused with 503 and Retry-After: without a bound they all wait for the same rows and connections (creation spike, 2013 to 2015)',
  historyRows:
    'meetings of the past that every report reads and sorts, the same in every variant: real work of the database, some 100 ms for each report',
  reportPool:
    'connections that reports have for themselves, 0 for those that everybody uses: without their own, slow queries take all of them, and joins wait behind reports (slow queries, 2015 to 2017)',
  reportTimeLimit:
    'how long PostgreSQL works at a report before it is given up and answered with 503 (slow queries, 2015 to 2017)',
  reportsUnderWay:
    'reports beyond which the next one is refused with 503 and Retry-After: without a bound they pile up, and are made for people who have left (slow queries, 2015 to 2017)',
  ticketIntake:
    'where a support ticket is when it is acknowledged: in memory it is lost when its buffer overflows, when it cannot be filed, and when the gateway ends (ticket flood, March 2020)',
  ticketBuffer:
    'places for tickets that are acknowledged in memory, the same in every variant: they are filed one after another, with what is known of the meetings of the person, and when all places are taken the newest gets that of the oldest, as in any ring buffer (ticket flood, March 2020)',
  ticketsUnderWay:
    'tickets being written beyond which the next one is refused with 503 and Retry-After; in memory none has to be (ticket flood, March 2020)',
  recordingBytes: 'length of a recording, the same in every variant: what is recorded is made up, and really written',
  recordingVolume:
    'size in bytes of the volume that recordings have for themselves, a real file system of that size and the same in every variant (recordings fail at the end of the disk, 2013 to 2015)',
  recordingAcknowledged:
    'when a recording is acknowledged: when it has begun, what cannot be written any more is missing from a file that stays, and nobody hears of it but the log (recordings fail at the end of the disk, 2013 to 2015)',
  recordingReserve:
    'bytes that stay free on the volume of recordings, below which the next one is refused with 507 and Retry-After: without a reserve recordings go on until a write fails (recordings fail at the end of the disk, 2013 to 2015)',
  recordingsUnderWay:
    'recordings being written beyond which the next one is refused with 503 and Retry-After; those acknowledged when begun wait in memory without a bound',
  assetsWait:
    'how long the web client waits for all of its files from an edge before it has the others: longer than anybody does, and nobody comes past an edge that is slow and not dead (CDN brownout, March 2020)',
  assetsOverflow:
    'what the web client has instead where an edge fails or is slow: the same from another edge, which is as slow when the limits are everywhere; or what it takes to be in a meeting, a tenth of it, from the gateway itself (CDN brownout, March 2020)',
  seatsPerMeeting: 'participants one meeting takes before it answers "full", the same in every variant',
};

const recordings = { recordingBytes: 16_384, recordingVolume: 128 * 1024 * 1024 } as const satisfies Partial<Settings>;

const unbounded: Settings = {
  hashesAtWork: 2,
  loginQueue: Number.POSITIVE_INFINITY,
  loginsUnderWay: Number.POSITIVE_INFINITY,
  loginTimeLimit: 5_000,
  noticesDeparture: false,
  doorWait: Number.POSITIVE_INFINITY,
  databasePool: 10,
  databaseReserve: 0,
  databaseRecycle: 25,
  databaseWait: Number.POSITIVE_INFINITY,
  calendarLocks: 'in order',
  lockWait: Number.POSITIVE_INFINITY,
  deadlockRetries: 0,
  creationsUnderWay: Number.POSITIVE_INFINITY,
  historyRows: 24_000,
  reportPool: 0,
  reportTimeLimit: Number.POSITIVE_INFINITY,
  reportsUnderWay: Number.POSITIVE_INFINITY,
  ticketIntake: 'in memory',
  ticketBuffer: 500,
  ticketsUnderWay: Number.POSITIVE_INFINITY,
  ...recordings,
  recordingAcknowledged: 'when begun',
  recordingReserve: 0,
  recordingsUnderWay: Number.POSITIVE_INFINITY,
  assetsWait: 60_000,
  assetsOverflow: 'another edge',
  seatsPerMeeting: 500,
};

/** What had been mended by 2018: reports have a connection of their own, and an end. */
const guardedReports = {
  reportPool: 1,
  reportTimeLimit: 1_500,
  reportsUnderWay: 3,
} as const satisfies Partial<Settings>;

/**
 * The settings of every variant; those of its media servers are in `media/settings.ts`. They share one capacity: same hash
 * cost, same hashes at work.
 */
export const VARIANTS: Readonly<Record<VariantName, Settings>> = {
  '2014': { ...unbounded, calendarLocks: 'as named' },
  '2016': unbounded,
  '2018': { ...unbounded, ...guardedReports },
  '2020': { ...unbounded, ...guardedReports },
  hardened: {
    hashesAtWork: 2,
    loginQueue: 12,
    loginsUnderWay: 32,
    loginTimeLimit: 5_000,
    noticesDeparture: true,
    doorWait: 1_000,
    databasePool: 10,
    databaseReserve: 3,
    databaseRecycle: 25,
    databaseWait: 500,
    calendarLocks: 'in order',
    lockWait: 250,
    deadlockRetries: 2,
    creationsUnderWay: 40,
    historyRows: 24_000,
    ...guardedReports,
    ticketIntake: 'in the database',
    ticketBuffer: 500,
    ticketsUnderWay: 20,
    ...recordings,
    recordingAcknowledged: 'when whole',
    recordingReserve: 4 * 1024 * 1024,
    recordingsUnderWay: 20,
    assetsWait: 700,
    assetsOverflow: 'slim from the origin',
    seatsPerMeeting: 500,
  },
};
