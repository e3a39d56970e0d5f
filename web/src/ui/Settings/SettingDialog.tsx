import type { UseFormReturnType, FormErrors, FormRulesRecord } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/entities';
import { useEditForm } from '@/ui/Edit/useEditForm';
import type { FormValues } from '@/ui/Edit/values';
import { FormDialog } from '@/ui/FormDialog';
import { toast } from '@/ui/toast';
import { SettingMeanwhile } from './SettingMeanwhile';

interface Versioned {
  id: string;
  version?: number;
}

interface SettingDialogProps<R extends Versioned, V extends FormValues> {
  title: string;
  kind: Kind;
  /** As it stands now, kept by the socket. Absent: a new one. */
  live: R | undefined;
  valuesOf: (record: R | undefined) => V;
  validate: FormRulesRecord<V> | ((values: V) => FormErrors);
  /** Of those that can be changed: as the server has it. */
  get?: (id: string) => Promise<R>;
  create: (values: V) => Promise<unknown>;
  change?: (id: string, changes: Partial<V>, version?: number) => Promise<unknown>;
  /** What is asked for again when it is saved. */
  stale: (readonly unknown[])[];
  /** Told when it is saved, where "Salvo" is too little. */
  said?: (values: V) => string;
  /** What the fields are called, and how their values are, when others changed them meanwhile. */
  labels?: Record<string, string>;
  texts?: Record<string, (value: unknown) => string | undefined>;
  onClose: () => void;
  children: (form: UseFormReturnType<V>) => ReactNode;
}

/** Makes or changes one setting over its list: guarded, merged with what others did, told by field. */
export function SettingDialog<R extends Versioned, V extends FormValues>(
  props: SettingDialogProps<R, V>,
) {
  const { title, kind, live, valuesOf, validate, get, create, change, stale, said } = props;
  const { labels = {}, texts, onClose, children } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const saved = async (text: string) => {
    for (const queryKey of stale) await client.invalidateQueries({ queryKey });
    toast.done(text);
    onClose();
  };
  const { form, edit, busy, failure, submit } = useEditForm<R, V>({
    live,
    valuesOf,
    validate,
    fetch: live && get && (() => get(live.id)),
    create: async (values) => {
      await create(values);
      await saved(said?.(values) ?? t('ui.saved'));
    },
    change: async (changes, { id, version }) => {
      await change?.(id, changes, version);
      await saved(t('ui.saved'));
    },
  });
  return (
    <FormDialog
      title={title}
      busy={busy}
      dirty={edit.dirty}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
      meanwhile={<SettingMeanwhile edit={edit} of={kind} labels={labels} texts={texts} />}
    >
      {children(form)}
    </FormDialog>
  );
}
