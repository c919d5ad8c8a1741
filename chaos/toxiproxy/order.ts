/** What the process of a Toxiproxy is told when it starts. */
export interface Order {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly hosts: readonly string[];
  readonly seed: number;
}

/** What it answers. */
export type Report =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly what: string };
