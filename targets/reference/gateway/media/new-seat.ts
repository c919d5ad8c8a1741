import { randomBytes, randomInt } from 'node:crypto';
import type { Member } from '../rooms.ts';
import type { Held } from './bench.ts';

/** Of the SSRCs of a seat: one for its voice, three for its picture, and the rest unused. */
const APART = 8;

let next = randomInt(2 ** 29) * APART;

/** Makes up a seat: a key that nobody guesses, and SSRCs that nobody else of this gateway has. */
export function newSeat(meeting: string, region: string | undefined, member: Member): Held {
  next = (next + APART) % 2 ** 32;
  return { member, meeting, region, key: randomBytes(12).toString('base64url'), audio: next + 1, video: next + 2 };
}
