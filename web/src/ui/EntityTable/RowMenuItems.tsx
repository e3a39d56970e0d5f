import { Menu } from '@mantine/core';
import { IconExternalLink, IconPencil, IconRestore, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import type { RecordRow } from '@/api/records';
import { isIn } from '@/api/state';
import type { MetaEntity } from '@/api/types';
import type { Owned } from '@/lib/permissions';
import type { useRecordActions } from './useRecordActions';

interface RowMenuItemsProps {
  entity: MetaEntity;
  row: RecordRow;
  bin: boolean;
  acts: Pick<ReturnType<typeof useRecordActions>, 'remove' | 'restore'>;
  onOpen: (row: RecordRow) => void;
  onEdit: (row: RecordRow) => void;
}

const icon = { size: 15, stroke: 1.7 };

/** What may be done with one row of a list. */
export function RowMenuItems({ entity, row, bin, acts, onOpen, onEdit }: RowMenuItemsProps) {
  const { t } = useTranslation();
  const may = useCan();
  const mayDelete = may(entity.name, 'delete', row as Owned);
  if (bin) {
    if (!mayDelete) return null;
    return (
      <Menu.Item leftSection={<IconRestore {...icon} />} onClick={() => void acts.restore(row)}>
        {t('records.restore')}
      </Menu.Item>
    );
  }
  return (
    <>
      <Menu.Item leftSection={<IconExternalLink {...icon} />} onClick={() => onOpen(row)}>
        {t('records.open')}
      </Menu.Item>
      {may(entity.name, 'update', row as Owned) && (
        <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => onEdit(row)}>
          {t('ui.edit')}
        </Menu.Item>
      )}
      {mayDelete && isIn(entity.deletableWhen, row) && (
        <Menu.Item
          color="red"
          leftSection={<IconTrash {...icon} />}
          onClick={() => void acts.remove(row)}
        >
          {t('ui.delete')}
        </Menu.Item>
      )}
    </>
  );
}
