import type { MetaEntity } from '@/api/types';
import { Attachments } from '@/ui/files/Attachments';

/** The files of a customer. */
export const DocumentsTab = ({ entity, id }: { entity: MetaEntity; id: string }) => (
  <Attachments entity={entity} to={{ field: 'contactId', id }} />
);
