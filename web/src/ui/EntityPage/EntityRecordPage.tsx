import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMetaEntity } from '@/api/me';
import { fieldsOf, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { addressOf, listOf } from '@/lib/addresses';
import { lastList } from '@/lib/lastList';
import type { Owned } from '@/lib/permissions';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { typeOf } from '@/ui/fields';
import { ErrorState } from '@/ui/ErrorState';
import { IconBtn } from '@/ui/IconBtn';
import { PageHeader } from '@/ui/PageHeader';
import { NO_RULES, RulesContext } from '@/ui/RecordForm/rules';
import { AsOfBanner } from '@/ui/RecordPage/AsOfBanner';
import { AttributeList } from '@/ui/RecordPage/AttributeList';
import { BinBanner } from '@/ui/RecordPage/BinBanner';
import { RecordActions } from '@/ui/RecordPage/RecordActions';
import { RecordBlock } from '@/ui/RecordPage/RecordBlock';
import { useRecordOrBin } from '@/ui/RecordPage/useRecordOrBin';
import { useWalk } from '@/ui/RecordPage/useWalk';
import { Viewers } from '@/ui/RecordPage/Viewers';
import { WalkButtons } from '@/ui/RecordPage/WalkButtons';
import type { EntityScreen } from '@/ui/screens';
import { FormSkeleton } from '@/ui/Skeletons';
import { EntityForm } from './EntityForm';
import styles from './EntityRecordPage.module.css';
import { Past } from './Past';

interface EntityRecordPageProps {
  name: string;
  screen?: EntityScreen;
  id: string;
  asOf?: string;
}

/** A record of an entity that has no page of its own: its attributes and its history. */
export function EntityRecordPage({ name, screen, id, asOf }: EntityRecordPageProps) {
  const { t } = useTranslation();
  const entity = useMetaEntity(name);
  if (entity) return <KnownRecord key={id} entity={entity} screen={screen} id={id} asOf={asOf} />;
  return (
    <>
      <PageHeader title={t('records.page.unknown')} />
      <ErrorState error={new ApiError({ status: 404 })} />
    </>
  );
}

type KnownRecordProps = Omit<EntityRecordPageProps, 'name'> & { entity: MetaEntity };

function KnownRecord({ entity, screen, id, asOf }: KnownRecordProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan();
  const small = useSmallScreen();
  const [editing, setEditing] = useState(false);
  const { save, remove } = useRecordActions(entity);
  const { record, inBin, error, refetch } = useRecordOrBin(entity, id, asOf);
  const list = listOf(entity.name);
  const set = (at: string | undefined) =>
    void navigate({ to: addressOf(entity.name, id), search: { asOf: at } });
  const walk = useWalk(entity, id, (next) => void navigate({ to: addressOf(entity.name, next) }));
  const title = String(record?.[entity.titleField] ?? entity.label);
  const parent = { label: entity.labelPlural, to: list, search: lastList(entity.name) };
  if (!record) {
    return (
      <>
        <PageHeader title={title} parent={parent} />
        {error ? (
          <ErrorState error={error} onRetry={refetch} back={parent} />
        ) : (
          <div className={styles.attributes}>
            <FormSkeleton fields={6} />
          </div>
        )}
      </>
    );
  }
  const living = !asOf && !inBin;
  const owned = record as Owned;
  const mayUpdate = may(entity.name, 'update', owned) && living;
  const mayDelete = may(entity.name, 'delete', owned) && living;
  const actions = living && <RecordActions entity={entity} record={record} />;
  const drop = async () => {
    if (await remove(record)) void navigate({ to: list, search: parent.search });
  };
  return (
    <>
      <PageHeader title={title} parent={parent}>
        <Viewers entity={entity.name} id={id} />
        <WalkButtons walk={walk} />
        {mayUpdate && (
          <IconBtn label={t('ui.edit')} onClick={() => setEditing(true)}>
            <IconPencil size={17} stroke={1.7} />
          </IconBtn>
        )}
        {mayDelete && (
          <IconBtn label={t('ui.delete')} onClick={() => void drop()}>
            <IconTrash size={17} stroke={1.7} />
          </IconBtn>
        )}
        {!small && actions}
      </PageHeader>
      {small && actions}
      {inBin && <BinBanner entity={entity} record={record} text={t('records.bin.here')} />}
      {asOf && <AsOfBanner at={asOf} onLeave={() => set(undefined)} />}
      <div className={styles.columns}>
        <div className={styles.attributes}>
          <AttributeList
            title={t('records.record.attributes')}
            fields={fieldsOf(entity).filter((field) => !typeOf(field).hidden)}
            record={record}
            readOnly={!mayUpdate}
            onSave={(seen, key, value) => void save(seen, key, value)}
          />
        </div>
        <div className={styles.main} tabIndex={0} role="region" aria-label={title}>
          <Blocks entity={entity} screen={screen} record={record} readOnly={!mayUpdate} />
          <Past entity={entity} id={id} onAsOf={set} />
        </div>
      </div>
      {editing && (
        <EntityForm screen={screen} entity={entity} id={id} onClose={() => setEditing(false)} />
      )}
    </>
  );
}

interface BlocksProps {
  entity: MetaEntity;
  screen: EntityScreen | undefined;
  record: RecordRow;
  readOnly: boolean;
}

/** What of a record is a table. */
function Blocks({ entity, screen, ...shown }: BlocksProps) {
  const tables = fieldsOf(entity).filter((field) => typeOf(field).composed);
  return (
    <RulesContext value={screen ?? NO_RULES}>
      {tables.map((field) => (
        <RecordBlock key={field.key} entity={entity} field={field} {...shown} />
      ))}
    </RulesContext>
  );
}
