import type { MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';
import { toInput } from '@/ui/RecordForm/formValues';

const CELL = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy;

/** The cells that a spreadsheet put on the clipboard: tabs and lines, quotes around either. */
export function cellsOf(clipboard: string): string[][] {
  const text = clipboard.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(CELL)) {
    lines.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === '\n') lines.push([]);
    else if (end === '') break;
  }
  return lines;
}

/** What such a cell means for a field; a name of a record must be asked for. */
export async function readCell(field: MetaField, cell: string): Promise<unknown> {
  const text = cell.trim();
  const { read, points, several } = typeOf(field);
  if (text === '' || points) return toInput(field, null);
  if (several) return text.split(/[;,]/).flatMap((name) => name.trim() || []);
  return read ? read(text, field) : toInput(field, text);
}
