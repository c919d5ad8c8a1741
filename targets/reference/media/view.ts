import { freshNumbering, type Numbering, numberFor, pause, withhold } from './numbering.ts';
import type { Vp8Facts } from './vp8.ts';

/** What one participant is shown: one picture at a time, in one layer of it. */
export interface View {
  /** The SSRC of the low layer of the picture that is shown. */
  shown: number | undefined;
  /** Its layer of simulcast; -1 while none is forwarded. */
  layer: number;
  /** The layer that is to be shown, and since when. */
  wanted: number;
  wantedSince: number;
  /** How many layers the participant's own path can take. */
  allowed: number;
  /** Since when little is lost on it, in milliseconds. */
  clearSince: number;
  readonly numberings: Map<number, Numbering>;
}

/** As many layers as there are. */
export const ALL_LAYERS = 3;

/** A view of nothing. */
export function freshView(): View {
  return {
    ...{ shown: undefined, layer: -1, wanted: -1, wantedSince: 0 },
    ...{ allowed: ALL_LAYERS, clearSince: 0, numberings: new Map() },
  };
}

/** A packet of a picture: what it belongs to, and which layers of the picture arrive at present. */
export interface PicturePacket {
  readonly ssrc: number;
  /** The SSRC of the low layer. */
  readonly picture: number;
  readonly layer: number;
  readonly sequence: number;
  readonly facts: Vp8Facts;
  readonly live: readonly boolean[];
}

/** A decoder can begin with a key frame only; where none comes for so long, in milliseconds, it is not waited for. */
const KEY_FRAME_WITHIN = 500;

/** The sequence number a packet is shown with, with so many layers allowed; undefined when it is not. */
export function shownWith(view: View, packet: PicturePacket, allowed: number, now: number): number | undefined {
  const most = Math.min(allowed, view.allowed);
  if (view.shown !== packet.picture) {
    view.shown = packet.picture;
    view.layer = -1;
    view.wanted = -1;
  }
  const isSimulcast = packet.live.indexOf(true) !== packet.live.lastIndexOf(true);
  choose(view, wantedLayer(packet.live, isSimulcast, most), packet, now);
  if (view.layer !== packet.layer) return undefined;
  const numbering = numberingOf(view, packet.ssrc);
  if (isSimulcast || most === ALL_LAYERS || packet.facts.temporalLayer < most)
    return numberFor(numbering, packet.sequence);
  withhold(numbering, packet.sequence);
  return undefined;
}

/** The highest layer of those that arrive and are allowed. What comes in one layer is thinned out in time instead. */
function wantedLayer(live: readonly boolean[], isSimulcast: boolean, allowed: number): number {
  if (!isSimulcast) return allowed === 0 ? -1 : live.indexOf(true);
  return live.findLastIndex((isLive, layer) => isLive && layer < allowed);
}

function choose(view: View, wanted: number, { ssrc, layer, facts, live }: PicturePacket, now: number): void {
  if (view.wanted !== wanted) {
    view.wanted = wanted;
    view.wantedSince = now;
  }
  if (view.layer === wanted) return;
  // Less is shown at once; more, or what replaces a layer that has ended, from where it can be decoded.
  if (view.layer > wanted || live[view.layer] === false) view.layer = -1;
  const canBegin = facts.beginsKeyFrame || (facts.beginsFrame && now - view.wantedSince > KEY_FRAME_WITHIN);
  if (layer !== wanted || !canBegin) return;
  view.layer = wanted;
  pause(numberingOf(view, ssrc));
}

function numberingOf({ numberings }: View, ssrc: number): Numbering {
  const known = numberings.get(ssrc);
  if (known) return known;
  const fresh = freshNumbering();
  numberings.set(ssrc, fresh);
  return fresh;
}

/** Above the one a path is relieved, below the other it is given more again: what Google's congestion control takes. */
const HIGH_LOSS = 0.1;
const LOW_LOSS = 0.02;
/** How long little has to be lost before more is tried, in milliseconds. */
const CLEAR_FOR = 5_000;

/** Takes into account what a participant says is lost on the way to them: 0..1. */
export function hearOfLoss(view: View, share: number, now: number): void {
  if (share >= LOW_LOSS) view.clearSince = now;
  if (share > HIGH_LOSS) view.allowed = Math.max(0, view.allowed - 1);
  else if (view.allowed < ALL_LAYERS && now - view.clearSince > CLEAR_FOR) {
    view.allowed += 1;
    view.clearSince = now;
  }
}
