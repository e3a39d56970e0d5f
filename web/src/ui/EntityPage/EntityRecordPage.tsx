import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMetaEntity } from '@/api/me';
import type { RecordRow } from '@/api/records';
import { isIn, useFieldsFor } from '@/api/state';
import type { MetaEntity } from '@/api/types';
import { addressOf, listOf } from '@/lib/addresses';
import { lastList } from '@/lib/lastList';
import type { Owned } from '@/lib/permissions';
import { soon } from '@/lib/soon';
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
  const { remove } = useRecordActions(entity);
  const { record, inBin, error, refetch } = useRecordOrBin(entity, id, asOf);
  const list = listOf(entity.name);
  const set = (at: string | undefined) =>
    void navigate({ to: addressOf(entity.name, id), search: { asOf: at } });
  const walk = useWalk(entity, id, (next) => void navigate({ to: addressOf(entity.name, next) }));
  const mayDelete = (one: RecordRow) =>
    may(entity.name, 'delete', one as Owned) && isIn(entity.deletableWhen, one);
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
  const mayUpdate = may(entity.name, 'update', record as Owned) && living;
  const actions = living && <RecordActions entity={entity} record={record} />;
  const drop = async () => {
    if (await remove(record)) void navigate({ to: list, search: parent.search });
  };
  const Mark = living ? screen?.Mark : undefined;
  return (
    <>
      <PageHeader title={title} parent={parent} beside={Mark && <Mark record={record} />}>
        <Viewers entity={entity.name} id={id} />
        <WalkButtons walk={walk} />
        {mayUpdate && (
          <IconBtn label={t('ui.edit')} onClick={() => setEditing(true)}>
            <IconPencil size={17} stroke={1.7} />
          </IconBtn>
        )}
        {living && mayDelete(record) && (
          <IconBtn label={t('ui.delete')} onClick={() => void drop()}>
            <IconTrash size={17} stroke={1.7} />
          </IconBtn>
        )}
        {!small && actions}
      </PageHeader>
      {small && actions}
      {inBin && <BinBanner entity={entity} record={record} text={t('records.bin.here')} />}
      {asOf && <AsOfBanner at={asOf} onLeave={() => set(undefined)} />}
      <Columns
        {...{ entity, screen, record, title }}
        readOnly={!mayUpdate}
        past={<Past entity={entity} id={id} onAsOf={set} />}
      />
      {editing && (
        <EntityForm screen={screen} entity={entity} id={id} onClose={() => setEditing(false)} />
      )}
    </>
  );
}

const Attachments = soon(async () => (await import('@/ui/files/Attachments')).Attachments);

interface ColumnsProps {
  entity: MetaEntity;
  screen: EntityScreen | undefined;
  record: RecordRow;
  title: string;
  readOnly: boolean;
  past: ReactNode;
}

/** Facts beside tables and history; on a phone below one another, tables first. */
function Columns({ entity, screen, record, title, readOnly, past }: ColumnsProps) {
  const { t } = useTranslation();
  const small = useSmallScreen();
  const { save } = useRecordActions(entity);
  const fields = useFieldsFor(entity, record);
  const facts = (
    <div className={styles.attributes}>
      <AttributeList
        title={t('records.record.attributes')}
        fields={fields.filter((field) => !typeOf(field).hidden)}
        record={record}
        readOnly={readOnly}
        onSave={(seen, key, value) => void save(seen, key, value)}
      />
    </div>
  );
  const tables = fields.filter((field) => typeOf(field).composed);
  const blocks = (
    <RulesContext value={screen ?? NO_RULES}>
      {tables.map((field) => (
        <RecordBlock key={field.key} {...{ entity, field, record, readOnly }} />
      ))}
    </RulesContext>
  );
  const files = screen?.files && (
    <Files {...screen.files} id={record.id} readOnly={Boolean(record.deletedAt)} />
  );
  return (
    <div className={styles.columns}>
      {small ? tables.length > 0 && <div className={styles.main}>{blocks}</div> : facts}
      {small && facts}
      <div className={styles.main} tabIndex={0} role="region" aria-label={title}>
        {!small && blocks}
        {files}
        {past}
      </div>
    </div>
  );
}

interface FilesProps {
  entity: string;
  field: string;
  id: string;
  readOnly: boolean;
}

/** What was attached to it; it comes and goes whatever the record's state is. */
function Files({ entity: name, field, id, readOnly }: FilesProps) {
  const entity = useMetaEntity(name);
  if (!entity) return null;
  return (
    <section className={styles.files} aria-label={entity.labelPlural}>
      <h2 className={styles.heading}>{entity.labelPlural}</h2>
      <Suspense fallback={<FormSkeleton fields={3} />}>
        <Attachments entity={entity} to={{ field, id }} readOnly={readOnly} />
      </Suspense>
    </section>
  );
}
