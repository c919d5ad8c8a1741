/** A user and group of the operating system, by number. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; as root it runs under the ids that belong to nobody, so no user is created. */
export function unprivileged(): Owner | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
}
