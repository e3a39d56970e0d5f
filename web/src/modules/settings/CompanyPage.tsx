import { NumberInput, Select, TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import { setFormat } from '@/lib/format';
import { timeZones } from '@/lib/zones';
import type { Edit } from '@/ui/Edit/useEdit';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { ErrorState } from '@/ui/ErrorState';
import { FormAlert } from '@/ui/FormAlert';
import { SaveBar } from '@/ui/SaveBar';
import { FormSkeleton } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import { getTenant, saveTenant, tenantQuery } from './queries';
import { mayChangeCompany } from './rights';
import { SettingMeanwhile } from './SettingMeanwhile';
import { Section, SettingsPage } from './SettingsPage';
import styles from './Settings.module.css';
import type { Tenant } from './types';

export function CompanyPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(tenantQuery);
  return (
    <SettingsPage title={t('settings.company.title')}>
      {data ? (
        <CompanyForm tenant={data} />
      ) : error ? (
        <ErrorState
          error={error}
          subject={t('settings.company.subject')}
          onRetry={() => void refetch()}
        />
      ) : (
        <FormSkeleton />
      )}
    </SettingsPage>
  );
}

const IDENTIFIERS = ['duplicatePhones', 'duplicateEmails', 'duplicateDocuments'] as const;
const POLICIES = ['warn', 'block', 'allow'] as const;

const valuesOf = (tenant?: Tenant) => ({
  name: tenant?.name ?? '',
  timezone: tenant?.timezone ?? '',
  locale: tenant?.locale ?? '',
  newContactDays: tenant?.newContactDays ?? 30,
  duplicatePhones: tenant?.duplicatePhones ?? 'warn',
  duplicateEmails: tenant?.duplicateEmails ?? 'warn',
  duplicateDocuments: tenant?.duplicateDocuments ?? 'warn',
});

function CompanyForm({ tenant }: { tenant: Tenant }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const readOnly = !mayChangeCompany(useMe().user);
  const { form, edit, busy, failure, submit, discard } = useEditForm({
    live: tenant,
    valuesOf,
    page: true,
    validate: { name: isNotEmpty(t('auth.companyMissing')) },
    fetch: getTenant,
    change: async (changes, { version }) => {
      const saved = await saveTenant(changes, version);
      client.setQueryData(tenantQuery.queryKey, saved);
      setFormat({ timezone: saved.timezone });
      await client.invalidateQueries({ queryKey: keys.me });
      toast.done(t('ui.saved'));
      return saved;
    },
  });
  return (
    <>
      <form id="company" onSubmit={submit} noValidate>
        <Section
          title={t('settings.company.data')}
          text={readOnly ? t('settings.company.readOnly') : undefined}
        >
          <FormAlert error={failure} />
          <TextInput
            label={t('auth.company')}
            withAsterisk={!readOnly}
            readOnly={readOnly}
            {...form.getInputProps('name')}
          />
          <div className={styles.pair}>
            <Select
              label={t('settings.company.timezone')}
              searchable
              allowDeselect={false}
              data={timeZones(tenant.timezone)}
              readOnly={readOnly}
              {...form.getInputProps('timezone')}
            />
            <Select
              label={t('settings.company.locale')}
              allowDeselect={false}
              readOnly={readOnly}
              data={[
                { value: 'pt-BR', label: 'Português (Brasil)' },
                { value: 'en', label: 'English' },
              ]}
              {...form.getInputProps('locale')}
            />
          </div>
          <NumberInput
            label={t('settings.company.newDays')}
            description={t('settings.company.newDaysText')}
            min={1}
            max={365}
            allowDecimal={false}
            readOnly={readOnly}
            {...form.getInputProps('newContactDays')}
          />
        </Section>
        <Duplicates readOnly={readOnly} inputOf={(key) => form.getInputProps(key)} />
        <CompanyMeanwhile edit={edit} />
      </form>
      <SaveBar form="company" dirty={edit.dirty} busy={busy} onDiscard={discard} />
    </>
  );
}

interface DuplicatesProps {
  readOnly: boolean;
  inputOf: (key: (typeof IDENTIFIERS)[number]) => object;
}

function Duplicates({ readOnly, inputOf }: DuplicatesProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.company.duplicates')} text={t('settings.company.duplicatesText')}>
      <div className={styles.pair}>
        {IDENTIFIERS.map((key) => (
          <Select
            key={key}
            label={t(`settings.company.${key}`)}
            allowDeselect={false}
            readOnly={readOnly}
            data={POLICIES.map((value) => ({
              value,
              label: t(`settings.company.policy.${value}`),
            }))}
            {...inputOf(key)}
          />
        ))}
      </div>
    </Section>
  );
}

function CompanyMeanwhile({ edit }: { edit: Edit<Tenant> }) {
  const { t } = useTranslation();
  const policy = (value: unknown) => t(`settings.company.policy.${String(value)}`);
  return (
    <SettingMeanwhile
      edit={edit}
      labels={{
        name: t('auth.company'),
        timezone: t('settings.company.timezone'),
        locale: t('settings.company.locale'),
        newContactDays: t('settings.company.newDays'),
        ...Object.fromEntries(IDENTIFIERS.map((key) => [key, t(`settings.company.${key}`)])),
      }}
      texts={Object.fromEntries(IDENTIFIERS.map((key) => [key, policy]))}
    />
  );
}
