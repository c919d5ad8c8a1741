import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Provider } from 'oidc-provider';
import { accountsOf } from './accounts.mjs';
import { admission } from './admission.mjs';
import { openMetrics } from './metrics.mjs';
import { registerPasswordGrant } from './password-grant.mjs';
import { tunedRounds } from './password-hash.mjs';

/*
 * An OpenID provider in a process of its own: `node provider.mjs [--rounds N] [--most-inside N]`. Its client and the file
 * of its people are in the environment. It prints one line of JSON when it is ready, and ends with its standard input.
 *
 * It is made as anybody would make it, and nothing in it fails on purpose. What limits it is the CPU time of password
 * hashes, which wait in the queue of Node's thread pool: a queue without a bound, out of which nobody is taken.
 */
const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_PEOPLE } = process.env;
const { values: options } = parseArgs({ options: { rounds: { type: 'string' }, 'most-inside': { type: 'string' } } });

/** Password hashes a second that their cost is tuned for; a whole login takes a little more. */
const HASHES = 95;

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;

const rounds = Number(options.rounds ?? (await tunedRounds(HASHES)));
const accounts = await accountsOf(OIDC_PEOPLE, rounds);
const metrics = openMetrics();

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const provider = new Provider(url, {
  clients: [
    {
      client_id: OIDC_CLIENT_ID,
      client_secret: OIDC_CLIENT_SECRET,
      grant_types: ['password'],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
  cookies: { keys: [randomUUID()] },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ['sub'], email: ['email'] },
  findAccount: async (_, email) => accounts.find(email) && { accountId: email, claims: () => ({ sub: email, email }) },
});
registerPasswordGrant(provider, ({ res }, email, password) =>
  metrics.checked(res, () => accounts.check(email, password)),
);
provider.use(metrics.watch);
if (options['most-inside'] !== undefined) provider.use(admission(Number(options['most-inside'])));

server.on('request', provider.callback());
process.stdout.write(`${JSON.stringify({ url, rounds })}\n`);
process.stdin.resume().once('end', () => process.exit());
