import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import type { RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import type { Owned } from '@/lib/permissions';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { Banner } from './Banner';

interface BinBannerProps {
  entity: MetaEntity;
  record: RecordRow;
  /** "Este cliente está na lixeira" */
  text: string;
}

/** The record lies in the bin: nothing can be changed until it is brought back. */
export function BinBanner({ entity, record, text }: BinBannerProps) {
  const { t } = useTranslation();
  const may = useCan();
  const { restore } = useRecordActions(entity);
  const action = { label: t('records.restore'), run: () => void restore(record) };
  return (
    <Banner
      icon={IconTrash}
      text={text}
      action={may(entity.name, 'delete', record as Owned) ? action : undefined}
    />
  );
}
