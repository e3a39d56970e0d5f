import { describe, expect, it } from 'vitest';
import { chair, desk, items, part, record } from '@/testing/proposal';
import { initialValues, newRow } from '@/ui/RecordForm/formValues';
import { merge } from './merge';
import { filledIn, ROW, same, touched, type Row } from './values';

const opened = (...parts: object[]) => initialValues([items], { ...record, items: parts });
const rowsOf = (values: object) => (values as { items: Row[] }).items;
const edited = (values: object, change: (rows: Row[]) => Row[]) => ({
  items: change(rowsOf(values)),
});
const change = (at: number, cells: object) => (rows: Row[]) =>
  rows.map((row, index) => (index === at ? { ...row, ...cells } : row));
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('what is sent of parts', () => {
  const seen = opened(desk, chair);

  it('is nothing while nobody changed one, however often it was read anew', () => {
    expect(touched(opened(desk, chair), seen)).toEqual({});
    expect(touched(edited(seen, change(0, { description: ' Mesa ' })), seen)).toEqual({});
  });

  it('is all of them by their ids, and of each what was touched', () => {
    const values = edited(seen, change(1, { unitPrice: 60 }));

    expect(plain(touched(values, seen))).toEqual({
      items: [{ id: 'd' }, { id: 'c', unitPrice: 60 }],
    });
  });

  it('is their order, what is new with what is filled in, and none that was removed', () => {
    const lamp = newRow(items, { description: 'Lâmpada', unitPrice: 9 });
    const values = edited(seen, (rows) => [lamp, rows[1]!]);

    expect(plain(touched(values, seen))).toEqual({
      items: [{ description: 'Lâmpada', quantity: 1, unitPrice: 9 }, { id: 'c' }],
    });
    expect(
      plain(
        touched(
          edited(seen, () => []),
          seen,
        ),
      ),
    ).toEqual({ items: [] });
  });

  it('is no row in which nobody wrote', () => {
    const values = edited(seen, (rows) => [...rows, newRow(items)]);

    expect(same(values.items, seen.items)).toBe(true);
    expect(touched(values, seen)).toEqual({});
    expect(filledIn({ items: [newRow(items)] }, { items: [] })).toEqual({ items: [] });
  });

  it('says neither the key of a row nor what the server computed', () => {
    const values = edited(seen, change(0, { quantity: 3 }));

    expect(JSON.stringify(touched(values, seen))).not.toMatch(/new|total|product"/);
    expect(rowsOf(values)[0]![ROW]).toMatchObject({ key: 'd', read: desk });
  });
});

describe('parts that others change meanwhile', () => {
  const before = opened(desk, chair);
  const meet = (now: object, mine: object) => {
    const { values, meanwhile } = merge(before, now as never, mine as never);
    return { rows: plain(rowsOf(values)), contested: meanwhile[0]?.contested, values };
  };

  it('go together where each changed another line', () => {
    const now = opened({ ...desk, unitPrice: 90 }, chair);
    const mine = edited(before, change(1, { quantity: 7 }));

    const { rows, contested, values } = meet(now, mine);

    expect(contested).toBe(false);
    expect(rows).toMatchObject([
      { id: 'd', unitPrice: 90 },
      { id: 'c', quantity: 7 },
    ]);
    expect(plain(touched(values, now))).toEqual({ items: [{ id: 'd' }, { id: 'c', quantity: 7 }] });
  });

  it('are asked about where both changed the same cell', () => {
    const now = opened({ ...desk, unitPrice: 90 }, chair);

    expect(meet(now, edited(before, change(0, { unitPrice: 80 }))).contested).toBe(true);
    expect(meet(now, edited(before, change(0, { unitPrice: 90 }))).contested).toBe(false);
  });

  it('keep what either added, also the row that is only begun', () => {
    const shelf = part('s', 'Estante', 30);
    const begun = newRow(items);

    const { values, contested } = meet(
      opened(desk, shelf, chair),
      edited(before, (rows) => [...rows, begun]),
    );

    expect(rowsOf(values).map((row) => row[ROW].key)).toEqual(['d', 's', 'c', begun[ROW].key]);
    expect(contested).toBe(false);
  });

  it('go when either removed what nobody changed', () => {
    const { rows, contested } = meet(opened(chair), before);
    expect([rows, contested]).toMatchObject([[{ id: 'c' }], false]);

    const own = meet(
      opened(desk, { ...chair, quantity: 3 }),
      edited(before, ([, two]) => [two!]),
    );
    expect([own.rows, own.contested]).toMatchObject([[{ id: 'c', quantity: 3 }], false]);
  });

  it('are asked about when one removed what the other changed; kept, it is made anew', () => {
    const now = opened(chair);
    const { values, contested } = meet(now, edited(before, change(0, { quantity: 4 })));

    expect(contested).toBe(true);
    expect(plain(touched(values, now))).toEqual({
      items: [{ description: 'Mesa', quantity: 4, unitPrice: 100 }, { id: 'c' }],
    });
    const gone = meet(
      opened({ ...desk, quantity: 9 }, chair),
      edited(before, ([, two]) => [two!]),
    );
    expect(gone.contested).toBe(true);
  });

  it('stand in the order of whoever moved them', () => {
    const turned = (rows: Row[]) => rows.toReversed();

    expect(meet(opened(chair, desk), before).rows).toMatchObject([{ id: 'c' }, { id: 'd' }]);
    const mine = meet(opened({ ...desk, quantity: 9 }, chair), edited(before, turned));
    expect(mine.rows).toMatchObject([{ id: 'c' }, { id: 'd', quantity: 9 }]);
    expect(mine.contested).toBe(false);
  });
});
