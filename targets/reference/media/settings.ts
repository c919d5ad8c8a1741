import type { VariantName } from '../variants.ts';

/** What the media servers of a variant are made of; `Infinity` where there is no bound. */
export interface MediaSettings {
  readonly servers: number;
  readonly heapMegabytes: number;
  readonly dataMegabytes: number;
  readonly seatsPerServer: number;
  readonly placement: 'in-turn' | 'by-load';
  readonly answersWithin: number;
  readonly movesMeetings: boolean;
  readonly speakers: number;
  readonly pictures: 'everybody' | 'speaker';
  readonly adaptsVideo: boolean;
  readonly queuePerSeat: number;
  readonly audioFirst: boolean;
  readonly copiesWaiting: boolean;
  readonly egressBytesPerSecond: number;
  readonly regions: readonly string[];
  readonly routes: 'by kind' | 'together';
}

/** Which real limit each setting is, and which documented failure it produces or prevents. */
export const MEDIA_SETTINGS: Readonly<Record<keyof MediaSettings, string>> = {
  servers: 'media servers, a process each: with one of them all meetings share its fate (500-user ceiling, 2014)',
  heapMegabytes:
    'heap of a media server, a real limit of its process and the same in every variant: what waits to be sent is kept there until it ends out of memory (500-user ceiling, September 2014)',
  dataMegabytes:
    'memory of a media server in all, its heap and the packets that wait beside it, a real limit of its process (RLIMIT_DATA, on Linux) and the same in every variant: a heap alone is cleaned ever harder, while pictures pile up outside of it (enterprise cascade, March 2016)',
  seatsPerServer:
    'participants one media server takes before the join is answered "full": without a bound whoever comes is added to those it fails already (enterprise cascade, March 2016)',
  placement:
    'how a meeting finds its media server: in turn, whatever that has to do already, or where there is the most room (enterprise cascade, March 2016)',
  answersWithin:
    'how long a join waits for a media server to take it, and after how long without a word a media server is taken for lost, in milliseconds: without a bound people wait for one that does nothing any more',
  movesMeetings:
    'whether the meetings of a media server that is lost, or slow for seconds, are moved to the others, one after another; if not, everybody in them comes back at once, or stays (enterprise cascade, March 2016; thermal throttling, 2017 to 2019)',
  speakers:
    'how many voices of a meeting are forwarded, the loudest, and of those who are silent two at most: without a bound everybody is sent to everybody, which grows with the square of the meeting (500-user ceiling, September 2014)',
  pictures:
    'whose picture is forwarded, that of everybody or of whoever speaks: those of everybody grow like the voices, and weigh ten times as much (500-user ceiling, September 2014)',
  adaptsVideo:
    'whether pictures are forwarded in lower layers, and then not at all, when the network link fills or receivers report loss, or a longer way: if not, voices are lost with them (peak congestion, 2015 to 2017; bandwidth wall, December 2018)',
  queuePerSeat:
    'packets that may wait to be sent to one participant, the oldest is dropped beyond: without a bound they wait until memory ends, and are too old to be of use to anybody',
  copiesWaiting:
    'whether each receiver has a copy of its own of what waits for them, which costs a forwarding server an allocation a packet and its heap some 105 bytes for each that waits; if not, all of them share what came in (500-user ceiling, September 2014)',
  audioFirst: 'whether voices overtake pictures on the way out: if not, they wait behind them (bandwidth wall, 2018)',
  egressBytesPerSecond:
    'what the network link of a media server takes, headers included, the same in every variant: the capacity (bandwidth wall, December 2018)',
  regions:
    'where the media servers stand, in turn; people who say where they are sit at a server there, and servers forward the media of a meeting to each other (cross-region latency, 2017 to 2019)',
  routes:
    'how sound and picture go from region to region: each by a way of its own, however long that takes, or both by the one that takes the least: apart, one is late when its way is (cross-region latency, 2017 to 2019)',
};

/** The same in every variant: a small machine (80 of its megabytes are Node's own when it begins) on a network link of 128 Mbit/s. */
const capacity = { heapMegabytes: 64, dataMegabytes: 320, egressBytesPerSecond: 16_000_000 } as const;

const unbounded = {
  ...capacity,
  servers: 1,
  seatsPerServer: Number.POSITIVE_INFINITY,
  placement: 'in-turn',
  answersWithin: Number.POSITIVE_INFINITY,
  movesMeetings: false,
  speakers: Number.POSITIVE_INFINITY,
  pictures: 'everybody',
  adaptsVideo: false,
  queuePerSeat: Number.POSITIVE_INFINITY,
  audioFirst: false,
  copiesWaiting: true,
  regions: [],
  routes: 'by kind',
} as const satisfies MediaSettings;

/** The media servers of every variant. */
export const MEDIA_VARIANTS: Readonly<Record<VariantName, MediaSettings>> = {
  '2014': unbounded,
  '2016': { ...unbounded, servers: 2 },
  // A queue as network equipment of the day had it: long, and the same for voices and pictures.
  '2018': { ...unbounded, servers: 2, queuePerSeat: 200, copiesWaiting: false, regions: ['us', 'eu'] },
  '2020': { ...unbounded, servers: 2, queuePerSeat: 200, copiesWaiting: false },
  hardened: {
    ...capacity,
    servers: 3,
    seatsPerServer: 600,
    placement: 'by-load',
    answersWithin: 3_000,
    movesMeetings: true,
    speakers: 3,
    pictures: 'speaker',
    adaptsVideo: true,
    queuePerSeat: 32,
    audioFirst: true,
    copiesWaiting: false,
    regions: ['us', 'eu', 'asia'],
    routes: 'together',
  },
};
