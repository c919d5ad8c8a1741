import { expect, test } from 'vitest';
import { Failure } from '../../core/failure.ts';
import { madeReady } from '../../generators/journeys/prepare.ts';

/** Makes somebody ready who fails so often, and says how often they tried. */
async function tried(kind: 'shed' | 'denied', times: number): Promise<readonly [tries: number, failed: unknown]> {
  let tries = 0;
  const makeReady = async () => {
    tries += 1;
    if (tries <= times) throw new Failure(kind, 'not now');
  };
  const failed = await madeReady({ makeReady }, 1).catch((thrown: unknown) => thrown);
  return [tries, failed];
}

test('who is told to come back later before the run does so a few times, and nobody else', async () => {
  expect(await tried('shed', 3)).toEqual([4, undefined]);
  expect(await tried('shed', 100)).toEqual([5, expect.objectContaining({ kind: 'shed' })]);
  expect(await tried('denied', 1)).toEqual([1, expect.objectContaining({ kind: 'denied' })]);
  await madeReady({});
});
