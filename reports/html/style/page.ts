/** The page: one calm column, wide tables scroll by themselves. */
export const PAGE = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main { max-width: 1020px; margin: 0 auto; padding: 40px 32px 80px; }
.many main { max-width: 1400px; }
header { display: flex; flex-wrap: wrap; gap: 0 24px; align-items: baseline; justify-content: space-between; margin-bottom: 20px; }
h1 { font-size: 18px; font-weight: 650; margin: 0; }
h1 span { font-weight: 400; color: var(--soft); }
header p { margin: 0; color: var(--soft); font-size: 14px; }
main > section { margin-top: 72px; }
h2 { font-size: 26px; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 8px; }
h2 + .chart > h3, h2 + .runs h3 { margin-top: 20px; }
h3 { font-size: 16px; font-weight: 650; margin: 40px 0 2px; }
h3 small { font-weight: 400; font-size: 14px; color: var(--soft); margin-left: 6px; }
h3.of { margin: 0 0 8px; }
.lead { margin: 0 0 16px; color: var(--soft); max-width: 46em; }
.runs { display: grid; grid-template-columns: minmax(0, 1fr); gap: 32px 48px; }
@media (min-width: 980px) {
  .many .runs { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .many .chart .runs { row-gap: 0; }
  .many figure { display: grid; grid-row: span 3; grid-template-rows: subgrid; }
}
.banner { margin: 0; padding: 10px 16px; text-align: center; font-weight: 650; letter-spacing: 0.02em; background: var(--ink); color: var(--paper); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; width: 100%; }
th, td { padding: 7px 14px 7px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
th { font-weight: 600; }
thead th { color: var(--soft); font-weight: 500; }
caption { text-align: left; font-weight: 650; padding: 16px 0 4px; }
.figures th[scope=row] { font-weight: 400; color: var(--soft); }
.figures { max-width: 820px; }
.many .figures { max-width: none; }
.judged { margin-top: 24px; }
.judged small { display: block; font-weight: 400; color: var(--soft); }
.judged td:last-child { width: 60%; }
.counts { font-size: 13px; }
.counts th, .counts td { padding-right: 10px; padding-top: 4px; padding-bottom: 4px; }
.counts tbody + tbody th[rowspan] { font-weight: 600; }
.counts, table.numbers { white-space: nowrap; }
.counts td, .counts thead th:nth-child(n+4) { text-align: right; }
.counts td:last-child { padding-right: 0; }
.counts th[scope=row] { font-weight: 400; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 10px 24px; margin: 0; font-size: 15px; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.facts ul { margin: 0; padding-left: 18px; }
.glossary { columns: 2; column-gap: 48px; margin: 16px 0 0; font-size: 14px; }
.glossary div { break-inside: avoid; margin-bottom: 14px; }
.glossary dt { font-weight: 650; }
.glossary dd { margin: 0; color: var(--soft); }
pre { margin: 12px 0; padding: 14px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; font-size: 14px; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.92em; }
.gates { list-style: none; margin: 0; padding: 0; }
.gate { padding: 10px 0 10px 34px; border-bottom: 1px solid var(--line); position: relative; font-size: 15px; }
.gate p { margin: 0; }
.gate > .mark, .gate p > .mark { position: absolute; left: 4px; top: 10px; color: var(--t); font-weight: 700; }
.gate .state { color: var(--t); font-weight: 600; margin-left: 6px; }
.gate p + p { color: var(--soft); }
.gate.bad { background: var(--w); border-radius: 6px; border-bottom: 0; padding: 14px 18px 14px 40px; margin-bottom: 8px; }
.gate.bad > p > .mark { left: 14px; top: 14px; }
.gate.bad p + p { color: var(--ink); }
.evidence { list-style: none; margin: 8px 0 0; padding: 0; font-size: 14px; }
.evidence li { padding: 3px 0 3px 84px; position: relative; }
.evidence .from { position: absolute; left: 0; color: var(--soft); }
.numbers { margin-top: 4px; font-size: 13px; }
.numbers summary { cursor: pointer; color: var(--soft); width: max-content; }
.numbers summary small { font-size: 12px; color: var(--faint); }
table.numbers { width: auto; margin-top: 8px; font-size: 13px; }
.numbers td, .numbers thead th { text-align: right; padding: 3px 20px 3px 0; }
.piled { margin: 6px 0 0; padding-left: 18px; font-size: 15px; }
.moments ol { list-style: none; margin: 8px 0 0; padding: 0; font-size: 14px; color: var(--soft); }
.moments li { padding-left: 1.8em; text-indent: -1.8em; }
.moments b { display: inline-block; width: 1.8em; text-indent: 0; color: var(--ink); }
.picture { margin: 12px 0 20px; }
.picture img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
.picture figcaption { font-size: 14px; color: var(--soft); margin-top: 4px; }
.hatchings { position: absolute; }
@media (max-width: 620px) {
  main { padding: 24px 16px 56px; }
  main > section { margin-top: 52px; }
  .glossary { columns: 1; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .facts dd { margin-bottom: 12px; }
  .evidence li { padding-left: 0; }
  .evidence .from { position: static; font-weight: 600; }
  h3 small { display: block; margin-left: 0; }
}
@media print {
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  section.chart, .gate, figure, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .numbers { display: none; }
  main > section { margin-top: 32px; }
}`;
