import type { Answer } from '../../../core/transport.ts';
import type { AnswerPattern, Scalar, StatusPattern } from '../declaration.ts';
import type { Received } from '../received.ts';
import { jsonOf } from '../received.ts';
import { RAW } from './encoding.ts';
import { textTest, valueTest } from './pattern.ts';
import { rendererOf } from './renderer.ts';
import type { Values } from './scope.ts';
import { at, type Site, tell } from './site.ts';

/** The first thing about an answer that is not as described, or undefined when all is. */
export type AnswerTest = (answer: Answer, received: Received, values: Values) => AnswerPart | undefined;

type AnswerPart = 'status' | 'headers' | 'text' | 'JSON';

interface PartTest {
  readonly part: AnswerPart;
  readonly holds: (answer: Answer, received: Received, values: Values) => boolean;
}

/** Reads a description of an answer. */
export function answerTest(pattern: AnswerPattern, site: Site): AnswerTest {
  const tests = [...statusTests(pattern), ...headerTests(pattern, at(site, 'header')), ...bodyTests(pattern, site)];
  if (tests.length === 0) tell(site, 'describes any answer at all', 'say a status, json, header or contains');
  return (answer, received, values) => {
    for (const { part, holds } of tests) if (!holds(answer, received, values)) return part;
    return undefined;
  };
}

/** Reads what may be one description or several: undefined as soon as one of them is met. */
export function anyAnswerTest(pattern: AnswerPattern | readonly AnswerPattern[], site: Site): AnswerTest {
  if (!isSeveral(pattern)) return answerTest(pattern, site);
  const tests = pattern.map((each, index) => answerTest(each, at(site, index)));
  return (answer, received, values) =>
    tests.some((test) => test(answer, received, values) === undefined) ? undefined : 'status';
}

/** Statuses as a sentence names them: `200 or 2xx`. */
export function spokenStatus(status: NonNullable<AnswerPattern['status']>): string {
  return listOf(status).join(' or ');
}

function isSeveral(pattern: AnswerPattern | readonly AnswerPattern[]): pattern is readonly AnswerPattern[] {
  return Array.isArray(pattern);
}

function listOf(status: NonNullable<AnswerPattern['status']>): readonly StatusPattern[] {
  return typeof status === 'object' ? status : [status];
}

function statusTests({ status }: AnswerPattern): PartTest[] {
  if (status === undefined) return [];
  const hundred = Array.from({ length: 100 }, (_, i) => i);
  const statuses = new Set(
    listOf(status).flatMap((one) => (typeof one === 'number' ? one : hundred.map((i) => Number(one[0]) * 100 + i))),
  );
  return [{ part: 'status', holds: (answer) => statuses.has(answer.status) }];
}

function headerTests({ header = {} }: AnswerPattern, site: Site): PartTest[] {
  return Object.entries(header).map(([name, value]: [string, Scalar]) => {
    const { render } = rendererOf(String(value), RAW, at(site, name));
    const lowerCase = name.toLowerCase();
    return { part: 'headers', holds: (answer, _, values) => answer.header(lowerCase).includes(render(values)) };
  });
}

function bodyTests({ contains, json }: AnswerPattern, site: Site): PartTest[] {
  const tests: PartTest[] = [];
  if (contains !== undefined) {
    const test = textTest(contains, at(site, 'contains'));
    tests.push({ part: 'text', holds: (_, received, values) => test(received, values) });
  }
  if (json !== undefined) {
    const test = valueTest(json, at(site, 'json'));
    tests.push({ part: 'JSON', holds: (_, received, values) => test(jsonOf(received), values) });
  }
  return tests;
}
