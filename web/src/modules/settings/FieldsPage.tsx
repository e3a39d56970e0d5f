import { IconForms, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMe, useMeta } from '@/api/me';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { HeaderButton } from '@/ui/HeaderButton';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { RowSkeletons } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import { FieldDialog } from './FieldDialog';
import { FieldList } from './FieldList';
import { customFields, fieldsQuery } from './queries';
import type { CustomField } from './types';

const ENTITY = 'contact';

/** Who may change the declaration of customers: the server says so, or an administrator. */
export function useMayEditFields(): boolean {
  const { user } = useMe();
  const rights = user.permissions['custom_field'] ?? user.permissions['customField'];
  return rights ? rights.update !== undefined && rights.update !== 'none' : user.role === 'admin';
}

export function FieldsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const editable = useMayEditFields();
  const entity = useMeta().entities.find(({ name }) => name === ENTITY);
  const { data, error, refetch } = useQuery(fieldsQuery(ENTITY));
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null);
  const [doomed, setDoomed] = useState<CustomField | null>(null);
  const remove = async (field: CustomField) => {
    await customFields.remove(field.id);
    await client.invalidateQueries({ queryKey: keys.lists('custom_field') });
    await client.invalidateQueries({ queryKey: keys.meta });
    toast.done(t('settings.fields.deleted', { name: field.name }));
  };
  const add = editable && (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t('settings.fields.new')}
      onClick={() => setEdited('new')}
    />
  );
  const live = (field: CustomField) => data?.data.find(({ id }) => id === field.id) ?? field;
  const intro = t('settings.fields.intro', { entity: entity?.labelPlural ?? '' });
  return (
    <SettingsPage title={t('settings.fields.title')} text={intro} action={add}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.fields.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <RowSkeletons rows={5} avatar={false} />}
      {data?.data.length === 0 && (
        <EmptyState icon={<IconForms size={24} />} title={t('settings.fields.empty')}>
          {t('settings.fields.emptyText')}
        </EmptyState>
      )}
      {data && data.data.length > 0 && (
        <FieldList fields={data.data} editable={editable} onEdit={setEdited} onDelete={setDoomed} />
      )}
      {edited && (
        <FieldDialog
          entity={ENTITY}
          field={edited === 'new' ? undefined : live(edited)}
          position={data?.data.length ?? 0}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        opened={doomed !== null}
        title={t('settings.fields.deleteTitle', { name: doomed?.name })}
        text={t('settings.fields.deleteText')}
        action={t('ui.delete')}
        onConfirm={() => (doomed ? remove(doomed) : Promise.resolve())}
        onClose={() => setDoomed(null)}
      />
    </SettingsPage>
  );
}
