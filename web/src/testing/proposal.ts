// A record with parts, as the server would declare it.
import type { MetaField } from '@/api/types';
import { entity, field } from './page';

const never = { sortable: false, filterable: false, inList: false, ops: [] };

export const items: MetaField = field('items', 'Itens', {
  ...never,
  type: 'parts',
  target: 'proposal_item',
  max: 5,
  fields: [
    field('productId', 'Produto', { type: 'link', target: 'product', linkedAs: 'product' }),
    field('description', 'Descrição', { required: true, max: 20 }),
    field('quantity', 'Quantidade', { type: 'number', default: 1, required: true, min: 0 }),
    field('unitPrice', 'Preço', { type: 'money', required: true }),
    field('total', 'Total do item', { type: 'money', readOnly: true }),
  ],
});

export const proposal = entity(
  'proposal',
  [
    field('title', 'Título', { inList: true }),
    items,
    field('total', 'Total', { type: 'money', readOnly: true, inList: true }),
  ],
  { titleField: 'title', counters: [] },
);

export const product = entity('product', [field('name', 'Nome')], { titleField: 'name' });

export const part = (id: string, description: string, unitPrice: number, more: object = {}) => ({
  ...{ id, productId: null, product: null, description, quantity: 1, unitPrice },
  ...{ total: unitPrice, ...more },
});

export const desk = part('d', 'Mesa', 100);
export const chair = part('c', 'Cadeira', 50, { quantity: 2, total: 100 });
export const record = { id: 'p', version: 3, title: 'Loja', items: [desk, chair], total: 200 };
