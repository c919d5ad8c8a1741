import type { Markup } from './markup.ts';
import { INKS } from './style/inks.ts';
import { PAGE } from './style/page.ts';
import { PLOT } from './style/plot.ts';
import { VERDICT } from './style/verdict.ts';

/** The page's style sheet. It is ours alone, so nothing in it needs escaping. */
export const style: Markup = { markup: [INKS, PAGE, VERDICT, PLOT].join('\n') };
