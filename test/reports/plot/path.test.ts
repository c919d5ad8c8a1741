import { expect, test } from 'vitest';
import { areaPath, bandPath, edges, linePath } from '../../../reports/plot/path.ts';
import { type Point, stepped } from '../../../reports/plot/resolution.ts';
import { linearScale } from '../../../reports/plot/scale.ts';

const space = { seconds: 10, height: 100, scale: linearScale(10, String) };
const points = (values: readonly (number | undefined)[]): Point[] => stepped(values, 1);

test('a line goes through the middle of every second', () => {
  expect(linePath(points([0, 5, 10]), 1, space)).toBe('M0.5 100L1.5 50 2.5 0');
});

test('a line is interrupted where seconds are missing, and one alone is a dot', () => {
  expect(linePath(points([10, undefined, undefined, 10, 0]), 1, space)).toBe('M0.5 0L0.5 0M3.5 0L4.5 100');
});

test('points on a level are left out, as the line runs through them anyway', () => {
  expect(linePath(points([5, 5, 5, 5, 10]), 1, space)).toBe('M0.5 50L3.5 50 4.5 0');
});

test('an area closes at the foot, or at the top', () => {
  expect(areaPath(points([5, 10]), 1, space, 'below')).toBe('M0.5 100L0.5 50 1.5 0 1.5 100Z');
  expect(areaPath(points([5, 0]), 1, space, 'above')).toBe('M0.5 0L0.5 50 1.5 100 1.5 0Z');
});

test('a band reaches from the least to the most of each step', () => {
  expect(bandPath(stepped([0, 10, 5, 5], 2), 2, space)).toBe('M1 0L3 50 3 50 1 100Z');
});

test('an edge is level for the length of each step, in both directions', () => {
  expect(edges([80, 80, 20], 5)).toBe('M0 80H10V20H15');
  expect(edges([80, 80, 20], 5, true)).toBe('V20H10V80H0');
});
