import { readdirSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Client, KeptRecording, Participation } from '../../../core/target.ts';
import { parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { httpTarget } from '../../../targets/http/target.ts';
import { referenceDeclaration } from '../../../targets/reference/declaration.ts';
import type { RunningReference } from '../../../targets/reference/start.ts';
import { VARIANTS, type VariantName } from '../../../targets/reference/variants.ts';
import { needed } from '../../support/needed.ts';
import {
  ask,
  describeWithReference,
  metric,
  person,
  startForTest,
  stopStarted,
  tokenOf,
} from '../../support/reference.ts';
import { tinyTransport } from '../../support/tiny-transport.ts';
import { canMakeVolumes, fill } from '../../support/volume.ts';
import { wishFor } from '../../support/wish.ts';

const BYTES = VARIANTS['2014'].recordingBytes;
const makes = await canMakeVolumes();

describeWithReference('recordings', () => {
  const transport = tinyTransport(60_000);
  beforeEach((context) => needed(makes, 'the right to make namespaces and mount in them', context));
  afterEach(stopStarted);
  afterAll(() => transport.close());

  /** Somebody in a meeting of a target that records. */
  async function seated(variant: VariantName) {
    const reference = await startForTest(variant, { recordings: true });
    const declaration = parseHttpDeclaration(referenceDeclaration(reference), 'targets.reference', {});
    const client = httpTarget('reference', declaration).client(transport, { index: 0, ...person(0) });
    await client.login?.();
    const meeting = await client.createMeeting?.(wishFor('Stand-up'));
    const seat = meeting && (await client.join?.(meeting));
    if (!seat) throw new Error('nobody is in a meeting');
    return { reference, client, seat };
  }

  test('in 2014 what is recorded when the disk is full is acknowledged, and missing', async () => {
    const { reference, client, seat } = await seated('2014');
    const first = await recorded(seat);
    expect(await settled(client, first, BYTES)).toEqual(first);
    const filler = fill(folderOf(reference), 4_096);
    const second = await recorded(seat);
    expect(second.bytes).toBe(BYTES);
    expect((await settled(client, second, 4_096))?.checksum).not.toBe(second.checksum);
    expect(await metric(reference, errors)).toBe(3);
    rmSync(filler);
    const third = await recorded(seat);
    expect(await settled(client, third, BYTES)).toEqual(third);
    expect(await client.findRecording?.(first.id)).toEqual(first);
    expect(await metric(reference, 'reference_recordings_total{result="kept"}')).toBe(3);
    await seat.leave();
  });

  test('hardened refuses what it has no room for, keeps what it acknowledged, and records again', async () => {
    const { reference, client, seat } = await seated('hardened');
    const first = await recorded(seat);
    const { recordingReserve } = VARIANTS.hardened;
    const filler = fill(folderOf(reference), recordingReserve - 4_096);
    const failure = await seat.record?.().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ name: 'Failure', kind: 'shed', message: expect.stringContaining('507') });
    expect([1_000, 2_000, 3_000]).toContain((failure as { retryAfter?: number }).retryAfter);
    expect(await metric(reference, 'reference_recordings_total{result="refused"}')).toBe(1);
    expect(await metric(reference, 'reference_recordings_free_bytes')).toBe(recordingReserve - 4_096);
    await seat.chat?.('Can everybody hear me?');
    rmSync(filler);
    const second = await recorded(seat);
    for (const one of [first, second]) expect(await client.findRecording?.(one.id)).toEqual(one);
    expect(readdirSync(folderOf(reference)).toSorted()).toEqual([first.id, second.id].toSorted());
    expect(await metric(reference, errors)).toBe(0);
    await seat.leave();
  });

  test('are of meetings that somebody is in, for people who are signed in', async () => {
    const { reference, client, seat } = await seated('hardened');
    const token = await tokenOf(reference);
    const post = (id: string, as?: string) =>
      ask(`${reference.url}/v1/meetings/${id}/recordings`, { method: 'POST', token: as });
    expect((await post('nothing', token)).status).toBe(409);
    expect((await post('nothing')).status).toBe(401);
    expect(await client.findRecording?.('0'.repeat(18))).toBeUndefined();
    expect((await ask(`${reference.url}/v1/recordings/..%2fx`, { token })).status).toBe(404);
    await seat.leave();
  });
});

const errors = 'reference_recording_write_errors_total{code="ENOSPC"}';

async function recorded(seat: Participation): Promise<KeptRecording> {
  const recording = await seat.record?.();
  if (!recording) throw new Error('nothing was recorded');
  return recording;
}

/** A recording once there are so many bytes of it; what there is in the end, if there never are. */
async function settled(client: Client, { id }: KeptRecording, bytes: number) {
  for (let looks = 1; ; looks += 1) {
    const found = await client.findRecording?.(id);
    if (found?.bytes === bytes || looks > 200) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function folderOf({ services }: RunningReference): string {
  const [means] = services.recordings ?? [];
  if (means?.by !== 'volume') throw new Error('there is no volume');
  return means.path;
}
