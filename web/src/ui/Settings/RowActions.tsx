import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconBtn } from '@/ui/IconBtn';

interface RowActionsProps {
  /** Of the row, for those who hear the button. */
  name: string;
  onEdit?: false | (() => void);
  onDelete?: false | (() => void);
}

/** What may be done with one row of a list: what is false is not offered. */
export function RowActions({ name, onEdit, onDelete }: RowActionsProps) {
  const { t } = useTranslation();
  return (
    <>
      {onEdit && (
        <IconBtn label={t('settings.editOf', { name })} onClick={onEdit}>
          <IconPencil size={16} stroke={1.7} />
        </IconBtn>
      )}
      {onDelete && (
        <IconBtn label={t('settings.deleteOf', { name })} onClick={onDelete}>
          <IconTrash size={16} stroke={1.7} />
        </IconBtn>
      )}
    </>
  );
}
