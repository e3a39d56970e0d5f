import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { FormAlert } from '@/ui/FormAlert';
import { FieldInput } from './FieldInput';
import { sectionsOf, type FormValues } from './formValues';
import styles from './RecordForm.module.css';
import type { useRecordForm } from './useRecordForm';

interface RecordFormProps {
  label: string;
  fields: MetaField[];
  state: ReturnType<typeof useRecordForm>;
  /** What stands below a field: "Já existe um cliente com este e-mail". */
  hint?: (key: string, values: FormValues) => ReactNode;
  onCancel: () => void;
}

/** A form drawn from the declaration: every type of field, custom ones too. */
export function RecordForm({ label, fields, state, hint, onCancel }: RecordFormProps) {
  const { t, i18n } = useTranslation();
  const { form, values, errors, failure, busy, change, leave, reset, submit } = state;
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  const heading = (name: string) =>
    i18n.exists(`records.section.${name}`) ? t(`records.section.${name}`) : name;
  const first = fields[0]?.key;
  return (
    <form
      ref={form}
      aria-label={label}
      className={styles.form}
      onSubmit={send}
      onKeyDown={keys}
      noValidate
    >
      <div className={styles.fields}>
        <FormAlert error={failure} />
        {sectionsOf(fields).map((section) => (
          <fieldset key={section.name} className={styles.section}>
            <legend className={styles.legend}>{heading(section.name)}</legend>
            <div className={styles.grid}>
              {section.fields.map((field) => (
                <div
                  key={field.key}
                  className={styles.field}
                  data-field={field.key}
                  data-wide={WIDE.has(field.type) || field.key === first || undefined}
                >
                  <FieldInput
                    field={field}
                    value={values[field.key]}
                    error={errors[field.key]}
                    autoFocus={field.key === first}
                    onChange={(value) => change(field, value)}
                    onBlur={() => leave(field, values[field.key])}
                  />
                  {hint?.(field.key, values)}
                </div>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <footer className={styles.buttons}>
        <Button variant="subtle" color="gray" onClick={reset} disabled={busy}>
          {t('ui.clear')}
        </Button>
        <span className={styles.gap} />
        <Button variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('ui.save')}
        </Button>
      </footer>
    </form>
  );
}

const WIDE = new Set(['long_text', 'tags', 'links', 'url', 'multiselect', 'choices']);
