import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { PageHeader } from '@/ui/PageHeader';
import { BinBanner } from '@/ui/RecordPage/BinBanner';
import { HistoryList } from '@/ui/RecordPage/HistoryList';
import { customerAt } from '../addresses';
import { Attributes } from './Attributes';
import styles from './Profile.module.css';
import { useWayBack } from './useWayBack';

/** What there was, and a way to have it back. */
export function BinnedCustomer({ entity, record }: { entity: MetaEntity; record: RecordRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asOf = (at: string) => void navigate({ to: customerAt(record.id), search: { asOf: at } });
  return (
    <>
      <PageHeader title={String(record.name ?? '')} parent={useWayBack()} />
      <BinBanner entity={entity} record={record} text={t('customers.profile.deletedBanner')} />
      <div className={styles.columns}>
        <aside className={styles.attributes} aria-label={t('customers.profile.attributes')}>
          <Attributes entity={entity} record={record} readOnly onSave={() => undefined} />
        </aside>
        <section className={styles.main} aria-label={t('records.record.history')} tabIndex={0}>
          <div className={styles.panel}>
            <HistoryList entity={entity} id={record.id} onAsOf={asOf} />
          </div>
        </section>
      </div>
    </>
  );
}
