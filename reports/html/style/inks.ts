/**
 * Colours by what they mean. Blue, orange and vermilion stay apart for every kind of colour blindness and in grey; what
 * else must be told apart differs by stroke or hatching. Paper is always light.
 */
const LIGHT = `
  --paper: #fbfbfa; --card: #ffffff; --ink: #1d2329; --soft: #5a6570; --faint: #6b7580; --line: #e3e6e9;
  --good: #1f6fb5; --shed: #a56300; --failed: #c8431f; --aside: #0b7f6c; --second: #7a4fa8; --third: #66727e;
  --good-part: #4a90cf; --shed-part: #f0b95a; --failed-part: #dd7a5a; --third-part: #c3cad1;
  --hatch-shed: #a86800; --hatch-failed: #8f2c10; --hatch-third: #7b8794;
  --storm: #fdf0e4; --probe: #f4f4f1; --held: #ebebe7; --other: #f7f7f5;
  --tone-good: #1565a8; --tone-good-wash: #eaf3fb; --tone-warn: #8f5b00; --tone-warn-wash: #fdf4e3;
  --tone-bad: #b23415; --tone-bad-wash: #fdeee9; --tone-open: #4d5863; --tone-open-wash: #eff1f3;`;

const DARK = `
  --paper: #14181c; --card: #1a1f24; --ink: #e8ecef; --soft: #a3aeb8; --faint: #8f9aa5; --line: #2b333a;
  --good: #6cb2ee; --shed: #f2b04a; --failed: #f4815f; --aside: #4fc7ae; --second: #c09be6; --third: #8d99a5;
  --good-part: #3b82c0; --shed-part: #b67a1c; --failed-part: #b8502f; --third-part: #4a555f;
  --hatch-shed: #ffd791; --hatch-failed: #ffc2ad; --hatch-third: #9aa6b1;
  --storm: #2a211a; --probe: #1c2023; --held: #24282b; --other: #181d21;
  --tone-good: #7dbcf2; --tone-good-wash: #16232f; --tone-warn: #f2b95f; --tone-warn-wash: #282215;
  --tone-bad: #ff9273; --tone-bad-wash: #2c1b17; --tone-open: #b3bec8; --tone-open-wash: #222a31;`;

export const INKS = `
:root { color-scheme: light dark;${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root {${DARK} } }
@media print { :root { color-scheme: light; --paper: #ffffff; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
.offered { --c: var(--ink); --p: var(--ink); }
.good { --c: var(--good); --p: var(--good-part); }
.shed { --c: var(--shed); --p: var(--shed-part); }
.failed { --c: var(--failed); --p: var(--failed-part); }
.aside { --c: var(--aside); --p: var(--aside); }
.second { --c: var(--second); --p: var(--second); }
.third { --c: var(--third); --p: var(--third-part); }
.verdict.good, .gate.good { --t: var(--tone-good); --w: var(--tone-good-wash); }
.verdict.warn, .gate.warn { --t: var(--tone-warn); --w: var(--tone-warn-wash); }
.verdict.bad, .gate.bad { --t: var(--tone-bad); --w: var(--tone-bad-wash); }
.verdict.open, .gate.open { --t: var(--tone-open); --w: var(--tone-open-wash); }
#hatch-shed line { stroke: var(--hatch-shed); stroke-width: 1.6; }
#hatch-failed circle { fill: var(--hatch-failed); }
#hatch-third line { stroke: var(--hatch-third); stroke-width: 1; }`;
