import { bottleneck } from './html/bottleneck.ts';
import { attemptsChart } from './html/charts/attempts.ts';
import { indicatorCharts } from './html/charts/indicators.ts';
import { latencyChart } from './html/charts/latency.ts';
import { mechanismChart } from './html/charts/mechanism.ts';
import { mediaCharts } from './html/charts/media.ts';
import { peopleChart } from './html/charts/people.ts';
import { qualityChart } from './html/charts/quality.ts';
import { counts } from './html/counts.ts';
import { glossary } from './html/glossary.ts';
import { hatchings } from './html/hatchings.ts';
import { incident } from './html/incident.ts';
import { judgement } from './html/judgement.ts';
import { html, type Markup, nothing } from './html/markup.ts';
import { masthead } from './html/masthead.ts';
import { momentList } from './html/moment-list.ts';
import { type Page, pageOf } from './html/page.ts';
import { pictures } from './html/pictures.ts';
import { reproduce } from './html/reproduce.ts';
import { section } from './html/section.ts';
import { style } from './html/style.ts';
import { surge } from './html/surge.ts';
import { trust } from './html/trust.ts';
import { verdict } from './html/verdict.ts';
import type { Judged } from './judged.ts';
import { judgedClasses } from './series/people.ts';
import { DEMONSTRATION } from './vocabulary.ts';

/**
 * One run, or the two of a demonstration side by side, as one HTML file that needs nothing else: no network, no script.
 * Throws a RangeError for no runs at all.
 */
export function htmlReport(runs: readonly Judged[]): string {
  const [first] = runs;
  if (!first) throw new RangeError('a report needs at least one run');
  const page = pageOf(runs);
  const demonstration = runs.length > 1;
  const banner = demonstration && html`<p class="banner">${DEMONSTRATION}</p>`;
  const targets = runs.map(({ recording }) => recording.target.name).join(' and ');
  const body = html`
    <body class="${demonstration && 'many'}">
      ${banner}
      ${hatchings()}
      <main>${contents(page)}</main>
      ${banner}
    </body>`;
  const title = `${first.recording.plan.profile.name} on ${targets}`;
  return `<!doctype html>\n${html`<html lang="en">${head(title)}${body}</html>`.markup}\n`;
}

/** Nothing may be fetched and nothing run: the page says so itself. */
function head(title: string): Markup {
  return html`
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <meta name="color-scheme" content="light dark">
      <title>${title}: stormtest</title>
      <style>${style}</style>
    </head>`;
}

function contents(page: Page): Markup {
  const [first] = page.runs;
  const classes = first ? judgedClasses(first.recording) : [];
  const many = page.runs.length > 1;
  const people = classes.map((terms) => [
    peopleChart(page, terms),
    // A second of media is had or not; nobody waits for it, or tries it again.
    terms.name === 'media' ? nothing : [latencyChart(page, terms), attemptsChart(page, terms)],
  ]);
  const metrics = html`<h3>Its metrics <small>counters as rates per second</small></h3>${indicatorCharts(page)}`;
  return html`
    ${masthead(page)}
    <div class="runs verdicts">${page.runs.map((run) => verdict(run, many))}</div>
    ${incident(page)}
    ${section('people', 'What people got', [qualityChart(page), momentList(page), people, mediaCharts(page), pictures(page)])}
    ${section('target', 'What the target says of itself', [mechanismChart(page), bottleneck(page), surge(page), metrics])}
    ${judgement(page)}
    ${trust(page)}
    ${counts(page)}
    ${reproduce(page)}
    ${glossary()}`;
}
