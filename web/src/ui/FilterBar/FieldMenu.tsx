import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import styles from './FilterBar.module.css';
import { newLeaf, type Leaf } from './filter';

interface FieldMenuProps {
  fields: MetaField[];
  children: ReactElement;
  onPick: (leaf: Leaf) => void;
}

/** Which field a new condition is about; letters jump to the name. */
export function FieldMenu({ fields, children, onPick }: FieldMenuProps) {
  const { t } = useTranslation();
  const own = fields.filter(({ custom }) => !custom);
  const custom = fields.filter((field) => field.custom);
  const entry = (field: MetaField) => (
    <Menu.Item key={field.key} onClick={() => onPick(newLeaf(field))}>
      {field.label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-start" returnFocus={false} menuItemTabIndex={0}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown mah={360} className={styles.fieldMenu}>
        {own.map(entry)}
        {custom.length > 0 && <Menu.Label>{t('records.section.custom')}</Menu.Label>}
        {custom.map(entry)}
      </Menu.Dropdown>
    </Menu>
  );
}
