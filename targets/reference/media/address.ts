/** Where a participant is seen: an IPv4 address and a port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}
