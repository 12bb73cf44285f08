/**
 * A line of CSV (RFC 4180): fields with commas, quotes or line ends are quoted. Lists become their elements with
 * commas between, objects JSON. Nothing and empty texts are both empty.
 */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvField).join(',')}\r\n`;
}

function csvField(cell: unknown): string {
  const text = typeof cell === 'string' ? harmless(cell) : textOf(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (Array.isArray(cell) && cell.every((element) => typeof element !== 'object')) {
    return harmless(cell.join(', '));
  }
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Spreadsheets run what begins like a formula; an apostrophe makes it a text for them. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
