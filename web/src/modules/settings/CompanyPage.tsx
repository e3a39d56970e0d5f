import { NumberInput, Select, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import type { Tenant } from '@/api/types';
import { setFormat } from '@/lib/format';
import { timeZones } from '@/lib/zones';
import { mayChangeCompany } from '@/lib/permissions';
import { ErrorState } from '@/ui/ErrorState';
import { FormAlert } from '@/ui/FormAlert';
import { SaveBar } from '@/ui/SaveBar';
import { FormSkeleton } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { saveTenant, tenantQuery } from './queries';
import { Section, SettingsPage } from './SettingsPage';
import styles from './Settings.module.css';

export function CompanyPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(tenantQuery);
  // The state that an edit began with: another admin's change must not pass for one's own.
  const [edited, setEdited] = useState<Tenant>();
  const shown = edited ?? data;
  return (
    <SettingsPage title={t('settings.company.title')}>
      {shown ? (
        <CompanyForm
          key={shown.version}
          tenant={shown}
          onEdit={(edits) => setEdited(edits ? shown : undefined)}
        />
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

const valuesOf = (tenant: Tenant) => ({
  name: tenant.name,
  timezone: tenant.timezone,
  locale: tenant.locale,
  newContactDays: tenant.newContactDays ?? 30,
  duplicatePhones: tenant.duplicatePhones ?? 'warn',
  duplicateEmails: tenant.duplicateEmails ?? 'warn',
  duplicateDocuments: tenant.duplicateDocuments ?? 'warn',
});

interface CompanyFormProps {
  tenant: Tenant;
  /** An edit has begun, or is over. */
  onEdit: (edits: boolean) => void;
}

function CompanyForm({ tenant, onEdit }: CompanyFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const readOnly = !mayChangeCompany(useMe().user);
  const form = useForm({
    initialValues: valuesOf(tenant),
    onValuesChange: () => onEdit(true),
    validate: { name: isNotEmpty(t('auth.companyMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    const saved = await saveTenant(values, tenant.version).catch(async (error: unknown) => {
      await client.invalidateQueries({ queryKey: keys.tenant });
      throw error;
    });
    client.setQueryData(keys.tenant, saved);
    onEdit(false);
    setFormat({ timezone: saved.timezone });
    await client.invalidateQueries({ queryKey: keys.me });
    toast.done(t('ui.saved'));
  });
  const discard = () => {
    form.reset();
    onEdit(false);
  };
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
        <Section
          title={t('settings.company.duplicates')}
          text={t('settings.company.duplicatesText')}
        >
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
                {...form.getInputProps(key)}
              />
            ))}
          </div>
        </Section>
      </form>
      <SaveBar form="company" dirty={form.isDirty()} busy={busy} onDiscard={discard} />
    </>
  );
}
