import type { Failed } from '../ordered.ts';
import type { Address } from './address.ts';
import type { SeatTerms } from './seat.ts';
import type { MediaSettings } from './settings.ts';

/** What a media server is told when it starts. It goes over the IPC channel: a command line is open to every user. */
export interface MediaOrder {
  readonly name: string;
  readonly settings: MediaSettings;
  /** What the gateway has to show to give it seats. */
  readonly token: string;
  /** Of its UDP socket, on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Of its HTTP server, on 127.0.0.1; 0 takes a free one. */
  readonly controlPort: number;
  /** Where it stands, if that is anywhere in particular. */
  readonly region?: string;
  /** Of the UDP sockets that other media servers send to, a way each; 0 takes a free one, none are opened for none. */
  readonly trunkPorts: readonly number[];
}

/** What it answers. */
export type MediaReport =
  | {
      readonly kind: 'ready';
      readonly port: number;
      readonly controlPort: number;
      readonly trunkPorts: readonly number[];
    }
  | Failed;

/** What the gateway tells a media server. */
export type Instruction =
  | ({ readonly type: 'keep' } & SeatTerms)
  | { readonly type: 'give-up'; readonly key: string }
  /** Somebody of a meeting sits at another media server. */
  | ({ readonly type: 'guest' } & SeatTerms)
  /** To which others a meeting's media go. */
  | { readonly type: 'bridge'; readonly meeting: string; readonly peers: readonly PeerTerms[] };

/** Another media server, and the two ways there. */
export interface PeerTerms {
  readonly name: string;
  readonly region: string;
  readonly routes: readonly [RouteTerms, RouteTerms];
}

/** A way, and where what goes by it is sent to. */
export interface RouteTerms extends Address {
  /** `us-eu-1` */
  readonly name: string;
}

/** What a media server tells the gateway: that a seat is kept, that one has ended by itself, and how busy it is. */
export type News =
  | { readonly type: 'kept'; readonly key: string }
  | { readonly type: 'ended'; readonly key: string }
  | Load;

/** How busy a media server is. */
export interface Busyness {
  /** The share of its network link that is in use. */
  readonly used: number;
  /** Layers of a picture that it forwards at most. */
  readonly layers: number;
  /** How much later than it should its event loop came round last, in milliseconds. */
  readonly late: number;
  /** How long what came waited before it was read, at most, in milliseconds. */
  readonly waits: number;
}

interface Load extends Busyness {
  readonly type: 'load';
}
