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
import { importErrorsFile, importErrorsQuery } from './queries';
import { ErrorRow } from './ErrorRow';
import styles from './Import.module.css';
import type { Mending } from './useTrial';

interface ErrorTableProps {
  row: Import;
  mending?: Mending;
}

/** The rows that could not be taken, and why; the file brings them back to the spreadsheet. */
export function ErrorTable({ row, mending }: ErrorTableProps) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const entity = useMetaEntity(row.entity);
  const { data } = useQuery({ ...importErrorsQuery(row, page), enabled: row.failed > 0 });
  if (row.failed === 0 || !entity) return null;
  const fields = fieldsOf(entity);
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
        <table className={`${styles.table} ${styles.errorTable}`}>
          <thead>
            <tr>
              <th scope="col">{t('imports.errors.line')}</th>
              <th scope="col">{t('imports.errors.reason')}</th>
              <th scope="col">{t('imports.errors.content')}</th>
            </tr>
          </thead>
          <tbody>
            {refused?.map((one) => (
              <ErrorRow key={one.row} trial={row} row={one} fields={fields} mending={mending} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && <Paging page={page} pages={pages} onPage={setPage} />}
    </div>
  );
}

interface PagingProps {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

function Paging({ page, pages, onPage }: PagingProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.paging}>
      <Button size="xs" variant="default" disabled={page === 1} onClick={() => onPage(page - 1)}>
        {t('records.pager.previous')}
      </Button>
      <span className="num">{`${num(page)} / ${num(pages)}`}</span>
      <Button size="xs" variant="default" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t('records.pager.next')}
      </Button>
    </div>
  );
}
