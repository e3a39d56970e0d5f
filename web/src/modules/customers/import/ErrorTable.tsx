import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import { fieldsOf } from '@/api/records';
import type { Import } from '@/api/types';
import { num } from '@/lib/format';
import { saveFile } from '@/lib/saveFile';
import { toast } from '@/ui/toast';
import { importErrorsFile, importErrorsQuery } from '../queries';
import styles from './Import.module.css';

/** The rows that could not be taken, and why; the file brings them back to the spreadsheet. */
export function ErrorTable({ row }: { row: Import }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const entity = useMetaEntity('contact');
  const { data } = useQuery({ ...importErrorsQuery(row.id, page), enabled: row.failed > 0 });
  if (row.failed === 0 || !entity) return null;
  const fields = fieldsOf(entity);
  const label = (key: string) => fields.find((field) => field.key === key)?.label;
  const reason = (field: string, message: string) =>
    label(field) ? `${label(field)}: ${message}` : message;
  const refused = data?.data.filter(({ taken }) => !taken);
  const pages = data?.pagination.totalPages ?? 1;
  const download = () =>
    importErrorsFile(row.id)
      .then((blob) => saveFile(blob, t('imports.errors.fileName', { fileName: row.fileName })))
      .catch((error) => toast.fail(error));
  return (
    <div className={styles.errors}>
      <div className={styles.reportHead}>
        <h3 className={styles.subtitle}>
          {t('imports.errors.count', { count: row.failed, number: num(row.failed) })}
        </h3>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.8} />}
          onClick={() => void download()}
        >
          {t('imports.errors.download')}
        </Button>
      </div>
      <div
        className={styles.card}
        tabIndex={0}
        role="region"
        aria-label={t('imports.errors.title')}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('imports.errors.line')}</th>
              <th scope="col">{t('imports.errors.reason')}</th>
              <th scope="col">{t('imports.errors.content')}</th>
            </tr>
          </thead>
          <tbody>
            {refused?.map((one) => (
              <tr key={one.row}>
                <td className="num">{num(one.line)}</td>
                <td className={styles.reasons}>
                  {one.errors.map(({ field, message }) => reason(field, message)).join(' · ')}
                </td>
                <td className={styles.sample}>
                  {Object.values(one.values as Record<string, unknown>)
                    .filter(Boolean)
                    .map(String)
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div className={styles.paging}>
          <Button
            size="xs"
            variant="default"
            disabled={page === 1}
            onClick={() => setPage(page - 1)}
          >
            {t('records.pager.previous')}
          </Button>
          <span className="num">{`${num(page)} / ${num(pages)}`}</span>
          <Button
            size="xs"
            variant="default"
            disabled={page >= pages}
            onClick={() => setPage(page + 1)}
          >
            {t('records.pager.next')}
          </Button>
        </div>
      )}
    </div>
  );
}
