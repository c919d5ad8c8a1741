/** A proxy as a Toxiproxy tells it. */
export interface ProxyState {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  readonly toxics: readonly ToxicState[];
  /** Milliseconds until it is enabled again by itself; only told by a Toxiproxy that keeps times to live: ours. */
  readonly ttl?: number;
}

/** A toxic as a Toxiproxy tells it. */
export interface ToxicState {
  readonly name: string;
  readonly type: string;
  readonly stream: 'upstream' | 'downstream';
  readonly toxicity: number;
  readonly attributes: Readonly<Record<string, number>>;
  /** Milliseconds until it goes by itself; only told by ours. */
  readonly ttl?: number;
}

/** A proxy to be made; without `listen` it takes a free port. */
export type NewProxy = Pick<ProxyState, 'name' | 'upstream'> & Partial<Pick<ProxyState, 'listen' | 'enabled' | 'ttl'>>;

/** A toxic to be put on a proxy; it acts on every connection unless `toxicity` says otherwise. */
export type NewToxic = Pick<ToxicState, 'name' | 'type' | 'stream' | 'attributes'> &
  Partial<Pick<ToxicState, 'toxicity' | 'ttl'>>;

export type ProxyChange = Partial<Pick<ProxyState, 'listen' | 'upstream' | 'enabled' | 'ttl'>>;

export type ToxicChange = Partial<Pick<ToxicState, 'attributes' | 'toxicity' | 'ttl'>>;
