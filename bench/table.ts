/** Rows of texts under a heading for each column; the first column is the name of the row. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Writes a table as Markdown that also reads well as plain text: cells are padded, figures stand to the right. */
export function tableLines({ title, columns, rows }: Table): string[] {
  const head = [title, ...columns];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => [...(row[column] ?? '')].length)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => padded(cells[column] ?? '', width, column > 0)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${column > 0 ? ':' : '-'}`).join('|')}|`;
  return [line(head), rule, ...rows.map(line)];
}

function padded(text: string, width: number, right: boolean): string {
  const fill = ' '.repeat(width - [...text].length);
  return right ? fill + text : text + fill;
}
