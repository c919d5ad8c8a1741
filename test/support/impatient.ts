import { Agent, request } from 'node:http';

/** An answer to a login, or that there was none because the person left or the connection broke. */
export type LoginAnswer = { readonly status: number; readonly retryAfter: string | undefined } | 'left' | 'broken';

/** Logins over kept connections; whoever gives up destroys theirs, so that the server sees it close. */
export class Impatient {
  readonly #agent = new Agent({ keepAlive: true });

  /** Signs in, and leaves without an answer after `patience` milliseconds. */
  login(
    url: string,
    { email, password }: { readonly email: string; readonly password: string },
    patience: number,
  ): Promise<LoginAnswer> {
    return new Promise((resolve) => {
      const asked = request(`${url}/v1/login`, { method: 'POST', agent: this.#agent }, (answer) => {
        clearTimeout(leaving);
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
        answer.resume();
      });
      const leaving = setTimeout(() => {
        resolve('left');
        asked.destroy();
      }, patience);
      asked.on('error', () => {
        clearTimeout(leaving);
        resolve('broken');
      });
      asked.end(JSON.stringify({ email, password }));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
