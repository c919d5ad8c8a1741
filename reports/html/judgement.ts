import type { Component, Evidence, Gate } from '../../core/score.ts';
import { percent, sentence } from '../format.ts';
import { COMPONENTS, GATE_STATES, GATES } from '../vocabulary.ts';
import { html, type Markup } from './markup.ts';
import type { Page } from './page.ts';
import { ofEachRun, section } from './section.ts';
import { row, table } from './table.ts';

const ORDER: readonly Gate['status'][] = ['fired', 'not covered', 'held'];

/** Gates with their evidence, and components with what was measured. */
export function judgement(page: Page): Markup {
  return section(
    'judgement',
    'Gates and components',
    html`
      <p class="lead">
        A gate that fires means that something broke which must not break, whatever the score. The components are weighed
        into S, multiplied, so that none buys back another.
      </p>
      ${ofEachRun(page, ({ score }) => [gateList(score.gates), componentTable(score.components)])}`,
  );
}

function gateList(gates: readonly Gate[]): Markup {
  const sorted = gates.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  return html`<ul class="gates">${sorted.map(gateOf)}</ul>`;
}

function gateOf({ name, status, kind, says, evidence }: Gate): Markup {
  const { mark, tone, word } = GATE_STATES[status];
  return html`
    <li class="gate ${tone}">
      <p>
        <span class="mark" aria-hidden="true">${mark}</span>
        <b>${GATES[name]}</b> <span class="state">${word}${kind !== undefined && `: ${kind}`}</span>
      </p>
      <p>${sentence(says)}</p>
      ${status === 'fired' && html`<ul class="evidence">${evidence.map(evidenceOf)}</ul>`}
    </li>`;
}

function evidenceOf({ from, says }: Evidence): Markup {
  return html`<li><span class="from">${from}</span> ${says}</li>`;
}

function componentTable(components: readonly Component[]): Markup {
  const rows = components.map(({ name, weight, value, says }) =>
    row(html`${name}<small>${COMPONENTS[name]}</small>`, [
      value === undefined ? 'no data' : percent(value),
      weight,
      sentence(says),
    ]),
  );
  return table({ style: 'judged', heads: ['component', 'value', 'weight', 'measured'], bodies: [rows] });
}
