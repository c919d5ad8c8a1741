import { type Content, html, type Markup } from './markup.ts';

/** A table that scrolls by itself when the page is too narrow for it. */
export interface Table {
  /** Its class, for the style sheet. */
  readonly style: string;
  readonly caption?: string | undefined;
  readonly heads: readonly Content[];
  /** Bodies of finished rows; most tables have one. */
  readonly bodies: readonly (readonly Markup[])[];
}

export function table({ style, caption, heads, bodies }: Table): Markup {
  return html`
    <div class="scroll">
      <table class="${style}">
        ${caption !== undefined && html`<caption>${caption}</caption>`}
        <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
        ${bodies.map((rows) => html`<tbody>${rows}</tbody>`)}
      </table>
    </div>`;
}

/** A row with its name in front. */
export function row(name: Content, cells: readonly Content[]): Markup {
  return html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}
