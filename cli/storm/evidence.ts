import type { Acknowledged } from '../../core/acknowledged.ts';
import type { RunEvent } from '../../core/event.ts';
import { openLedger, openRecording } from '../../reports/recording-file.ts';
import { picturesIn } from './pictures.ts';
import type { Results } from './results.ts';

/** What a run leaves on the disk while it goes on: the recording, and the ledger of what the target acknowledged. */
export interface Evidence {
  readonly results: Results;
  record(event: RunEvent): void;
  acknowledged(told: readonly Acknowledged[]): void;
  /** Aborted when the disk takes no more of one of them; the run stops by it. */
  readonly failure: AbortSignal;
  /** Writes what is left of both; rejects with the first failure. */
  close(): Promise<void>;
}

/** Begins both files; throws Mistakes when one of them cannot be made. */
export function openEvidence(results: Results): Evidence {
  const [recording, ledger] = [openRecording(results.recording), openLedger(results.ledger)];
  const pictures = picturesIn(results.folder);
  return {
    results,
    record(event) {
      recording.write(event);
      if (event.kind === 'picture') pictures.keep(event);
    },
    acknowledged: (told) => {
      for (const what of told) ledger.write(what);
    },
    failure: AbortSignal.any([recording.failure, ledger.failure]),
    async close() {
      const closed = await Promise.allSettled([recording.close(), ledger.close()]);
      for (const one of closed) if (one.status === 'rejected') throw one.reason;
    },
  };
}
