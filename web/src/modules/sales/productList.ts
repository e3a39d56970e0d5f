import type { ListParts } from '@/ui/screens';

/** What the list of products has beyond their declared fields. */
export const productList: ListParts = {
  firstColumns: ['code', 'unitPrice', 'isActive'],
  cardFields: ['code', 'unitPrice', 'isActive'],
};
