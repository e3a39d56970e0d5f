import { useTranslation } from 'react-i18next';
import { pointersIn, useTitles } from '@/ui/useTitles';
import type { MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';
import { groupOf, isLeaf, valueKind, type FilterNode, type Leaf } from './filter';

const leavesOf = (node: FilterNode): Leaf[] =>
  isLeaf(node) ? [node] : groupOf(node).items.flatMap(leavesOf);

/** A filter in words, for its chip; `shown` are those that are put so. */
export function useFilterText(fields: MetaField[], shown: FilterNode[]) {
  const { t } = useTranslation();
  const titles = useTitles(
    shown.flatMap(leavesOf).flatMap(({ field, value }) => {
      const of = fields.find(({ key }) => key === field);
      return of ? pointersIn(of, Array.isArray(value) ? value.slice(0, 2) : [value]) : [];
    }),
  );

  const one = (field: MetaField, value: unknown): string => {
    if (value === 'me') return t('records.filter.me');
    const option = field.options?.find((item) => item.value === value);
    if (option) return option.label;
    return (
      typeOf(field).text?.(value, { t, titleOf: (id) => titles(field.target ?? '', id) }) ??
      String(value)
    );
  };
  const valueText = (field: MetaField, { op, value }: Leaf): string => {
    const kind = valueKind(op);
    if (kind === 'none') return '';
    if (kind === 'days') return t('records.filter.days', { count: Number(value) });
    const values = Array.isArray(value) ? value : [value];
    const words = values.slice(0, 2).map((item) => one(field, item));
    const joint = kind === 'pair' ? t('records.filter.and') : ', ';
    const more = values.length > 2 ? ` +${values.length - 2}` : '';
    return words.join(joint) + more;
  };
  const leafText = (leaf: Leaf) => {
    const field = fields.find(({ key }) => key === leaf.field);
    if (!field) return { label: leaf.field, op: t(`records.op.${leaf.op}`), value: '' };
    return { label: field.label, op: t(`records.op.${leaf.op}`), value: valueText(field, leaf) };
  };
  const text = (node: FilterNode): string => {
    if (isLeaf(node)) {
      const { label, op, value } = leafText(node);
      return [label, op, value].filter(Boolean).join(' ');
    }
    const { join, items } = groupOf(node);
    return items.map(text).join(` ${t(`records.filter.join.${join}`)} `);
  };
  return { leafText, text };
}
