/** A database's own answer that it lets nobody in. The message is the server's, and holds no password. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** SQLSTATE of PostgreSQL, number of the error of MySQL. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  /**
   * Whether it is for want of a place: PostgreSQL's too_many_connections; MySQL's ER_CON_COUNT_ERROR and, where the user
   * has a limit of their own, ER_TOO_MANY_USER_CONNECTIONS or ER_USER_LIMIT_REACHED.
   */
  get isFull(): boolean {
    if (this.code === '1226') return this.message.includes('max_user_connections');
    return ['53300', '1040', '1203'].includes(this.code);
  }
}
