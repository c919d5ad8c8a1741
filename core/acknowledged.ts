import type { KeptRecording } from './target.ts';

/** Something the target said it has, with all it takes to ask for it afterwards. */
export type Acknowledged = AcknowledgedMeeting | AcknowledgedTicket | AcknowledgedRecording;

export interface AcknowledgedMeeting {
  readonly kind: 'meeting';
  readonly id: string;
  /** Of the wish it was made for. */
  readonly name: string;
  readonly key: string;
}

export interface AcknowledgedTicket {
  readonly kind: 'ticket';
  readonly id: string;
}

export interface AcknowledgedRecording extends KeptRecording {
  readonly kind: 'recording';
}

/** All that was acknowledged, by kind: an even sample of it, and how many there were. */
export type Kept = { readonly [Kind in Acknowledged['kind']]: KeptOf<Extract<Acknowledged, { kind: Kind }>> };

/** What was kept of one kind. */
export interface KeptOf<What> {
  readonly sample: readonly What[];
  readonly total: number;
}
