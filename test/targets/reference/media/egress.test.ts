import { expect, test } from 'vitest';
import { enqueue, openEgress } from '../../../../targets/reference/media/egress.ts';
import { emptyLane, type Outgoing } from '../../../../targets/reference/media/lane.ts';
import { freshTally } from '../../../../targets/reference/media/tally.ts';
import { eventually } from '../../../support/reference.ts';

const SETTINGS = { queuePerSeat: 10, egressBytesPerSecond: Number.POSITIVE_INFINITY, adaptsVideo: false };

/** What two receivers are handed of a packet that its sender's buffer is used for again before it goes out. */
async function handedAfterReuse(copiesWaiting: boolean, datagram: Outgoing): Promise<string[]> {
  const handed: string[] = [];
  const egress = openEgress({ ...SETTINGS, copiesWaiting }, freshTally(), (sent) =>
    handed.push((Buffer.isBuffer(sent) ? sent : Buffer.concat(sent)).toString('latin1')),
  );
  for (const port of [1, 2]) {
    const lane = emptyLane(false);
    lane.address = { host: '127.0.0.1', port };
    enqueue(egress, lane, datagram, true);
  }
  for (const part of [datagram].flat()) part.fill('x');
  await eventually(() => handed.length === 2);
  return handed;
}

test.each([
  ['whole', () => Buffer.from('voice')],
  ['in two parts', () => [Buffer.from('vo'), Buffer.from('ice')] as const],
])(
  'a packet that is %s waits as a copy for each receiver where a variant copies, and is shared where not',
  async (_, packet) => {
    expect(await handedAfterReuse(true, packet())).toEqual(['voice', 'voice']);
    expect(await handedAfterReuse(false, packet())).toEqual(['xxxxx', 'xxxxx']);
  },
);
