import { TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, asApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { CopyField } from '@/ui/CopyField';
import { FormDialog } from '@/ui/FormDialog';
import { FieldInput } from '@/ui/RecordForm/FieldInput';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import styles from './Connections.module.css';
import { configure, rename, type Card, type Connection } from './queries';

interface ConnectionDialogProps {
  card: Card;
  connection: Connection;
  onClose: () => void;
}

const PLACE = 'settings.';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The problems of `settings.clientId` belong to the field `clientId` of this form. */
function ofFields(error: unknown): ApiError {
  const { status, code, message, errors, requestId } = asApiError(error);
  const fields = errors.map((one) => ({ ...one, field: one.field.replace(PLACE, '') }));
  return new ApiError({ status, code, title: message, errors: fields, requestId: requestId ?? '' });
}

/** What a connection is called, and the settings that its integration declares. */
export function ConnectionDialog({ card, connection, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kept = isObject(connection.settings) ? connection.settings : {};
  const form = useForm<Record<string, unknown>>({
    initialValues: {
      name: connection.name,
      ...Object.fromEntries(card.fields.map(({ key }) => [key, kept[key] ?? null])),
    },
    validate: { name: isNotEmpty(t('connections.nameMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ name, ...values }) => {
    try {
      if (form.isDirty()) await configure(connection.id, values);
      if (name !== connection.name) await rename(connection.id, String(name));
    } catch (error) {
      throw ofFields(error);
    }
    await client.invalidateQueries({ queryKey: keys.lists('connection') });
    toast.done(t('ui.saved'));
    onClose();
  });
  return (
    <FormDialog
      title={connection.name}
      busy={busy}
      dirty={form.isDirty()}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('connections.name')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('name')}
      />
      {card.fields.map((field) => (
        <div key={field.key}>
          <FieldInput
            field={field}
            value={form.values[field.key]}
            onChange={(value) => form.setFieldValue(field.key, value)}
            error={form.errors[field.key]}
          />
          {field.help && <p className={styles.help}>{field.help}</p>}
        </div>
      ))}
      {card.callbackUrl && (
        <CopyField
          label={t('connections.app.callback')}
          text={t('connections.app.callbackText')}
          value={card.callbackUrl}
          action={t('ui.copy')}
        />
      )}
    </FormDialog>
  );
}
