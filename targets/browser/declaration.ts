import type { Duration } from '../../core/duration.ts';
import type { SystemDeclaration } from '../http/declaration.ts';

/** A web client that people use in a browser, as its owner describes it. Texts of steps may hold slots such as `${person.email}`. */
export interface WrittenBrowserDeclaration extends SystemDeclaration {
  readonly kind: 'browser';
  readonly steps: PageOperations;
  /** What a meeting is called, where it is there as soon as somebody joins it. */
  readonly meeting?: string;
  /** How many pages may be open at once. */
  readonly pages?: number;
  readonly network?: { readonly loss?: string; readonly delay?: Duration };
  /** A script that gives what the page has received so far, where that does not come over WebRTC. */
  readonly measure?: string;
}

/** A declaration that was checked, with nothing left to guess: plain data. */
export interface BrowserDeclaration extends WrittenBrowserDeclaration {
  readonly pages: number;
  /** The environment variables that the steps mention, by name. Secret. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What people can do on the page, each as the steps that do it. */
export interface PageOperations {
  readonly login?: readonly WrittenStep[];
  readonly createMeeting?: readonly WrittenStep[];
  readonly join?: readonly WrittenStep[];
  readonly leave?: readonly WrittenStep[];
}

/** One of these. */
export type WrittenStep =
  | { readonly goto: string }
  | { readonly fill: string; readonly with: string }
  | { readonly click: string }
  | { readonly press: string }
  | { readonly wait: string; readonly denied?: string; readonly shed?: string }
  | { readonly evaluate: string }
  | { readonly read: string };
