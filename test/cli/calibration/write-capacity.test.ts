import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withCapacity } from '../../../cli/calibration/write-capacity.ts';
import { httpDeclarationYaml } from '../../../cli/detection/declarations/http.ts';
import { configTemplate } from '../../../cli/work/config-template.ts';
import { Mistakes } from '../../../core/mistake.ts';

const written = (text: string, target = 'mine') => withCapacity(text, target, 'login', 88, 'calibrated');

test('what init has written keeps every line, and gets one more', () => {
  const text = configTemplate(httpDeclarationYaml('http://127.0.0.1:1'), 'x');
  const lines = written(text).split('\n');
  const [at] = lines.flatMap((line, index) => (line.includes('calibrated') ? [index] : []));
  expect(lines[at ?? 0]).toBe('    capacity: { login: 88 } # calibrated');
  expect(lines.toSpliced(at ?? 0, 1).join('\n')).toBe(text);
  expect(parse(lines.join('\n')).targets.mine.capacity).toEqual({ login: 88 });
});

test.each([
  [
    'a value that is there is replaced, and its comment stays',
    'targets:\n  mine:\n    url: x   # here\n    capacity: { login: 5, create: 2 } # by hand\n',
    'targets:\n  mine:\n    url: x   # here\n    capacity: { login: 88, create: 2 } # by hand\n',
  ],
  [
    'a class is added to others on one line',
    'targets: { mine: { url: x, capacity: { create: 2 } } }\n',
    'targets: { mine: { url: x, capacity: { login: 88, create: 2 } } }\n',
  ],
  [
    'a class is added to others on lines of their own',
    'targets:\n  other: {}\n  mine:\n    capacity:\n      # by hand\n      create: 2\n    url: x\n',
    'targets:\n  other: {}\n  mine:\n    capacity:\n      # by hand\n      login: 88 # calibrated\n      create: 2\n    url: x\n',
  ],
  [
    'a capacity that says nothing is filled',
    'targets:\n  mine:\n    capacity: {}\n    url: x\n',
    'targets:\n  mine:\n    capacity: { login: 88 }\n    url: x\n',
  ],
  [
    'a target on one line has it there',
    'targets:\n  mine: { url: x } # short\n',
    'targets:\n  mine: { capacity: { login: 88 }, url: x } # short\n',
  ],
])('%s', (_, before, after) => {
  expect(written(before)).toBe(after);
});

test('a target that is not written out there is a mistake', () => {
  const text = 'base: &base\n  url: x\ntargets:\n  mine: *base\n';
  expect(() => written(text)).toThrow(Mistakes);
  expect(() => written(text, 'nobody')).toThrow(Mistakes);
});
