/** The verdict: a word that can be read across a room, and what stands behind it. */
export const VERDICT = `
.verdict { background: var(--w); border-radius: 10px; padding: 28px 32px 24px; }
.verdict .target { margin: 0 0 4px; font-weight: 600; color: var(--soft); }
.verdict .head { display: flex; flex-wrap: wrap; gap: 0 32px; align-items: baseline; justify-content: space-between; }
.verdict h2 { font-size: 56px; line-height: 1.1; font-weight: 750; letter-spacing: -0.025em; color: var(--t); margin: 0; overflow-wrap: normal; }
.verdict .mark { font-size: 0.72em; margin-right: 0.3em; font-weight: 700; vertical-align: 0.04em; }
.number { margin: 0; font-size: 40px; font-weight: 650; letter-spacing: -0.02em; white-space: nowrap; }
.number span { font-weight: 400; color: var(--soft); font-size: 0.6em; margin-right: 4px; }
.number small { font-weight: 400; font-size: 15px; letter-spacing: 0; color: var(--soft); }
.number.none { font-size: 22px; font-weight: 400; color: var(--soft); }
.scale { display: block; margin: 14px 0 6px; overflow: visible; }
.verdict .whole { fill: var(--ink); opacity: 0.1; }
.scale .reached { fill: var(--t); }
.components .reached { fill: var(--ink); opacity: 0.75; }
.scale .needed { stroke: var(--ink); stroke-width: 1.5; }
.scale .interval { stroke: var(--ink); stroke-width: 2.5; stroke-linecap: round; }
.scale text { fill: var(--soft); font-size: 12px; text-anchor: middle; }
.because { font-size: 20px; line-height: 1.45; margin: 12px 0 0; max-width: 40em; }
.means, .partial { margin: 10px 0 0; color: var(--soft); }
.components { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 16px 24px; margin: 26px 0 0; }
.components dt { font-weight: 600; font-size: 14px; }
.components dd { margin: 0; font-size: 14px; }
.components svg { display: block; margin: 4px 0; }
.components span { display: block; color: var(--soft); font-size: 13px; line-height: 1.35; }
.many .verdict h2 { font-size: 44px; }
.many .number { font-size: 32px; }
@media (max-width: 620px) {
  .verdict { padding: 20px 20px 18px; border-radius: 8px; }
  .verdict h2, .many .verdict h2 { font-size: 40px; }
  .number, .many .number { font-size: 30px; }
  .because { font-size: 18px; }
  .components { grid-template-columns: 1fr 1fr; }
}`;
