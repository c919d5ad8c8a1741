/** What the process of a Toxiproxy is told when it starts. */
export interface Order {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly hosts: readonly string[];
  readonly seed: number;
}
