import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMe, useMetaEntity } from '@/api/me';
import type { RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import type { Owned } from '@/lib/permissions';
import { addRecent } from '@/lib/recents';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { AsOfBanner } from '@/ui/RecordPage/AsOfBanner';
import { useRecordOrBin } from '@/ui/RecordPage/useRecordOrBin';
import { useWalk } from '@/ui/RecordPage/useWalk';
import type { EntityPageProps } from '@/ui/screens';
import { FormSkeleton } from '@/ui/Skeletons';
import { customerAt } from '../addresses';
import { Attributes } from './Attributes';
import { BinnedCustomer } from './BinnedCustomer';
import styles from './Profile.module.css';
import { ProfileActions } from './ProfileActions';
import { readProfileSearch, type ProfileSearch } from './profileSearch';
import { ProfileTabs } from './ProfileTabs';
import { Related } from './Related';
import { useWayBack } from './useWayBack';

const CustomerDrawer = lazy(async () => ({
  default: (await import('../CustomerDrawer')).CustomerDrawer,
}));

/** Everything about one customer, in three columns; one below the other on a phone. */
export function ProfilePage({ id, search: told }: EntityPageProps) {
  const { t } = useTranslation();
  const may = useCan();
  const entity = useMetaEntity('contact');
  const search = useMemo(() => readProfileSearch(told), [told]);
  if (entity && may('contact', 'read')) return <Known entity={entity} id={id} search={search} />;
  return (
    <>
      <PageHeader title={t('customers.noOne')} />
      <ErrorState error={new ApiError({ status: 403 })} subject={t('customers.subject')} />
    </>
  );
}

interface KnownProps {
  entity: MetaEntity;
  id: string;
  search: ProfileSearch;
}

function Known({ entity, id, search }: KnownProps) {
  const { t } = useTranslation();
  const { record, inBin, error, refetch } = useRecordOrBin(entity, id, search.asOf);
  const list = useWayBack();
  if (error && !record) {
    return (
      <>
        <PageHeader title={t('customers.noOne')} parent={list} />
        <ErrorState error={error} subject={t('customers.one')} onRetry={refetch} back={list} />
      </>
    );
  }
  if (!record) {
    return (
      <>
        <PageHeader title={t('ui.loading')} parent={list} />
        <div className={styles.columns} aria-busy>
          <div className={styles.attributes}>
            <FormSkeleton fields={8} />
          </div>
          <div className={styles.main}>
            <FormSkeleton fields={6} />
          </div>
          <div className={styles.related} />
        </div>
      </>
    );
  }
  return inBin ? (
    <BinnedCustomer entity={entity} record={record} />
  ) : (
    <Profile key={id} entity={entity} record={record} search={search} />
  );
}

interface ProfileProps {
  entity: MetaEntity;
  record: RecordRow;
  search: ProfileSearch;
}

function Profile({ entity, record, search }: ProfileProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan();
  const { user } = useMe();
  const [editing, setEditing] = useState(false);
  const { save, remove } = useRecordActions(entity);
  const { id } = record;
  const name = String(record.name ?? '');
  const company = record.company as string | null;
  const go = (next: string) => void navigate({ to: customerAt(next), search: { tab: search.tab } });
  const walk = useWalk(entity, id, go);
  const set = (change: Partial<ProfileSearch>) =>
    void navigate({ to: customerAt(id), search: { ...search, ...change } });
  useEffect(() => {
    addRecent(user.id, { entity: 'contact', id, title: name, subtitle: company });
  }, [user.id, id, name, company]);

  const back = useWayBack();
  const past = search.asOf !== undefined;
  const owned = record as Owned;
  const mayUpdate = may('contact', 'update', owned) && !past;
  const drop = async () => {
    if (await remove(record)) void navigate({ to: back.to, search: back.search });
  };
  return (
    <>
      <PageHeader title={name} parent={back}>
        <ProfileActions
          id={id}
          walk={walk}
          onEdit={mayUpdate ? () => setEditing(true) : undefined}
          onDelete={may('contact', 'delete', owned) && !past ? () => void drop() : undefined}
        />
      </PageHeader>
      {search.asOf && (
        <AsOfBanner at={search.asOf} onLeave={() => set({ asOf: undefined, tab: 'historico' })} />
      )}
      <div className={styles.columns}>
        <aside
          className={styles.attributes}
          aria-label={t('customers.profile.attributes')}
          tabIndex={0}
        >
          <Attributes
            entity={entity}
            record={record}
            readOnly={!mayUpdate}
            onSave={(seen, key, value) => void save(seen, key, value)}
          />
        </aside>
        <div className={styles.main} tabIndex={0} role="region" aria-label={name}>
          <ProfileTabs entity={entity} id={id} search={search} onSearch={set} />
        </div>
        <aside className={styles.related} aria-label={t('customers.profile.related')} tabIndex={0}>
          <Related record={record} onAllNotes={() => set({ tab: 'notas' })} />
        </aside>
      </div>
      <Suspense>
        {editing && <CustomerDrawer entity={entity} id={id} onClose={() => setEditing(false)} />}
      </Suspense>
    </>
  );
}
