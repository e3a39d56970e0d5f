import { IconChartBar, IconDatabase, IconPlus, IconUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { use, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMetaEntity } from '@/api/me';
import { fieldsOf, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { addressOf, dashboardOf, importOf, listOf } from '@/lib/addresses';
import { soon } from '@/lib/soon';
import { num } from '@/lib/format';
import type { FormValues } from '@/ui/Edit/values';
import { EntityTable } from '@/ui/EntityTable/EntityTable';
import type { ListSearch } from '@/ui/EntityTable/listSearch';
import { ErrorState } from '@/ui/ErrorState';
import { HeaderButton } from '@/ui/HeaderButton';
import { PageHeader } from '@/ui/PageHeader';
import { pictureOf, type EntityScreen, type ListParts } from '@/ui/screens';
import { EmptyList } from './EmptyList';
import { EntityForm } from './EntityForm';
import { partsOf } from './parts';
import { useListLines } from './useListLines';
import { entityWords, type EntityWords } from './words';

const BoardBar = soon(async () => (await import('@/ui/EntityTable/BoardBar')).BoardBar);

interface EntityPageProps {
  name: string;
  /** What a module says of it. */
  screen?: EntityScreen;
  search: ListSearch;
}

/** The list of any entity: how many, who, and everything that can be done with them. */
export function EntityPage({ name, screen, search }: EntityPageProps) {
  const { t } = useTranslation();
  const may = useCan();
  const entity = useMetaEntity(name);
  const Icon = screen?.icon ?? IconDatabase;
  if (entity && may(name, 'read')) {
    return <Records key={name} entity={entity} screen={screen} search={search} />;
  }
  // Who may not read it is told nothing of it by the server: it is unknown unless a module knows it.
  const own = screen?.words;
  const title = entity?.labelPlural ?? t(own ? `${own}.title` : 'records.page.unknown');
  return (
    <>
      <PageHeader title={title} icon={<Icon size={17} stroke={1.7} />} />
      <ErrorState
        error={new ApiError({ status: entity || screen ? 403 : 404 })}
        subject={own ? t(`${own}.subject`) : entity?.labelPlural.toLocaleLowerCase()}
      />
    </>
  );
}

interface RecordsProps {
  entity: MetaEntity;
  screen: EntityScreen | undefined;
  search: ListSearch;
}

const nothing = () => undefined;

function Records({ entity, screen, search }: RecordsProps) {
  const navigate = useNavigate();
  const may = useCan();
  const { name } = entity;
  const parts: ListParts = use(partsOf(screen));
  const words = entityWords(entity, screen?.words);
  const onSearch = (change: Partial<ListSearch>, replace = false) =>
    void navigate({ to: listOf(name), search: { ...search, ...change }, replace });
  const create = may(name, 'create') ? () => onSearch({ novo: 1 }) : undefined;
  const bring = entity.importable && may(name, 'import') ? importOf(name) : undefined;
  const Board = screen?.board;
  const isBoard = Board && !search.bin && (search.view ?? 'board') === 'board';
  const shared = { entity, screen, search, onSearch };
  const [begun, setBegun] = useState<FormValues>();
  const begin = (values: FormValues) => {
    setBegun(values);
    onSearch({ novo: 1 });
  };
  return (
    <>
      <ListHeader {...shared} {...{ parts, words, create, bring }} />
      {isBoard ? (
        <>
          <BoardBar {...shared} fields={fieldsOf(entity)} placeholder={words.search} />
          <Board {...shared} onNew={create && begin} />
        </>
      ) : (
        <FoundList {...shared} {...{ parts, words, create, bring }} />
      )}
      {(search.novo || search.editar) && (
        <EntityForm
          key={search.editar ?? 'new'}
          screen={screen}
          entity={begun ? beginning(entity, begun) : entity}
          id={search.editar}
          onClose={() => {
            setBegun(undefined);
            onSearch({ novo: undefined, editar: undefined });
          }}
        />
      )}
    </>
  );
}

/** The form of a new one in which something stands already. */
const beginning = (entity: MetaEntity, values: FormValues): MetaEntity => ({
  ...entity,
  fields: entity.fields.map((field) =>
    field.key in values ? { ...field, default: values[field.key] } : field,
  ),
});

interface FoundListProps extends RecordsProps {
  onSearch: (change: Partial<ListSearch>, replace?: boolean) => void;
  parts: ListParts;
  words: EntityWords;
  create: (() => void) | undefined;
  bring: string | undefined;
}

function FoundList(props: FoundListProps) {
  const { entity, screen, search, onSearch, parts, words, create, bring } = props;
  const { usePresets = nothing, Head } = parts;
  const presets = usePresets();
  const lines = useListLines(entity, parts);
  const { name } = entity;
  const hrefOf = useCallback(({ id }: RecordRow) => addressOf(name, id), [name]);
  const Icon = screen?.icon ?? IconDatabase;
  return (
    <>
      {Head && !search.bin && <Head {...{ entity, search, onSearch }} />}
      <EntityTable
        {...{ entity, search, onSearch, hrefOf, presets }}
        icon={pictureOf(screen)}
        hasBoard={screen?.board !== undefined}
        placeholder={words.search}
        subject={words.subject}
        empty={<EmptyList icon={Icon} words={words} create={create} bring={bring} />}
        overrides={parts.cells}
        firstColumns={parts.firstColumns}
        cardFields={parts.cardFields}
        {...lines}
      />
    </>
  );
}

function ListHeader({ entity, screen, search, parts, words, create, bring }: FoundListProps) {
  const { t } = useTranslation();
  const { useCount = nothing, Settings } = parts;
  const count = useCount();
  const Icon = screen?.icon ?? IconDatabase;
  return (
    <PageHeader
      title={search.bin ? words.bin : words.title}
      icon={<Icon size={17} stroke={1.7} />}
      count={count !== undefined && !search.bin ? num(count) : undefined}
    >
      {Settings && <Settings />}
      {screen?.dashboard && (
        <HeaderButton
          icon={<IconChartBar size={16} stroke={1.8} />}
          label={t(`${screen.words}.dashboard.title`)}
          to={dashboardOf(entity.name)}
        />
      )}
      {bring && (
        <HeaderButton icon={<IconUpload size={16} stroke={1.8} />} label={words.bring} to={bring} />
      )}
      {create && (
        <HeaderButton
          primary
          icon={<IconPlus size={16} stroke={2} />}
          label={words.create}
          onClick={create}
        />
      )}
    </PageHeader>
  );
}
