import { IconPlus } from '@tabler/icons-react';
import {
  useQueryClient,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState } from '@/ui/EmptyState';
import { HeaderButton } from '@/ui/HeaderButton';
import { PagedList } from '@/ui/PagedList';
import { RowActions } from '@/ui/Settings/RowActions';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { liveRow } from '@/ui/Settings/liveRow';
import { toast } from '@/ui/toast';

interface Named {
  id: string;
  name: string;
}

interface NamedListProps<T extends Named> {
  entity: string;
  /** Where its words begin: title, intro, new, subject, empty, emptyText, deleted, deleteTitle, deleteText. */
  words: string;
  icon: ReactNode;
  query: UseInfiniteQueryResult<InfiniteData<{ data: T[] }>>;
  remove: (id: string) => Promise<unknown>;
  /** Makes a new one when there is none. */
  dialog: (edited: T | undefined, close: () => void) => ReactNode;
  children: (row: T) => ReactNode;
}

/** A screen of things that have hardly more than a name: made, renamed and deleted in place. */
export function NamedList<T extends Named>(props: NamedListProps<T>) {
  const { entity, words, icon, query, remove, dialog, children } = props;
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const [edited, setEdited] = useState<T | 'new' | null>(null);
  const [doomed, setDoomed] = useState<T | null>(null);
  const close = () => setEdited(null);
  const removeDoomed = async () => {
    if (!doomed) return;
    await remove(doomed.id);
    await client.invalidateQueries({ queryKey: keys.lists(entity) });
    toast.done(t(`${words}.deleted`, { name: doomed.name }));
  };
  const add = may(entity, 'create') && (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t(`${words}.new`)}
      onClick={() => setEdited('new')}
    />
  );
  return (
    <SettingsPage title={t(`${words}.title`)} text={t(`${words}.intro`)} action={add}>
      <PagedList
        query={query}
        label={t(`${words}.title`)}
        subject={t(`${words}.subject`)}
        empty={
          <EmptyState icon={icon} title={t(`${words}.empty`)}>
            {t(`${words}.emptyText`)}
          </EmptyState>
        }
      >
        {(row) => (
          <>
            {children(row)}
            <RowActions
              name={row.name}
              onEdit={may(entity, 'update') && (() => setEdited(row))}
              onDelete={may(entity, 'delete') && (() => setDoomed(row))}
            />
          </>
        )}
      </PagedList>
      {edited && dialog(edited === 'new' ? undefined : liveRow(query, edited), close)}
      <ConfirmDialog
        opened={doomed !== null}
        title={t(`${words}.deleteTitle`, { name: doomed?.name })}
        text={t(`${words}.deleteText`)}
        action={t('ui.delete')}
        onConfirm={removeDoomed}
        onClose={() => setDoomed(null)}
      />
    </SettingsPage>
  );
}
