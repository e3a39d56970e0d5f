import { Button } from '@mantine/core';
import { IconSearchOff, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';

interface NothingFoundProps {
  entity: MetaEntity;
  narrowed: boolean;
  bin: boolean;
  empty: ReactNode;
  onClear: () => void;
}

/** Never had data, found nothing, or an empty bin: three different things. */
export function NothingFound({ entity, narrowed, bin, empty, onClear }: NothingFoundProps) {
  const { t } = useTranslation();
  if (narrowed) {
    return (
      <EmptyState
        icon={<IconSearchOff size={24} stroke={1.7} />}
        title={t('records.nothing.title', { things: entity.labelPlural })}
        action={
          <Button variant="default" onClick={onClear}>
            {t('records.filter.clear')}
          </Button>
        }
      >
        {t('records.nothing.text')}
      </EmptyState>
    );
  }
  if (!bin) return empty;
  return (
    <EmptyState icon={<IconTrash size={24} stroke={1.7} />} title={t('records.bin.empty')}>
      {t('records.bin.emptyText')}
    </EmptyState>
  );
}
