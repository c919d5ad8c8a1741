import type { Bench, Section } from '../bench.ts';
import { atLeast, type Goal } from '../goal.ts';
import type { Hall } from '../server/hall.ts';
import { startJanus } from '../server/janus.ts';
import { startLivekit } from '../server/livekit.ts';
import { spreadCell, spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';
import { type Gathering, gathered, type WebrtcTrial } from '../webrtc/measure.ts';

const PUBLISHING = 'publishing';
const RECEIVING = 'receiving';
const BOTH = '100 + 100';

const GATHERINGS: readonly Gathering[] = [
  // Alone in a room: nobody is sent what they publish.
  { says: PUBLISHING, publish: 300, listen: 0, rooms: 300, counted: ['publish'] },
  { says: RECEIVING, publish: 10, listen: 250, rooms: 10, counted: ['listen'] },
  { says: BOTH, publish: 100, listen: 100, rooms: 100, counted: ['publish', 'listen'] },
];

/** What may be lost, and be missing of what was to be sent, before a trial is none of so many people. */
const MOST_LOST = 0.01;
const LEAST_KEPT = 0.98;

const HALLS = { LiveKit: startLivekit, Janus: startJanus } as const;

/** How many WebRTC participants one core carries, and whether real servers carry a hundred of each side. */
export async function webrtc(bench: Bench): Promise<Section> {
  const seconds = Math.max(4, Math.round(bench.seconds / 2));
  const trials: WebrtcTrial[] = [];
  for (let round = 1; round <= bench.rounds; round += 1)
    for (const gathering of GATHERINGS)
      for (const [name, start] of Object.entries(HALLS)) {
        bench.tell(`webrtc: round ${round} of ${bench.rounds}, ${gathering.says}, ${name}`);
        const trial = await on(start, bench, (hall) => gathered(hall, gathering, { ...bench, seconds }));
        if (trial) trials.push(trial);
      }
  return {
    part: 'webrtc',
    title: 'WebRTC participants on real servers',
    tables: [tableOf(trials)],
    goals: goalsOf(trials),
    notes: [
      ...NOTES,
      ...trials.flatMap(({ server, says, failed }) =>
        failed.map((why) => `${server}, ${says}: somebody did not get in: ${why}`),
      ),
    ],
    figures: trials,
  };
}

const NOTES = [
  'Publishers send 475 kbit/s of VP8 and 40 kbit/s of Opus each, pre-encoded; listeners send reports alone and keep all statistics. Generator and server have a core each where there are two.',
  'A core carries so many: people by the CPU of all processes of the generator that are theirs, signalling included, once all of them are in.',
  'kept: of what was to be sent, or of the sound that was to come. lost: by the reports of the server of what came to it, and of what came from it. A trial in which somebody is missing, less was sent, or more than 1 % was lost counts for no goal.',
];

async function on<T>(
  start: (bench: Bench) => Promise<Hall | undefined>,
  bench: Bench,
  work: (hall: Hall) => Promise<T>,
) {
  const hall = await start(bench);
  if (!hall) return undefined;
  try {
    return await work(hall);
  } finally {
    await hall.stop();
  }
}

/** Whether everybody was there, and got and gave what they had to. */
function isWhole({ asked, joined, kept, lost }: WebrtcTrial): boolean {
  return joined === asked && kept >= LEAST_KEPT && lost <= MOST_LOST;
}

/** How many of them a core carries. */
function carriedBy({ counted, cpu }: WebrtcTrial): number {
  return counted / cpu;
}

function goalsOf(trials: readonly WebrtcTrial[]): Goal[] {
  const whole = (name: string, server?: string) =>
    trials.filter((trial) => trial.says === name && (server ?? trial.server) === trial.server && isWhole(trial));
  const carried = (name: string, server: string) => spreadOf(whole(name, server).map(carriedBy))?.median;
  const figure = (value: number) => value.toFixed(0);
  return Object.keys(HALLS).flatMap((server) => [
    atLeast(
      `${server}: participants that a core carries publishing 500 kbit/s: 300`,
      300,
      carried(PUBLISHING, server),
      figure,
    ),
    atLeast(
      `${server}: participants that a core carries receiving 500 kbit/s: 250`,
      250,
      carried(RECEIVING, server),
      figure,
    ),
    carriesAll(
      server,
      trials.filter((trial) => trial.says === BOTH && trial.server === server),
    ),
  ]);
}

function carriesAll(server: string, trials: readonly WebrtcTrial[]): Goal {
  const whole = trials.filter(isWhole).length;
  return {
    says: `${server} carries 100 publishers and 100 subscribers, all in, nothing missing`,
    figure: trials.length > 0 ? `${whole} of ${trials.length} trials` : 'not measured',
    met: trials.length > 0 ? whole === trials.length : undefined,
  };
}

function tableOf(trials: readonly WebrtcTrial[]): Table {
  const rows = [...new Set(trials.map(({ server, says }) => `${server}, ${says}`))].map((name) => {
    const alike = trials.filter(({ server, says }) => `${server}, ${says}` === name);
    const cell = (of: (trial: WebrtcTrial) => number, digits: number) =>
      spreadCell(spreadOf(alike.map(of)), (value) => (Number.isNaN(value) ? '-' : value.toFixed(digits)));
    return [
      name,
      cell(({ joined }) => joined, 0),
      cell(({ cpu }) => cpu, 2),
      cell(carriedBy, 0),
      cell(({ serverCpu }) => serverCpu, 2),
      cell(({ sent }) => sent / 1_000, 0),
      cell(({ received }) => received / 1_000, 0),
      cell(({ kept }) => kept * 100, 1),
      cell(({ lost }) => lost * 100, 2),
      cell(({ held }) => held * 100, 1),
      cell(({ mos }) => mos, 2),
      cell(({ lag }) => lag, 0),
    ];
  });
  const columns = ['joined', 'cores', 'a core carries', 'of the server', 'kbit/s out', 'kbit/s in'];
  return { title: 'people', columns: [...columns, 'kept %', 'lost %', 'floor held %', 'mos_est', 'lag ms'], rows };
}
