import { useCallback, useRef, useState } from 'react';
import { asApiError, type ApiError } from '@/api/errors';
import type { RecordRow } from '@/api/records';
import type { MetaField } from '@/api/types';
import { useEdit } from '@/ui/Edit/useEdit';
import { filledIn, type FormValues } from '@/ui/Edit/values';
import { initialValues } from './formValues';
import { useProblems } from './useProblems';

export interface RecordFormOptions {
  fields: MetaField[];
  /** As it stands now; absent: a new record. */
  record?: RecordRow;
  fetch?: () => Promise<RecordRow>;
  /** Gets what was filled in or touched, and the version that it was made from. */
  save: (values: FormValues, version?: number) => Promise<unknown>;
}

/** The state of a form drawn from the declaration. */
export function useRecordForm({ fields, record, fetch, save }: RecordFormOptions) {
  const valuesOf = useCallback((row?: RecordRow) => initialValues(fields, row), [fields]);
  const [values, setValues] = useState<FormValues>(() => valuesOf(record));
  const edit = useEdit({ live: record, valuesOf, values, write: setValues, fetch });
  const { errors, edited, left, checkAll, refused, forget } = useProblems(fields);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const change = (field: MetaField, value: unknown) => {
    setValues((before) => ({ ...before, [field.key]: value }));
    edited(field, values[field.key], value);
  };
  const focus = (place: string | undefined) => {
    if (!place) return;
    const selector = `[data-field="${CSS.escape(place)}"] :is(input, textarea, button)`;
    form.current?.querySelector<HTMLElement>(selector)?.focus();
  };
  const reset = () => {
    setValues(edit.initial);
    forget();
    setFailure(null);
  };

  const submit = async () => {
    if (busy) return;
    setFailure(null);
    const wrong = checkAll(values);
    if (wrong) return focus(wrong);
    setBusy(true);
    let sent = values;
    const send = (changes: FormValues, version?: number) => {
      sent = { ...values, ...changes };
      return save(changes, version);
    };
    try {
      if (record) await edit.save((changes, from) => send(changes, from?.version));
      else await send(filledIn(values, edit.initial));
    } catch (error) {
      const problem = asApiError(error);
      const first = refused(problem.errors, sent);
      setFailure(problem);
      focus(first);
    } finally {
      setBusy(false);
    }
  };
  return { edit, form, values, errors, failure, busy, change, leave: left, reset, submit };
}
