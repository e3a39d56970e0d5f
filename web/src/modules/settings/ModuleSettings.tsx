import { Fieldset } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/types';
import { Meanwhile } from '@/ui/Edit/Meanwhile';
import { useEditForm } from '@/ui/Edit/useEditForm';
import type { FormValues } from '@/ui/Edit/values';
import { ErrorState } from '@/ui/ErrorState';
import { fieldText } from '@/ui/fieldText';
import { FormAlert } from '@/ui/FormAlert';
import { FieldInput } from '@/ui/RecordForm/FieldInput';
import { SaveBar } from '@/ui/SaveBar';
import styles from '@/ui/Settings/Settings.module.css';
import { Section } from '@/ui/Settings/SettingsPage';
import { FormSkeleton } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import {
  getModuleSettings,
  moduleSettingsQuery,
  saveModuleSettings,
  settingsOfModuleQuery,
  type ModuleValues,
} from './queries';

type Module = Schema<'ModuleSettings'>;

/** Settings that have a page of their own. */
const ELSEWHERE = ['mail'];

/** What the company decides about its modules: drawn from what they declare. */
export function ModuleSettings({ readOnly }: { readOnly: boolean }) {
  const { data, error, refetch } = useQuery(moduleSettingsQuery);
  return data ? (
    data.data
      .filter(({ module }) => !ELSEWHERE.includes(module))
      .map((module) => <ModuleSection key={module.module} module={module} readOnly={readOnly} />)
  ) : (
    <Waiting error={error} refetch={refetch} />
  );
}

interface ModuleSectionProps {
  module: Module;
  readOnly: boolean;
  /** Whether a field matters, with what is chosen so far. Absent: all do. */
  asks?: (key: string, values: FormValues) => boolean;
}

export function ModuleSection(props: ModuleSectionProps) {
  const { module } = props;
  const { data, error, refetch } = useQuery(settingsOfModuleQuery(module.module));
  return data ? (
    <ModuleForm {...props} values={data} />
  ) : (
    <Waiting error={error} refetch={refetch} />
  );
}

interface WaitingProps {
  error: Error | null;
  refetch: () => Promise<unknown>;
  subject?: string;
}

export function Waiting({ error, refetch, subject }: WaitingProps) {
  const { t } = useTranslation();
  return error ? (
    <ErrorState
      error={error}
      subject={subject ?? t('settings.company.subject')}
      onRetry={() => void refetch()}
    />
  ) : (
    <FormSkeleton />
  );
}

interface ModuleFormProps extends ModuleSectionProps {
  values: ModuleValues;
}

function ModuleForm(props: ModuleFormProps) {
  const { values, readOnly, asks } = props;
  const { module, label, fields } = props.module;
  const { t } = useTranslation();
  const client = useQueryClient();
  const valuesOf = useCallback(
    (one: ModuleValues = values): FormValues =>
      Object.fromEntries(fields.map(({ key }) => [key, one[key]])),
    [values, fields],
  );
  const { form, edit, busy, failure, submit, discard } = useEditForm({
    live: values,
    valuesOf,
    page: true,
    fetch: () => getModuleSettings(module),
    change: async (changes, { version }) => {
      const saved = await saveModuleSettings(module, changes, version);
      client.setQueryData(settingsOfModuleQuery(module).queryKey, saved);
      toast.done(t('ui.saved'));
      return saved;
    },
  });
  const asked = fields.filter(({ key }) => asks?.(key, form.values) ?? true);
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Section title={label}>
        <FormAlert error={failure} />
        <Fieldset variant="unstyled" disabled={readOnly}>
          {asked.map((field) => (
            <div key={field.key} className={styles.setting}>
              <FieldInput
                field={field}
                value={form.values[field.key]}
                onChange={(value) => form.setFieldValue(field.key, value as never)}
                error={form.errors[field.key]}
              />
              {field.help && <p className={styles.note}>{field.help}</p>}
            </div>
          ))}
        </Fieldset>
      </Section>
      <Meanwhile
        edit={edit}
        labelOf={(key) => fieldOf(key)?.label ?? key}
        textOf={(key, one) => fieldText(t, fieldOf(key) ?? { type: 'text' }, one[key])}
      />
      <SaveBar dirty={edit.dirty} busy={busy} onDiscard={discard} />
    </form>
  );
}
