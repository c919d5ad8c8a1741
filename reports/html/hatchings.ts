import { html, type Markup } from './markup.ts';

/** Hatchings that tell filled shapes apart without colour; drawn once, used by every plot. */
export function hatchings(): Markup {
  return html`
    <svg class="hatchings" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="hatch-good" width="8" height="8" patternUnits="userSpaceOnUse"/>
        <pattern id="hatch-shed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="6"/>
        </pattern>
        <pattern id="hatch-failed" width="5" height="5" patternUnits="userSpaceOnUse">
          <circle cx="1.5" cy="1.5" r="0.9"/>
        </pattern>
        <pattern id="hatch-third" width="6" height="6" patternUnits="userSpaceOnUse">
          <line x1="0" x2="6" y1="1" y2="1"/>
        </pattern>
      </defs>
    </svg>`;
}
