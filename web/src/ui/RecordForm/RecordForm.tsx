import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { linkedIn, valueOf } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { Meanwhile } from '@/ui/Edit/Meanwhile';
import type { FormValues } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import { fieldText } from '@/ui/fieldText';
import { FormAlert } from '@/ui/FormAlert';
import { Foreseen } from './Foreseen';
import { FormField } from './FormField';
import { sectionsOf } from './formValues';
import styles from './RecordForm.module.css';
import type { useRecordForm } from './useRecordForm';

interface RecordFormProps {
  label: string;
  entity: MetaEntity;
  fields: MetaField[];
  state: ReturnType<typeof useRecordForm>;
  /** What stands below a field: "Já existe um cliente com este e-mail". */
  hint?: (key: string, values: FormValues) => ReactNode;
  onCancel: () => void;
}

/** A form drawn from the declaration: every type of field, custom ones too. */
export function RecordForm(props: RecordFormProps) {
  const { label, entity, fields, state, hint, onCancel } = props;
  const { t, i18n } = useTranslation();
  const { form, values, failure, busy, reset, submit } = state;
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
                  data-wide={typeOf(field).wide || field.key === first || undefined}
                >
                  <FormField field={field} state={state} autoFocus={field.key === first} />
                  {hint?.(field.key, values)}
                </div>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <RecordMeanwhile entity={entity} fields={fields} edit={state.edit} />
      <Foreseen entity={entity} state={state} />
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

export type MeanwhileProps = Pick<RecordFormProps, 'entity' | 'fields'> & {
  edit: RecordFormProps['state']['edit'];
};

export function RecordMeanwhile({ entity, fields, edit }: MeanwhileProps) {
  const { t } = useTranslation();
  const titleIn = (key: string, row: object) => () =>
    linkedIn(row, fieldOf(key)!, valueOf(row, key))?.title ?? undefined;
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  return (
    <Meanwhile
      edit={edit}
      of={entity}
      labelOf={(key) => fieldOf(key)?.label ?? key}
      textOf={(key, row) => fieldText(t, fieldOf(key)!, valueOf(row, key), titleIn(key, row))}
      changeOf={(key, from, to) => {
        const field = fieldOf(key)!;
        const { Change } = typeOf(field);
        return Change && <Change field={field} from={valueOf(from, key)} to={valueOf(to, key)} />;
      }}
    />
  );
}
