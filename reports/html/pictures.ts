import type { Picture } from '../../core/event.ts';
import { type Content, html, type Markup, nothing } from './markup.ts';
import type { Page } from './page.ts';
import { ofEachRun } from './section.ts';

/** What browsers showed: at the height of the storm, and when something failed; nothing where there were none. */
export function pictures(page: Page): Markup {
  if (page.runs.every(({ recording }) => !recording.pictures)) return nothing;
  return html`
    <h3>What a browser showed <small>as somebody in front of it saw it</small></h3>
    ${ofEachRun(page, ({ recording }) => (recording.pictures ?? []).map(shown))}`;
}

function shown({ at, why, says, jpeg }: Picture): Content {
  const caption = `${Math.round(at / 1_000)} s, ${why === 'storm' ? 'at the height of the storm' : 'when it failed'}: ${says}`;
  return html`
    <figure class="picture">
      <img src="data:image/jpeg;base64,${jpeg}" alt="${caption}" width="960" height="600">
      <figcaption>${caption}</figcaption>
    </figure>`;
}
