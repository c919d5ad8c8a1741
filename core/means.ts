import type { DisturbanceKind, ServiceName } from './fault.ts';

/** How the services of a target can be reached by faults, service by service; plain data from its configuration. */
export type Services = Readonly<Partial<Record<ServiceName, readonly Means[]>>>;

/** One way to put a fault in a service. */
export type Means = (
  | ToxiproxyMeans
  | FrontMeans
  | RelayMeans
  | CandidatesMeans
  | ProcessMeans
  | VolumeMeans
  | ConnectionsMeans
  | CommandMeans
  | KubectlMeans
) & {
  /** Which part of the service this reaches, where it has several. */
  readonly part?: string;
  /** What that is a part of, such as a region: a fault that names it reaches all parts in it. */
  readonly within?: string;
};

/** A proxy of a Toxiproxy that connections of the service go through already. */
export interface ToxiproxyMeans {
  readonly by: 'toxiproxy';
  /** The API of the Toxiproxy. */
  readonly api: string;
  readonly proxy: string;
  readonly speaks: Speech;
}

/**
 * A proxy of stormtest's own, put in front of a host that the load connects to for the length of a run. It becomes
 * ToxiproxyMeans as soon as the proxy is there.
 */
export interface FrontMeans {
  readonly by: 'front';
  /** `host:port` that people connect to. */
  readonly upstream: string;
  readonly speaks: Speech;
}

/** What a probe says through a connection to get something back. */
export type Speech =
  | { readonly kind: 'http'; readonly path: string; readonly host?: string }
  /** PostgreSQL's SSLRequest, which needs no account. */
  | { readonly kind: 'postgres' }
  /** The server speaks first: MySQL, SMTP, SSH. */
  | { readonly kind: 'greeting' }
  | { readonly kind: 'tls'; readonly host?: string };

/** A relay of stormtest's own that datagrams go through; whoever sends them has to be told its address. */
export interface RelayMeans {
  readonly by: 'relay';
  /** The URL of the relay's control API, known to whoever started it. */
  readonly relay: string;
  /** The path of it that the service's datagrams go by. */
  readonly path: string;
}

/**
 * A relay of stormtest's own that media of WebRTC go by for the length of a run: people are told its ports where the target
 * tells its candidates. It becomes RelayMeans as soon as the relay is there.
 */
export interface CandidatesMeans {
  readonly by: 'candidates';
}

/** A process on this machine. */
export interface ProcessMeans {
  readonly by: 'process';
  /** The process, or the file its id is written in; it takes the file to see that a killed process is there again. */
  readonly pid: number | { readonly file: string };
  /**
   * The command that starts it again after a kill and returns; without it whatever supervises it has to. It is run again
   * when it is not known whether it has been, so it must do no harm twice.
   */
  readonly restart?: string;
  /** The folder of the cgroup it runs in, to throttle it by; without it the process is stopped and continued in turn. */
  readonly cgroup?: string;
  /** The folder `restart` runs in; that of this process when left out. */
  readonly folder?: string;
}

/** A folder on the volume that is to be filled. */
export interface VolumeMeans {
  readonly by: 'volume';
  readonly path: string;
  /** Says that it may be filled though it is the root file system, or one that stormtest itself writes to. */
  readonly shared?: boolean;
}

/** A database whose connections can be held. */
export interface ConnectionsMeans {
  readonly by: 'connections';
  readonly server: 'postgres' | 'mysql';
  /**
   * `postgres://user:password@host:5432/database`, `mysql://…`. The password is a secret. `?host=/folder` (PostgreSQL) or
   * `?socket=/path` (MySQL) leads over a Unix socket; `?sslmode=disable|prefer|require|verify-full` as libpq has it.
   */
  readonly url: string;
}

/** Commands of the target's owner, run by a shell; they say themselves what they can do. */
export interface CommandMeans {
  readonly by: 'command';
  readonly can: readonly DisturbanceKind[];
  readonly inject: string;
  /** Puts things back; is run again when it is not known whether it has been, so it must do no harm twice. */
  readonly lift: string;
  /** Exits with 0 while the fault is in place, with anything else when it is not. */
  readonly prove: string;
  /** The folder they run in; that of this process when left out. */
  readonly folder?: string;
}

/** Pods of a Kubernetes cluster, reached by kubectl: one by its name, or one of those with labels. */
export interface KubectlMeans {
  readonly by: 'kubectl';
  /** A context of the kubeconfig: never the one that happens to be the current one. */
  readonly context: string;
  readonly namespace: string;
  /** Exactly one of both. */
  readonly pod?: string;
  readonly label?: string;
}
