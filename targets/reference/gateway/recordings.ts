import { createHash, randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Settings } from '../variants.ts';
import { admission } from './admission.ts';
import { codeOf, isFull, putAsItComes, putWhole } from './recordings/put.ts';

/** Recordings of meetings, on a volume that fills. */
export interface Recordings {
  /** Whether there is room for another one. */
  hasRoom(): boolean;
  /** Records something; throws NoRoom, and DatabaseBusy when too many are being written. */
  record(): Promise<Recorded>;
  /** What is on the volume of a recording. */
  find(id: string): Promise<Recorded | undefined>;
  /** Bytes that are free on the volume. */
  free(): number;
  /** Writes that have failed so far, by the code of the error. */
  readonly errors: ReadonlyMap<string, number>;
}

interface Recorded {
  readonly id: string;
  readonly bytes: number;
  /** SHA-256, in hexadecimal digits. */
  readonly checksum: string;
}

/** The volume has no room for a recording. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

type RecordingTerms = Pick<
  Settings,
  'recordingBytes' | 'recordingAcknowledged' | 'recordingReserve' | 'recordingsUnderWay'
>;

/** Keeps the recordings of a variant in a folder. */
export function recordingsIn(folder: string, terms: RecordingTerms, log: (line: string) => void): Recordings {
  const { recordingBytes, recordingAcknowledged, recordingReserve, recordingsUnderWay } = terms;
  const intake = admission(recordingsUnderWay, 'too many recordings are being written');
  const errors = new Map<string, number>(WATCHED_CODES.map((code) => [code, 0]));
  const failed = (error: unknown) => {
    const code = codeOf(error) ?? 'unknown';
    errors.set(code, (errors.get(code) ?? 0) + 1);
  };
  const free = () => freeOn(folder);
  const kept = (file: string, content: Buffer) =>
    putWhole(file, content).catch((error: unknown) => {
      failed(error);
      log(`a recording is not kept: ${codeOf(error)}`);
      throw isFull(error) ? new NoRoom('the volume of recordings is full') : error;
    });
  const begun = async (file: string, content: Buffer) => {
    const missing = await putAsItComes(file, content, failed);
    if (missing > 0) log(`${missing} bytes of recording ${basename(file)} could not be written`);
  };
  return {
    errors,
    free,
    hasRoom: () => recordingReserve === 0 || free() >= recordingReserve,
    record: () =>
      intake.admit(async () => {
        const content = randomBytes(recordingBytes);
        const recorded = factsOf(randomBytes(9).toString('hex'), content);
        const file = join(folder, recorded.id);
        if (recordingAcknowledged === 'when whole') await kept(file, content);
        else void begun(file, content);
        return recorded;
      }),
    async find(id) {
      const content = await readFile(join(folder, id)).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      });
      return content && factsOf(id, content);
    },
  };
}

/** Codes that stand at 0 from the start: no room on the volume, and none within a quota. */
const WATCHED_CODES: readonly string[] = ['ENOSPC', 'EDQUOT'];

function factsOf(id: string, content: Buffer): Recorded {
  return { id, bytes: content.length, checksum: createHash('sha256').update(content).digest('hex') };
}

function freeOn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
