import { expect, test } from 'vitest';
import { peopleOf } from '../../generators/people.ts';

const crowd = peopleOf({ from: 'seed', count: 300 }, 7);

test('the same seed makes up the same people, in whatever order they are asked for', () => {
  const again = peopleOf({ from: 'seed', count: 300 }, 7);
  const backwards = Array.from({ length: 300 }, (_, i) => again.person(299 - i)).reverse();
  expect(backwards).toEqual(Array.from({ length: 300 }, (_, i) => crowd.person(i)));
  expect(again.meetingName(12)).toBe(crowd.meetingName(12));
});

test('another seed makes up other people', () => {
  expect(peopleOf({ from: 'seed', count: 300 }, 8).person(3)).not.toEqual(crowd.person(3));
});

test('everybody has an address of their own, on a domain reserved for examples', () => {
  const addresses = Array.from({ length: 300 }, (_, i) => crowd.person(i).email);
  expect(new Set(addresses).size).toBe(300);
  for (const address of addresses) expect(address).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.com$/);
});

test('numbers beyond the count begin again', () => {
  expect(crowd.person(300 + 5)).toEqual(crowd.person(5));
});

test("a target's own accounts are taken as they are", () => {
  const people = [{ index: 0, name: 'A', email: 'a@example.com', password: 'x' }];
  expect(peopleOf({ from: 'list', people }, 1).person(4)).toEqual(people[0]);
});
