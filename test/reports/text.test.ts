import { describe, expect, test } from 'vitest';
import { verdictText } from '../../reports/text.ts';
import { collapsedRun, judgedRun, opened, recordingOf, survivedRun } from '../support/report-fixtures.ts';
import { fixedScore } from '../support/report-scores.ts';

const recording = recordingOf([opened('reference:2020'), { kind: 'closed', at: 60_000, reason: 'completed' }]);
const plain = { color: false, width: 80 };

test('a verdict reads like this', () => {
  expect(
    verdictText(recording, fixedScore(), { ...plain, written: ['results/report.html', 'results/report.json'] }),
  ).toBe(
    `login-storm on reference:2020 · quick pace · seed 20200309 · 2026-03-09 08:00
UTC

✕ DIED   S = 12.3 of 100 (80 is needed to survive)

It came back only after the load was cut to 10 %.

Judged on
  absorb  ██░░░░░░░░    20 %  20 % was left in the storm (weight 0.3)
  recover ░░░░░░░░░░     0 %  not recovered (weight 0.25)
  durable ·········· no data  nothing was asked for (weight 0.15)

Gates
  ✕ Recovery           fired, METASTABLE: not itself 24 s after the storm
    client: 6 attempts each
    target: 588 of 612 waiting had left
  – Promises           not covered: the profile makes none
  ✓ Bystanders         held: all kept 90 %

How far to trust this
  Validity     valid: the generator kept its pace and the baseline was steady
  Coverage     92 %
               no capacity is declared for create
  Confidence   S from 11.2 to 13.9: measurement error only
  Mechanism    found: the queue is full of people who have left
  Bottleneck   612 logins waiting
  Agreement    login: the target counted 1,073 successes, its users 1,062; they
               agree

Beside the incident of 2020-03
  growth of the load
    documented  10x in 48 hours
    this run    10.0x

Next
  results/report.html
  results/report.json
`,
  );
});

describe('of a whole run', () => {
  const died = judgedRun(collapsedRun());
  const text = verdictText(died.recording, died.score, plain);

  test('word, score and reason come before everything else', () => {
    const head = text.split('\n').slice(0, 6).join('\n');
    expect(head).toContain('✕ DIED');
    expect(head).toMatch(/S = \d+\.\d of 100/);
    expect(text.indexOf(died.score.because.slice(0, 30))).toBeLessThan(text.indexOf('Judged on'));
  });

  test('the gate that fired stands first, with its kind and evidence from client and target', () => {
    const gates = text.slice(text.indexOf('\nGates'), text.indexOf('\nHow far'));
    expect(gates.split('\n')[2]).toMatch(/✕ Recovery .*METASTABLE/);
    expect(gates).toMatch(/client: .*attempts/);
    expect(gates).toMatch(/target: [\s\S]*have\s+left/);
  });

  test('what a survivor says is as whole', () => {
    const lived = judgedRun(survivedRun());
    const told = verdictText(lived.recording, lived.score, plain);
    expect(told).toContain('✓ SURVIVED');
    expect(told).not.toContain('✕');
  });

  test.each([40, 60, 80, 100])('no line is wider than %i columns', (width) => {
    for (const line of verdictText(died.recording, died.score, { color: false, width }).split('\n'))
      expect([...line].length).toBeLessThanOrEqual(width);
  });

  test('colour changes nothing but the colour', () => {
    const coloured = verdictText(died.recording, died.score, { ...plain, color: true });
    expect(text).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[1;31m✕ DIED\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is how terminal colours begin
    expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(text);
  });
});

test('an invalid run has no score, says why, and whether running again may help', () => {
  const score = fixedScore({
    verdict: 'invalid',
    because: 'The generator could not keep its pace.',
    value: undefined,
    confidence: undefined,
    partial: 'it was interrupted after 34 s',
    validity: [{ name: 'generator-saturated', says: '12 % of the seconds were late', environmental: true }],
  });
  const text = verdictText(recording, score, plain).replaceAll(/\s+/g, ' ');
  expect(text).toContain('∅ INVALID the run proves nothing, for or against the target');
  expect(text).not.toContain('S =');
  expect(text).toContain('Not whole: it was interrupted after 34 s');
  expect(text).toContain(
    'INVALID, generator-saturated: 12 % of the seconds were late (the machine is to blame: running again may help)',
  );
});

test('a disagreement between target and users is not overlooked', () => {
  const score = fixedScore({ agreement: [{ class: 'login', target: 5_000, client: 1_062, agrees: false }] });
  expect(verdictText(recording, score, plain)).toContain('DISAGREE');
});

test('names that would steer the terminal, hide or never end do no harm', () => {
  const name = `evil\u001b[2J\u001b]0;owned\u0007\u202ehidden\r${'long'.repeat(5_000)}`;
  const hostile = recordingOf([opened(name)]);
  const score = fixedScore({ because: name, gates: [], coverage: { value: 1, says: [name] } });
  const text = verdictText(hostile, score, plain);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
