import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const derived = promisify(pbkdf2);
const KEY_BYTES = 32;
const DIGEST = 'sha256';

/** Hashes a password with a fresh salt: PBKDF2 with HMAC-SHA-256 (RFC 8018), in so many rounds. */
export async function hashed(password, rounds) {
  const salt = randomBytes(16);
  return { rounds, salt, key: await derived(password, salt, rounds, KEY_BYTES, DIGEST) };
}

/** Tells whether a password is the one a hash was made of; costs as much as the hash did, whatever the answer. */
export async function matches(password, { rounds, salt, key }) {
  return timingSafeEqual(await derived(password, salt, rounds, KEY_BYTES, DIGEST), key);
}

/** Hashes that Node's thread pool works at side by side, unless UV_THREADPOOL_SIZE says otherwise. */
export const AT_WORK = 4;

/**
 * Finds the rounds at which this machine makes so many hashes a second when it has nothing else to do. What is measured
 * is CPU time: it says the same beside other work. It is proportional to the rounds, so each try says what is better.
 */
export async function tunedRounds(goal) {
  const cores = Math.min(AT_WORK, availableParallelism());
  let rounds = 20_000;
  for (let tries = 0; tries < 3; tries += 1) rounds = Math.round((rounds * cores) / goal / (await costOf(rounds)));
  return rounds;
}

/** CPU seconds of one hash, with the whole thread pool at work. */
async function costOf(rounds) {
  const [began, before] = [performance.now(), process.cpuUsage()];
  let done = 0;
  const lane = async () => {
    for (; performance.now() - began < 700; done += 1) await hashed('correct horse battery', rounds);
  };
  await Promise.all(Array.from({ length: AT_WORK }, lane));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / done;
}
