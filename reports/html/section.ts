import { type Content, html, type Markup } from './markup.ts';
import type { Page, Shown } from './page.ts';

/** A part of the page under its heading; `id` is unique in the page. */
export function section(id: string, title: string, content: Content): Markup {
  return html`
    <section aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      ${content}
    </section>`;
}

/** The same of every run, side by side where there is room; named when there is more than one. */
export function ofEachRun({ runs }: Page, content: (run: Shown) => Content): Markup {
  const named = (run: Shown) => runs.length > 1 && html`<h3 class="of">${run.recording.target.name}</h3>`;
  return html`<div class="runs">${runs.map((run) => html`<div>${named(run)}${content(run)}</div>`)}</div>`;
}

/** Terms and what is to be said of them; those without anything are left out. */
export function facts(list: readonly (readonly [string, Content])[]): Markup {
  const told = list.filter(([, fact]) => fact !== undefined);
  return html`<dl class="facts">${told.map(([name, fact]) => html`<dt>${name}</dt><dd>${fact}</dd>`)}</dl>`;
}

/** Sentences below each other. */
export function list(items: readonly Content[], style?: string): Markup {
  return html`<ul class="${style}">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
