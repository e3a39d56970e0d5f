import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import type { Import } from '@/api/types';
import { addressOf } from '@/lib/addresses';
import { num } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { namesOf } from '@/ui/EntityPage/words';
import { importKeptQuery } from './queries';
import styles from './Import.module.css';

interface KeptListProps {
  row: Import;
  onAlso: () => Promise<unknown>;
}

/** An undo that stopped where somebody had worked since: which records, why, and the rest. */
export function KeptList({ row, onAlso }: KeptListProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const entity = useMetaEntity(row.entity);
  const { data } = useQuery(importKeptQuery(row));
  return (
    <div className={styles.errors}>
      <div className={styles.reportHead}>
        <h3 className={styles.subtitle}>{t('imports.report.keptTitle')}</h3>
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {t('imports.report.also')}
        </Button>
      </div>
      <ul className={styles.groups} aria-label={t('imports.report.keptTitle')}>
        {data?.data.map(({ id, title, message }) => (
          <li key={id}>
            {title && <Link to={addressOf(row.entity, id)}>{title}</Link>}
            <span className={styles.quiet}>{message}</span>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={asking}
        title={t('imports.report.undoTitle')}
        text={t('imports.report.alsoText', { kept: num(row.kept), ...namesOf(entity) })}
        action={t('imports.report.also')}
        onConfirm={onAlso}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
