/**
 * What came back when something was said through a connection; times in milliseconds. A type and no interface, so that
 * it counts as a Look.
 */
export type Heard = {
  /**
   * `answered`: something came, and if it was to end it did. `closed`, `reset`: the connection ended before its time.
   * `refused`: there was none. `silent`: nothing, or not all of it, came in time.
   */
  readonly ended: 'answered' | 'closed' | 'reset' | 'refused' | 'silent';
  /** From asking to the first byte of an answer; from the connection on where the server speaks first. */
  readonly firstByteMs: number | undefined;
  /** From the first byte to the last one. */
  readonly flowMs: number | undefined;
  readonly bytes: number;
  /** Of these, those that came later than 20 ms after the first: only they were held up by how fast it flows. */
  readonly lateBytes: number;
};
