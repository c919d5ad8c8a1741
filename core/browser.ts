/** Real browsers, of which an engine has a few at most. */
export interface BrowserPort {
  /**
   * Opens a page in a context of its own: nothing of anybody else's visit is known there. Whoever was at one before the run
   * began, which is still open, goes on there.
   */
  open(kept?: PageSeat): Promise<Page>;
}

/** A page somebody is at. What the target does wrong is thrown as a Failure, within the person's patience. */
export interface Page {
  /** What their media are asked for by. */
  readonly seat: PageSeat;
  /** False once it was closed, or had to make room for somebody else's. */
  readonly isOpen: boolean;
  /** Does steps one after the other; gives what was read last, if anything was. */
  walk(steps: readonly PageStep[]): Promise<string | undefined>;
  /** Hears why the page is gone, when it goes by itself. */
  onGone(heard: (says: string) => void): void;
  close(): void;
}

/** A seat whose media a page has: WebRTC of its own, or whatever the page says of itself. */
export interface PageSeat {
  readonly page: number;
}

/** What is done on a page. Selectors are those of CSS, and what they select has to be there to be seen. */
export type PageStep =
  | { readonly does: 'goto'; readonly url: string }
  | { readonly does: 'fill'; readonly selector: string; readonly text: string }
  | { readonly does: 'click'; readonly selector: string }
  | { readonly does: 'press'; readonly key: string }
  | ({ readonly does: 'wait'; readonly selector: string } & Refusals)
  /** A script that fails, or says false, is a failure of the target. */
  | { readonly does: 'evaluate'; readonly script: string }
  | { readonly does: 'read'; readonly selector: string };

/** What may be seen instead, and that it says no. */
export interface Refusals {
  readonly denied?: string;
  readonly shed?: string;
}

/** What the network between the page and everybody else is like, from before its first connection on. */
export interface PageNetwork {
  /** The share of datagrams lost in each direction, 0..1. */
  readonly loss: number;
  /** How much longer each direction takes, in milliseconds. */
  readonly delay: number;
}
