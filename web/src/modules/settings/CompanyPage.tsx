import { Select, TextInput } from '@mantine/core';
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
import { SettingMeanwhile } from '@/ui/Settings/SettingMeanwhile';
import styles from '@/ui/Settings/Settings.module.css';
import { Section, SettingsPage } from '@/ui/Settings/SettingsPage';
import { FormSkeleton } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import { ModuleSettings } from './ModuleSettings';
import { PictureSection } from './PictureSection';
import { getTenant, saveTenant, tenantQuery } from './queries';
import { mayChangeCompany } from './rights';
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

const valuesOf = (tenant?: Tenant) => ({
  name: tenant?.name ?? '',
  timezone: tenant?.timezone ?? '',
  locale: tenant?.locale ?? '',
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
      <form className={styles.form} onSubmit={submit} noValidate>
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
        </Section>
        <CompanyMeanwhile edit={edit} />
        <SaveBar dirty={edit.dirty} busy={busy} onDiscard={discard} />
      </form>
      <CompanyLogo tenant={tenant} readOnly={readOnly} />
      <ModuleSettings readOnly={readOnly} />
    </>
  );
}

function CompanyLogo({ tenant, readOnly }: { tenant: Tenant; readOnly: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <PictureSection
      title={t('settings.company.logo')}
      text={t('settings.company.logoText')}
      name={tenant.name}
      picture={tenant.logoId}
      square
      readOnly={readOnly}
      onChange={async (logoId) => {
        client.setQueryData(tenantQuery.queryKey, await saveTenant({ logoId }, tenant.version));
        await client.invalidateQueries({ queryKey: keys.me });
        toast.done(t('ui.saved'));
      }}
    />
  );
}

function CompanyMeanwhile({ edit }: { edit: Edit<Tenant> }) {
  const { t } = useTranslation();
  return (
    <SettingMeanwhile
      edit={edit}
      labels={{
        name: t('auth.company'),
        timezone: t('settings.company.timezone'),
        locale: t('settings.company.locale'),
      }}
    />
  );
}
