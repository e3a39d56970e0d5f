import { Button } from '@mantine/core';
import { IconDatabase, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMetaEntity } from '@/api/me';
import {
  createRecord,
  fieldsOf,
  recordDetail,
  updateRecord,
  valueOf,
  type RecordRow,
} from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { EntityTable } from '@/ui/EntityTable/EntityTable';
import type { ListSearch } from '@/ui/EntityTable/listSearch';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { ErrorState } from '@/ui/ErrorState';
import { FieldValue } from '@/ui/FieldValue';
import { HeaderButton } from '@/ui/HeaderButton';
import { PageHeader } from '@/ui/PageHeader';
import type { FormValues } from '@/ui/Edit/values';
import { editable } from '@/ui/RecordForm/formValues';
import { RecordDrawer } from '@/ui/RecordForm/RecordDrawer';
import { toast } from '@/ui/toast';

interface RecordsPageProps {
  name: string;
  search: ListSearch;
}

/** The list of an entity that has no screen of its own, drawn from its declaration. */
export function RecordsPage({ name, search }: RecordsPageProps) {
  const { t } = useTranslation();
  const may = useCan();
  const entity = useMetaEntity(name);
  if (!entity || !may(name, 'read')) {
    return (
      <>
        <PageHeader title={entity?.labelPlural ?? t('records.page.unknown')} />
        <ErrorState
          error={new ApiError({ status: entity ? 403 : 404 })}
          subject={entity?.labelPlural.toLocaleLowerCase()}
        />
      </>
    );
  }
  return <Records key={name} entity={entity} search={search} />;
}

function Records({ entity, search }: { entity: MetaEntity; search: ListSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan();
  const { name } = entity;
  const thing = entity.label.toLocaleLowerCase();
  const hrefOf = useCallback(({ id }: RecordRow) => `/registros/${name}/${id}`, [name]);
  const onSearch = (change: Partial<ListSearch>, replace = false) =>
    void navigate({
      to: '/registros/$entity',
      params: { entity: name },
      search: { ...search, ...change },
      replace,
    });
  const others = fieldsOf(entity).filter(
    ({ key, inList }) => inList !== false && key !== entity.titleField,
  );
  const part = (row: RecordRow, index: number) => {
    const field = others[index];
    return field && <FieldValue field={field} value={valueOf(row, field.key)} />;
  };
  const create = may(name, 'create') && (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t('records.page.new', { thing })}
      onClick={() => onSearch({ novo: 1 })}
    />
  );
  return (
    <>
      <PageHeader title={entity.labelPlural} icon={<IconDatabase size={17} stroke={1.7} />}>
        {create}
      </PageHeader>
      <EntityTable
        entity={entity}
        search={search}
        onSearch={onSearch}
        hrefOf={hrefOf}
        placeholder={t('records.page.search', { things: entity.labelPlural.toLocaleLowerCase() })}
        subject={entity.labelPlural.toLocaleLowerCase()}
        empty={
          <EmptyState
            icon={<IconDatabase size={24} stroke={1.7} />}
            title={t('records.empty.title')}
            action={
              create && (
                <Button onClick={() => onSearch({ novo: 1 })}>
                  {t('records.page.new', { thing })}
                </Button>
              )
            }
          >
            {t('records.empty.text')}
          </EmptyState>
        }
        secondary={(row) => part(row, 0)}
        aside={(row) => part(row, 1)}
      />
      {(search.novo || search.editar) && (
        <EntityDrawer
          key={search.editar ?? 'new'}
          entity={entity}
          id={search.editar}
          onClose={() => onSearch({ novo: undefined, editar: undefined })}
        />
      )}
    </>
  );
}

interface EntityDrawerProps {
  entity: MetaEntity;
  id?: string;
  onClose: () => void;
}

/** Creates or edits a record of any entity. */
export function EntityDrawer({ entity, id, onClose }: EntityDrawerProps) {
  const { t } = useTranslation();
  const { refresh, patch } = useRecordActions(entity);
  const fields = useMemo(() => editable(fieldsOf(entity)), [entity]);
  const { data: record } = useQuery({
    ...recordDetail(entity, id ?? ''),
    enabled: id !== undefined,
  });
  const thing = entity.label.toLocaleLowerCase();
  const save = async (values: FormValues, version?: number) => {
    if (record) {
      const saved = await updateRecord(entity, record.id, values, version);
      patch(saved.id, (row) => ({ ...row, ...saved }));
    } else {
      await createRecord(entity, values);
    }
    toast.done(t('ui.saved'));
    onClose();
    await refresh();
  };
  if (id !== undefined && !record) return null;
  return (
    <RecordDrawer
      title={t(id ? 'records.page.edit' : 'records.page.new', { thing })}
      entity={entity}
      fields={fields}
      record={record}
      save={save}
      onClose={onClose}
    />
  );
}
