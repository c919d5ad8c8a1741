import type { SystemDeclaration } from '../http/declaration.ts';

/** A Janus server on one of whose plugins people meet, as its owner describes it. */
export interface WrittenJanusDeclaration extends SystemDeclaration {
  readonly kind: 'janus';
  /** VideoRoom passes on what everybody sends; AudioBridge mixes the sound, and everybody has one stream of it. */
  readonly plugin?: JanusPlugin;
  /** Where its WebSocket is: a path below `url`, or an address. */
  readonly websocket?: string;
  /** `api_secret` of its configuration, and a token where `token_auth` is on. */
  readonly secret?: string;
  readonly token?: string;
  /** `admin_key` of the plugin, without which nobody may create rooms where one is set. */
  readonly roomKey?: string;
  /** What rooms are called by: numbers, or texts where `string_ids` is on. */
  readonly ids?: 'numbers' | 'strings';
  /** How many may send in a room at once. */
  readonly publishers?: number;
}

export type JanusPlugin = 'videoroom' | 'audiobridge';

/** A declaration that was checked, with nothing left to guess: plain data. */
export interface JanusDeclaration extends WrittenJanusDeclaration {
  /** Absolute, ws: or wss:. */
  readonly websocket: string;
  readonly plugin: JanusPlugin;
  readonly ids: 'numbers' | 'strings';
  readonly publishers: number;
}
