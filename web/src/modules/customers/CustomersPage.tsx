import { Button, Menu } from '@mantine/core';
import {
  IconForms,
  IconPlus,
  IconSettings,
  IconTags,
  IconUpload,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMe, useMetaEntity } from '@/api/me';
import type { RecordRow } from '@/api/records';
import { num, phone } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { EntityTable } from '@/ui/EntityTable/EntityTable';
import type { ListSearch, Presets } from '@/ui/EntityTable/listSearch';
import { ErrorState } from '@/ui/ErrorState';
import { HeaderButton } from '@/ui/HeaderButton';
import { IconBtn } from '@/ui/IconBtn';
import { PageHeader } from '@/ui/PageHeader';
import { CARD_FIELDS, customerCells, FIRST_COLUMNS, RowAside } from './customerCells';
import { CustomerStats } from './CustomerStats';
import { statsQuery } from './queries';

const CustomerDrawer = lazy(async () => ({
  default: (await import('./CustomerDrawer')).CustomerDrawer,
}));
const hrefOf = ({ id }: RecordRow) => `/clientes/${id}`;
const USUAL_NEW_DAYS = 30;

/** Where somebody works, or else how to reach them. */
const secondLine = ({ company, email, phone: number }: RecordRow) =>
  String(company ?? email ?? (number ? phone(String(number), true) : ''));

interface CustomersPageProps {
  search: ListSearch;
}

/** The customer base: how many, who, and everything that can be done with them. */
export function CustomersPage({ search }: CustomersPageProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan();
  const entity = useMetaEntity('contact');
  const stats = useQuery({ ...statsQuery, enabled: may('contact', 'read') });
  // The strip counts as new who came within the days that the company chose: so does its filter.
  const newDays = useMe().tenant.newContactDays ?? USUAL_NEW_DAYS;
  const presets = useMemo<Presets>(
    () => ({ new: { field: 'createdAt', op: 'last_days', value: newDays } }),
    [newDays],
  );
  const onSearch = (change: Partial<ListSearch>, replace = false) =>
    void navigate({ to: '/clientes', search: { ...search, ...change }, replace });
  const closeDrawer = () => onSearch({ novo: undefined, editar: undefined });
  const title = t(search.bin ? 'customers.bin' : 'customers.title');
  if (!entity || !may('contact', 'read')) {
    return (
      <>
        <PageHeader title={title} icon={<IconUsers size={17} stroke={1.7} />} />
        <ErrorState error={new ApiError({ status: 403 })} subject={t('customers.subject')} />
      </>
    );
  }
  const create = may('contact', 'create');
  const empty = (
    <EmptyState
      icon={<IconUsers size={24} stroke={1.7} />}
      title={t('customers.empty.title')}
      action={
        create && (
          <>
            <Button onClick={() => onSearch({ novo: 1 })}>{t('customers.new')}</Button>
            {may('contact', 'import') && <ImportLink />}
          </>
        )
      }
    >
      {t('customers.empty.text')}
    </EmptyState>
  );
  return (
    <>
      <PageHeader
        title={title}
        icon={<IconUsers size={17} stroke={1.7} />}
        count={stats.data && !search.bin ? num(stats.data.total) : undefined}
      >
        <ListSettings />
        {may('contact', 'import') && (
          <HeaderButton
            icon={<IconUpload size={16} stroke={1.8} />}
            label={t('customers.import')}
            to="/clientes/importar"
          />
        )}
        {create && (
          <HeaderButton
            primary
            icon={<IconPlus size={16} stroke={2} />}
            label={t('customers.new')}
            onClick={() => onSearch({ novo: 1 })}
          />
        )}
      </PageHeader>
      {!search.bin && (
        <CustomerStats
          stats={stats.data}
          active={search.status ?? 'total'}
          onPick={(key) => onSearch({ status: key === 'total' ? undefined : key, page: undefined })}
        />
      )}
      <EntityTable
        entity={entity}
        search={search}
        onSearch={onSearch}
        hrefOf={hrefOf}
        placeholder={t('customers.search')}
        subject={t('customers.subject')}
        empty={empty}
        presets={presets}
        overrides={customerCells}
        firstColumns={FIRST_COLUMNS}
        cardFields={CARD_FIELDS}
        secondary={secondLine}
        aside={(row) => <RowAside entity={entity} row={row} />}
      />
      <Suspense>
        {(search.novo || search.editar) && (
          <CustomerDrawer
            key={search.editar ?? 'new'}
            entity={entity}
            id={search.editar}
            onClose={closeDrawer}
          />
        )}
      </Suspense>
    </>
  );
}

function ImportLink() {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      renderRoot={(props: object) => <Link to="/clientes/importar" {...props} />}
    >
      {t('customers.import')}
    </Button>
  );
}

/** ⚙: what the list can be made of. */
function ListSettings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const go = (to: string) => () => void navigate({ to });
  return (
    <Menu opened={opened} onChange={setOpened}>
      <Menu.Target>
        <IconBtn label={t('customers.settings')} tooltip={!opened}>
          <IconSettings size={18} stroke={1.7} />
        </IconBtn>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconForms size={15} stroke={1.7} />}
          onClick={go('/config/campos')}
        >
          {t('customers.settingsFields')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTags size={15} stroke={1.7} />}
          onClick={go('/config/etiquetas')}
        >
          {t('customers.settingsTags')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUpload size={15} stroke={1.7} />}
          onClick={go('/config/importacoes')}
        >
          {t('customers.settingsImports')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
