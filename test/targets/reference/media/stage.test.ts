import { expect, test } from 'vitest';
import { nextStage, type Stage } from '../../../../targets/reference/media/stage.ts';

interface Someone {
  readonly name: string;
  readonly loudness: { volume: number };
}

const someone = (name: string, volume = 0): Someone => ({ name, loudness: { volume } });
const names = ({ speakers, before }: Stage<Someone>) => [...speakers.map(({ name }) => name), before?.name];
const nobody: Stage<Someone> = { speakers: [], before: undefined };

test('the loudest have the places, the loudest of them the first one', () => {
  const present = [someone('a', 10), someone('b', 90), someone('c', 50), someone('d', 70)];
  expect(names(nextStage(nobody, present, 2))).toEqual(['b', 'd', 'a']);
});

test('everybody has a place when there are enough, be they silent', () => {
  expect(names(nextStage(nobody, [someone('a'), someone('b')], 3))).toEqual(['a', 'b', 'b']);
  expect(names(nextStage(nobody, [someone('a')], 3))).toEqual(['a', undefined]);
  expect(names(nextStage(nobody, [], 3))).toEqual([undefined]);
});

test('of those who are silent two have a place, so that whoever speaks hears somebody, too', () => {
  const present = [someone('a', 5), someone('b', 90), someone('c', 20), someone('d', 10)];
  const stage = nextStage(nobody, present, 3);
  expect(names(stage)).toEqual(['b', 'c', 'a']);
  const [, , , d] = present;
  if (d) d.loudness.volume = 60;
  expect(names(nextStage(stage, present, 3))).toEqual(['b', 'd', 'a']);
});

test('who has a place keeps it against somebody a little louder, and loses it to one much louder', () => {
  const [a, b, c] = [someone('a', 60), someone('b', 55), someone('c', 0)];
  const stage = nextStage(nobody, [a, b, c], 1);
  b.loudness.volume = 69;
  expect(names(nextStage(stage, [a, b, c], 1))).toEqual(['a', 'b']);
  b.loudness.volume = 71;
  const next = nextStage(stage, [a, b, c], 1);
  expect(names(next)).toEqual(['b', 'a']);
  // Whoever speaks looks at whoever spoke before, as long as that one is there.
  expect(names(nextStage(next, [b, c], 1))).toEqual(['b', 'c']);
});
