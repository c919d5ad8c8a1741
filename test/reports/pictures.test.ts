import { expect, test } from 'vitest';
import type { Picture } from '../../core/event.ts';
import { htmlReport } from '../../reports/html.ts';
import { mistakesOfEvent } from '../../reports/recording/event-shape.ts';
import { judgedRun, survivedRun } from '../support/report-fixtures.ts';

const picture: Picture = { kind: 'picture', at: 42_400, why: 'storm', says: 'in the <meeting>', jpeg: '/9j/4AAQ+A==' };

test('what a browser showed is in the report, as a part of the page and with its moment', () => {
  const page = htmlReport([judgedRun([...survivedRun(), picture])]);
  expect(page).toContain('<img src="data:image/jpeg;base64,/9j/4AAQ+A=="');
  expect(page).toContain('42\u00a0s, at the height of the storm: in the &lt;meeting&gt;');
  expect(page).toContain('img-src data:');
  expect(htmlReport([judgedRun(survivedRun())])).not.toContain('What a browser showed');
});

test('a picture out of a file is base64 and nothing else', () => {
  expect(mistakesOfEvent({ ...picture })).toEqual([]);
  for (const jpeg of ['"><script>', 'a b', '%41', 7])
    expect(mistakesOfEvent({ ...picture, jpeg })).toMatchObject([{ at: 'jpeg' }]);
});
