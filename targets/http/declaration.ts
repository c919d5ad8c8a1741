import type { Duration } from '../../core/duration.ts';
import type { ServiceName } from '../../core/fault.ts';
import type { IndicatorName } from '../../core/indicator.ts';
import type { CommandMeans, ConnectionsMeans, KubectlMeans, ProcessMeans, VolumeMeans } from '../../core/means.ts';
import type { Capacity } from '../../core/target.ts';

/** What is declared of every system, whatever it speaks. */
export interface SystemDeclaration {
  readonly url: string;
  /** Hosts besides the one of `url` that requests may go to. */
  readonly hosts?: readonly string[];
  readonly capacity?: Capacity;
  readonly tls?: { readonly insecure?: boolean };
  readonly metrics?: readonly DeclaredMetrics[];
  readonly halts?: readonly DeclaredHalt[];
  readonly people?: { readonly count: number } | { readonly file: string };
  /** How faults reach its services. */
  readonly services?: Readonly<Partial<Record<ServiceName, readonly WrittenMeans[]>>>;
}

/** A conferencing system in its owner's words. Texts in `operations` may hold slots such as `${person.email}`. */
export interface WrittenDeclaration extends SystemDeclaration {
  readonly kind?: 'http';
  readonly operations: Operations;
}

/** A declaration that was checked and is ready to use: plain data that can be handed to other threads and engines. */
export interface HttpDeclaration extends WrittenDeclaration {
  /** The environment variables that `operations` mention, by name. Secret. */
  readonly environment: Readonly<Record<string, string>>;
}

export type DeclaredMetrics = DeclaredPage | DeclaredServer;

/** A page of the target's own, of which selectors pick the indicators. */
interface DeclaredPage {
  readonly name: string;
  readonly url: string;
  readonly presets?: readonly string[];
  readonly indicators?: Readonly<Partial<Record<IndicatorName, string>>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A Prometheus server that scrapes the target, and is asked for indicators in PromQL. */
export interface DeclaredServer {
  readonly name: string;
  readonly prometheus: string;
  readonly queries?: Readonly<Partial<Record<IndicatorName, string>>>;
  readonly maxAge?: Duration;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: { readonly insecure?: boolean };
}

/** When a run has to stop for the target's sake: one of `query` and `indicator`, and one of `above` and `below`. */
export interface DeclaredHalt {
  readonly query?: string;
  readonly indicator?: IndicatorName;
  /** The name of the source; a query's is filled in where there is one server only. */
  readonly source?: string;
  readonly above?: number;
  readonly below?: number;
  readonly for: Duration;
  readonly missing?: 'halt' | 'ignore';
  readonly says?: string;
}

/** One way to put a fault in a service: exactly one of these, and the part of the service it reaches. */
export interface WrittenMeans {
  readonly part?: string;
  readonly toxiproxy?: { readonly proxy: string; readonly api?: string; readonly speaks: WrittenSpeech };
  readonly front?: { readonly upstream?: string; readonly speaks: WrittenSpeech };
  readonly relay?: 'webrtc';
  readonly process?: Omit<ProcessMeans, 'by' | 'folder'>;
  readonly volume?: Omit<VolumeMeans, 'by'>;
  readonly connections?: Omit<ConnectionsMeans, 'by'>;
  readonly command?: Omit<CommandMeans, 'by' | 'folder'>;
  readonly kubectl?: Omit<KubectlMeans, 'by'>;
}

export type WrittenSpeech = 'postgres' | 'greeting' | 'tls' | { readonly http: string };

/** What people can do with the target, each as the steps that do it. */
export interface Operations {
  readonly login?: readonly RequestStep[];
  readonly createMeeting?: readonly RequestStep[];
  readonly findMeeting?: readonly FindStep[];
  readonly countMeetings?: readonly RequestStep[];
  readonly join?: readonly (RequestStep | WebSocketStep | SendStep | ReceiveStep)[];
  readonly chat?: readonly (RequestStep | SendStep | ReceiveStep)[];
  readonly record?: readonly (RequestStep | SendStep | ReceiveStep)[];
  readonly findRecording?: readonly FindStep[];
  readonly news?: readonly NewsStep[];
  readonly search?: readonly RequestStep[];
  readonly openTicket?: readonly RequestStep[];
  readonly findTicket?: readonly FindStep[];
  readonly fetchAssets?: readonly RequestStep[];
  readonly leave?: readonly (RequestStep | FarewellStep | CloseStep)[];
}

/** Who asks: sent as headers. */
export interface Credentials {
  readonly headers?: Readonly<Record<string, Scalar>>;
  readonly basic?: { readonly user: string; readonly password: string };
  readonly bearer?: string;
}

export interface RequestStep extends Credentials {
  /** `POST /v1/login`: a method, and a path or an absolute address. */
  readonly request: string;
  readonly json?: Json;
  readonly form?: Readonly<Record<string, Scalar>>;
  readonly body?: string;
  readonly expect?: AnswerPattern;
  readonly denied?: AnswerPattern | readonly AnswerPattern[];
  readonly shed?: AnswerPattern | readonly AnswerPattern[];
  readonly capture?: Captures;
}

export interface FindStep extends RequestStep {
  /** The answer that says there is no such thing. */
  readonly missing?: AnswerPattern | readonly AnswerPattern[];
}

export interface WebSocketStep extends Credentials {
  readonly websocket: string;
  readonly protocols?: readonly string[];
}

export interface SendStep extends MessageOutcomes {
  readonly send: Json;
  readonly expect?: MessagePattern;
}

export interface ReceiveStep extends MessageOutcomes {
  readonly receive: MessagePattern;
}

/** What the target says to somebody who is in a meeting, unasked, and what it means for their seat. */
export interface NewsStep {
  readonly receive: MessagePattern;
  readonly means: 'lost' | 'moved';
  readonly capture?: Captures;
}

/** A last message, whose answer nobody waits for. */
export interface FarewellStep {
  readonly send: Json;
}

interface CloseStep {
  readonly close: true;
}

/** What else than the expected may come, and what to keep of the expected. */
export interface MessageOutcomes {
  readonly denied?: MessagePattern;
  readonly shed?: MessagePattern;
  readonly capture?: Captures;
}

/** What an answer must show, all of it. */
export interface AnswerPattern {
  readonly status?: StatusPattern | readonly StatusPattern[];
  /** The answer's JSON holds this: named fields match, others do not matter; lists match item by item. */
  readonly json?: Json;
  /** One value of the header is this. */
  readonly header?: Readonly<Record<string, Scalar>>;
  readonly contains?: string;
}

export type StatusPattern = number | `${1 | 2 | 3 | 4 | 5}xx`;

/** A text that a message contains, or JSON that it holds. */
export type MessagePattern = Json;

/** Where a value is found, by the name it is kept under: `json:/access_token`, `header:location`, `body:id=(\d+)`. */
export type Captures = Readonly<Record<string, string>>;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export type Scalar = string | number | boolean;
