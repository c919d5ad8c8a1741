import { stringify } from 'yaml';

/** The name of the target in the configuration. */
export const TARGET = 'bench';

/** A configuration as a user writes one, for a server that answers sign-ins. */
export function configurationFor(url: string): string {
  const { origin, pathname } = new URL(url);
  const login = {
    request: `POST ${pathname}`,
    json: { email: '${person.email}', password: '${person.password}' },
    expect: { status: 200, json: { ok: true } },
    capture: { token: 'json:/access_token' },
  };
  const target = { url: origin, people: { count: 1_000 }, operations: { login: [login] } };
  return stringify({ targets: { [TARGET]: target } });
}
