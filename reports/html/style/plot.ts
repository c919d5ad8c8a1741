/** Plots: quiet axes, phases as shades, names beside their lines where there is room. */
export const PLOT = `
figure { margin: 0; }
figcaption { margin: 4px 0 10px; max-width: 46em; }
.plot { container-type: inline-size; }
.canvas { padding: 54px 96px 28px 52px; }
.canvas svg { display: block; overflow: visible; }
.canvas text { font-size: 12px; fill: var(--soft); }
.data .line { fill: none; stroke: var(--c); stroke-width: 1.8; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
.line.dashed { stroke-dasharray: 6 4; }
.line.dotted { stroke-dasharray: 1.5 4; }
.line.long { stroke-dasharray: 12 4 2 4; }
.data .shade { fill: var(--c); opacity: 0.1; }
.data .shade.above { fill: var(--failed); }
.data .band { fill: var(--c); opacity: 0.18; }
.part { fill: var(--p); }
.phase { fill: none; }
.phase.storm { fill: var(--storm); }
.phase.warm-up, .phase.verification { fill: var(--other); }
.phase.probe { fill: var(--probe); }
.phase.probe.hold { fill: var(--held); }
.phase-edge { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 1 3; }
.canvas .phase-name { text-anchor: middle; fill: var(--ink); font-weight: 500; }
.canvas .level-name { text-anchor: middle; font-size: 11px; }
.grid { stroke: var(--line); stroke-width: 1; }
.canvas .level { text-anchor: end; }
.canvas .time { text-anchor: middle; }
.canvas .end { fill: var(--c); font-weight: 600; }
.limit { --c: var(--ink); }
.canvas .end.limit { font-weight: 400; }
.rule { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3; }
.canvas .rule-name { text-anchor: end; }
.canvas .on { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.moment { stroke: var(--ink); stroke-width: 1; }
.moment-dot { fill: var(--ink); }
.canvas .moment-name { fill: var(--paper); text-anchor: middle; font-size: 11px; font-weight: 700; }
.ask rect { fill: transparent; }
.ask text { display: none; text-anchor: end; fill: var(--ink); }
.ask:hover rect { fill: var(--ink); opacity: 0.12; }
.ask:hover text { display: inline; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0; padding: 0; font-size: 13px; color: var(--soft); }
.key li { display: flex; align-items: center; gap: 6px; }
.key svg { flex: none; }
.key .line { stroke: var(--c); stroke-width: 2; stroke-linecap: round; }
.cramped, .nowhere { display: none; }
.note { margin: 2px 0 0; font-size: 13px; color: var(--soft); }
.small .canvas { padding: 8px 12px 28px 60px; }
.small h3 { margin: 0; font-size: 14px; }
.small h3 small { display: block; margin: 0; font-size: 13px; }
.small figcaption { font-size: 13px; color: var(--soft); margin: 0; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); gap: 32px 40px; margin-top: 16px; }
.unmoved { margin-top: 16px; color: var(--soft); }
.many .multiples { grid-template-columns: minmax(0, 1fr); }
.small .runs { gap: 12px 48px; }
@container (max-width: 520px) {
  .canvas { padding: 42px 12px 28px 46px; }
  .small .canvas { padding: 8px 12px 28px 60px; }
  .end, .roomy, .ask { display: none; }
  .cramped { display: inline; }
  .key.cramped { display: flex; }
}
@container (max-width: 859px) { .ample { display: none; } }
@media print { .ask { display: none; } }`;
