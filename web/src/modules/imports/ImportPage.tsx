import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMetaEntity } from '@/api/me';
import type { Import, MetaEntity } from '@/api/types';
import { importOf, listOf } from '@/lib/addresses';
import { namesOf } from '@/ui/EntityPage/words';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { FormSkeleton } from '@/ui/Skeletons';
import { importQuery } from './queries';
import { CheckStep } from './CheckStep';
import { FileStep } from './FileStep';
import styles from './Import.module.css';
import { fieldsToImport, type ImportDraft } from './importDraft';
import { MapStep } from './MapStep';
import { ReportStep } from './ReportStep';
import { Steps } from './Steps';

interface ImportPageProps {
  /** Of what. */
  name: string;
  /** The import, once it is known to the server. */
  id?: string;
}

/** Brings a spreadsheet in, in four steps; the address knows the import, so a reload goes on. */
export function ImportPage({ name, id }: ImportPageProps) {
  const { t } = useTranslation();
  const may = useCan();
  const entity = useMetaEntity(name);
  const names = namesOf(entity);
  const allowed = entity?.importable && may(name, 'import');
  return (
    <>
      <PageHeader
        title={t('imports.title', names)}
        icon={<IconUpload size={17} stroke={1.7} />}
        parent={entity && { label: entity.labelPlural, to: listOf(name) }}
      />
      {!allowed || !entity ? (
        <ErrorState error={new ApiError({ status: 403 })} subject={t('imports.subject', names)} />
      ) : (
        <Wizard key={name} entity={entity} id={id} />
      )}
    </>
  );
}

const stepOf = (draft: ImportDraft | null, row: Import | undefined, id: string | undefined) => {
  if (!id) return draft ? 2 : 1;
  return row && !row.dryRun ? 4 : 3;
};

function Wizard({ entity, id }: { entity: MetaEntity; id?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<ImportDraft | null>(null);
  const query = useQuery({ ...importQuery(id ?? ''), enabled: id !== undefined });
  const row = id ? query.data : undefined;
  const fields = fieldsToImport(entity);
  const here = importOf(entity.name);
  const goTo = (next: string | undefined) => void navigate({ to: here, search: { id: next } });
  const step = stepOf(draft, row, id);
  const content = () => {
    if (!id) {
      return draft ? (
        <MapStep
          entity={entity}
          fields={fields}
          draft={draft}
          onDraft={setDraft}
          onBack={() => setDraft(null)}
          onStarted={goTo}
        />
      ) : (
        <FileStep entity={entity} fields={fields} onDraft={setDraft} />
      );
    }
    if (query.isError && !row) {
      return (
        <ErrorState
          error={query.error}
          subject={t('imports.one')}
          onRetry={() => void query.refetch()}
          back={{ label: t('imports.again'), to: here }}
        />
      );
    }
    if (!row) return <FormSkeleton fields={4} />;
    const back = (next: ImportDraft | null) => {
      setDraft(next);
      goTo(undefined);
    };
    return row.dryRun ? (
      <CheckStep row={row} onBack={back} onRun={goTo} />
    ) : (
      <ReportStep row={row} onAgain={() => back(null)} />
    );
  };
  return (
    <div
      className={styles.scroll}
      tabIndex={0}
      role="region"
      aria-label={t('imports.title', namesOf(entity))}
    >
      <div className={styles.page}>
        <Steps current={step} />
        {content()}
      </div>
    </div>
  );
}
