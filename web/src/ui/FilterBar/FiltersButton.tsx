import { Button } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { useSmallScreen } from '@/lib/useSmallScreen';
import type { Counting } from './ApplyButton';
import { groupOf, leavesOf, type FilterNode, type Group } from './filter';
import styles from './FilterBar.module.css';
import { FilterEditor } from './FilterEditor';
import { FilterPopover } from './FilterPopover';

interface FiltersButtonProps {
  fields: MetaField[];
  value: FilterNode | undefined;
  counting: Counting;
  opened: boolean;
  onOpen: (opened: boolean) => void;
  onChange: (filter: FilterNode | undefined) => void;
}

/** All conditions at once, in groups; what was begun and left is found again. */
export function FiltersButton(props: FiltersButtonProps) {
  const { fields, value, counting, opened, onOpen, onChange } = props;
  const { t } = useTranslation();
  const small = useSmallScreen();
  const conditions = leavesOf(value).length;
  const base = JSON.stringify(value);
  // Begun on another filter it is stale: it would take back what chips have changed since.
  const [begun, setBegun] = useState<{ base: string | undefined; group: Group }>();
  const start = begun && begun.base === base ? begun.group : groupOf(value);
  const close = () => onOpen(false);
  return (
    <FilterPopover
      opened={opened}
      label={t('records.filter.advanced')}
      onEscape={close}
      onOutside={close}
      target={
        <Button
          variant="default"
          leftSection={<IconFilter size={15} stroke={1.8} />}
          aria-label={small ? t('records.filter.button') : undefined}
          className={styles.filters}
          onClick={() => onOpen(!opened)}
        >
          {!small && t('records.filter.button')}
          {conditions > 0 && <span className={styles.badge}>{conditions}</span>}
        </Button>
      }
    >
      <FilterEditor
        // Another filter is another beginning.
        key={base}
        fields={fields}
        start={start}
        counting={counting}
        onDraft={(group) => setBegun({ base, group })}
        onApply={(filter) => {
          setBegun(undefined);
          onChange(filter);
          close();
        }}
      />
    </FilterPopover>
  );
}
