import { expect, test } from 'vitest';
import { draw, sequence } from '../../core/random.ts';

test('a draw is a function of seed, journey, index and name, and of nothing else', () => {
  const drawn = draw(1, 'login', 42, 'person');
  expect(draw(1, 'login', 42, 'person')).toBe(drawn);
  const others = [
    draw(2, 'login', 42, 'person'),
    draw(1, 'meet', 42, 'person'),
    draw(1, 'login', 43, 'person'),
    draw(1, 'login', 42, 'retry'),
  ];
  expect(new Set([drawn, ...others]).size).toBe(5);
});

test('draws are even: each tenth gets its share, and neighbours are not alike', () => {
  const drawn = Array.from({ length: 20_000 }, (_, i) => draw(3, 'login', i, 'person'));
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const share = drawn.filter((d) => Math.floor(d * 10) === tenth).length / drawn.length;
    expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
  }
  const mean = 0.5;
  const covariance =
    drawn.slice(1).reduce((sum, d, i) => sum + (d - mean) * ((drawn[i] ?? 0) - mean), 0) / drawn.length;
  expect(Math.abs(covariance)).toBeLessThan(0.003);
  expect(drawn.every((d) => d >= 0 && d < 1)).toBe(true);
});

test('these values never change: recordings of different versions must stay comparable', () => {
  expect([
    draw(1, 'login', 0, 'person'),
    draw(1, 'login', 1, 'person'),
    draw(7, 'meet', 123_456, 'pause/join/2'),
  ]).toMatchInlineSnapshot(`
    [
      0.620559310738501,
      0.4030702912920029,
      0.49821211961095746,
    ]
  `);
  const next = sequence(1);
  expect([next(), next(), next()]).toMatchInlineSnapshot(`
    [
      0.6270739405881613,
      0.002735721180215478,
      0.5274470399599522,
    ]
  `);
});
