import { ROW, same, touched, type Row } from './values';

const keyOf = (row: Row) => row[ROW].key;
const byKey = (rows: Row[]) => new Map(rows.map((row) => [keyOf(row), row]));
const cellsOf = ({ id: _, ...cells }: Row) => cells;
const sameCells = (a: Row, b: Row) => Object.keys(touched(cellsOf(a), cellsOf(b))).length === 0;

/** A row that both still have: each cell as whoever changed it says. */
function meetCells(before: Row, now: Row, mine: Row): { row: Row; contested: boolean } {
  const own = Object.keys(now).filter((key) => !same(mine[key], before[key]));
  const contested = own.some((key) => !same(now[key], before[key]) && !same(now[key], mine[key]));
  const kept = Object.fromEntries(own.map((key) => [key, mine[key]]));
  return { row: { ...now, ...kept }, contested };
}

/** Of whom the others made none any more: sent, it is a new one. */
function asNew(row: Row): Row {
  return { ...cellsOf(row), [ROW]: { key: keyOf(row), began: {} } };
}

/** The keys of `first` in their order, and of `then` behind what stood before them there. */
function woven(first: string[], then: string[]): string[] {
  const order = [...first];
  then.forEach((key, at) => {
    if (order.includes(key)) return;
    const before = then.slice(0, at).findLast((one) => order.includes(one));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}

/** Rows that somebody edits, where others went on from `before` to `now`. */
export function mergeRows(before: Row[], now: Row[], mine: Row[]) {
  const [were, are, own] = [byKey(before), byKey(now), byKey(mine)];
  const rows = new Map<string, Row>();
  let contested = false;
  for (const [key, row] of are) {
    const [was, my] = [were.get(key), own.get(key)];
    if (was && my) {
      const met = meetCells(was, row, my);
      contested ||= met.contested;
      rows.set(key, met.row);
    } else if (was) {
      // Removed here: what the others wrote into it meanwhile is not theirs alone to lose.
      contested ||= !sameCells(was, row);
    } else rows.set(key, row);
  }
  for (const [key, row] of own) {
    if (are.has(key)) continue;
    const was = were.get(key);
    const changed = was !== undefined && !sameCells(row, was);
    contested ||= changed;
    if (!was) rows.set(key, row);
    else if (changed) rows.set(key, asNew(row));
  }
  const common = (list: Row[]) =>
    list.map(keyOf).filter((key) => were.has(key) && are.has(key) && own.has(key));
  const [old, theirs, ours] = [common(before), common(now), common(mine)];
  const moved = !same(ours, old);
  contested ||= moved && !same(theirs, old) && !same(theirs, ours);
  const [first, then] = moved ? [mine, now] : [now, mine];
  const order = woven(first.map(keyOf), then.map(keyOf));
  return { rows: order.flatMap((key) => rows.get(key) ?? []), contested };
}
