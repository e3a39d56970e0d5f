import { recordList } from '@/api/records';
import type { MetaEntity } from '@/api/types';

/** What files are attached to: the field that says so, and the record. */
export interface Attached {
  field: string;
  id: string;
}

export const attachmentsOf = (entity: MetaEntity, { field, id }: Attached) =>
  recordList(entity, {
    ...{ short: { [field]: id }, limit: 100 },
    ...{ sortBy: 'createdAt', sortOrder: 'desc' as const },
  });
