import type { MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';

/** The question format of lists, segments and rules. */
export interface Leaf {
  field: string;
  op: string;
  value?: unknown;
}
export type FilterNode = Leaf | { and: FilterNode[] } | { or: FilterNode[] };
export interface Group {
  join: 'and' | 'or';
  items: FilterNode[];
}

const WITHOUT_VALUE = new Set(['empty', 'not_empty', 'today', 'this_week', 'this_month']);
const WITH_LIST = new Set(['any_of', 'none_of', 'has_any', 'has_all', 'has_none']);

/** What can be asked of a field; the server's declaration decides where it speaks. */
export function opsOf(field: MetaField): string[] {
  const usual = typeOf(field).ops;
  const allowed = field.ops ?? [];
  return allowed.length > 0 ? usual.filter((op) => allowed.includes(op)) : usual;
}

export const isFilterable = (field: MetaField) => field.filterable && !typeOf(field).hidden;
export const isLeaf = (node: FilterNode): node is Leaf => 'field' in node;
export const needsValue = (op: string) => !WITHOUT_VALUE.has(op);

export type ValueKind = 'none' | 'list' | 'pair' | 'days' | 'one';
export function valueKind(op: string): ValueKind {
  if (WITHOUT_VALUE.has(op)) return 'none';
  if (WITH_LIST.has(op)) return 'list';
  if (op === 'between') return 'pair';
  return op.endsWith('_days') ? 'days' : 'one';
}

export const groupOf = (node: FilterNode | undefined): Group => {
  if (!node) return { join: 'and', items: [] };
  if (isLeaf(node)) return { join: 'and', items: [node] };
  return 'and' in node ? { join: 'and', items: node.and } : { join: 'or', items: node.or };
};
export const nodeOf = ({ join, items }: Group): FilterNode =>
  join === 'and' ? { and: items } : { or: items };

/** A text that is no number or date (yet): kept as it is typed, and no condition. */
export const unreadableIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'unreadable' in value
    ? String(value.unreadable)
    : undefined;

const isFilled = (value: unknown): boolean =>
  unreadableIn(value) === undefined &&
  value !== undefined &&
  value !== null &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0);

export function isComplete(leaf: Leaf): boolean {
  if (!leaf.field || !leaf.op) return false;
  const kind = valueKind(leaf.op);
  if (kind === 'none') return true;
  if (kind === 'pair') {
    return Array.isArray(leaf.value) && leaf.value.length === 2 && leaf.value.every(isFilled);
  }
  return isFilled(leaf.value);
}

/** Without what is not finished, without groups that hold nothing or one thing. */
export function tidy(node: FilterNode | undefined): FilterNode | undefined {
  if (!node) return undefined;
  if (isLeaf(node)) {
    if (!isComplete(node)) return undefined;
    const { field, op, value } = node;
    return needsValue(op) ? { field, op, value } : { field, op };
  }
  const { join, items } = groupOf(node);
  const kept = items.map(tidy).filter((item) => item !== undefined);
  // A group of the same kind inside a group says nothing by itself.
  const flat = kept.flatMap((item) =>
    !isLeaf(item) && join in item ? groupOf(item).items : [item],
  );
  return flat.length > 1 ? nodeOf({ join, items: flat }) : flat[0];
}

/** Both must hold. */
export const both = (a: FilterNode | undefined, b: FilterNode | undefined) =>
  tidy({ and: [a, b].filter((node) => node !== undefined) });

export const leavesOf = (node: FilterNode | undefined): Leaf[] =>
  node === undefined ? [] : isLeaf(node) ? [node] : groupOf(node).items.flatMap(leavesOf);

/** A text stands in it that could not be read: without it, it would be another question. */
export const isUnreadable = (node: FilterNode): boolean =>
  leavesOf(node).some(({ value }) => [value].flat().some((one) => unreadableIn(one) !== undefined));

/** What a field starts with when it is picked. */
export function newLeaf(field: MetaField): Leaf {
  const op = opsOf(field)[0] ?? 'is';
  const { asks } = typeOf(field);
  return { field: field.key, op, ...(asks === undefined ? {} : { value: asks }) };
}

/** Another operator keeps the value when it still fits. */
export function withOp(leaf: Leaf, op: string): Leaf {
  const before = valueKind(leaf.op);
  const after = valueKind(op);
  if (after === 'none') return { field: leaf.field, op };
  if (before === after) return { ...leaf, op };
  if (after === 'list' && before === 'one' && isFilled(leaf.value)) {
    return { ...leaf, op, value: [leaf.value] };
  }
  if (after === 'one' && before === 'list' && Array.isArray(leaf.value)) {
    return { ...leaf, op, value: leaf.value[0] };
  }
  return { field: leaf.field, op };
}

/** Anything may stand in an address: only what looks like a filter is taken. */
export function readFilter(value: unknown, depth = 0): FilterNode | undefined {
  if (typeof value !== 'object' || value === null || depth > 5) return undefined;
  const node = value as Record<string, unknown>;
  if (typeof node.field === 'string' && typeof node.op === 'string') {
    return { field: node.field, op: node.op, value: node.value };
  }
  for (const join of ['and', 'or'] as const) {
    const items = node[join];
    if (Array.isArray(items)) {
      const kept = items
        .map((item) => readFilter(item, depth + 1))
        .filter((item) => item !== undefined);
      return nodeOf({ join, items: kept });
    }
  }
  return undefined;
}
