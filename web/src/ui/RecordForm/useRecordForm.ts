import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError } from '@/api/errors';
import type { RecordRow } from '@/api/records';
import type { MetaField } from '@/api/types';
import { useEdit } from '@/ui/Edit/useEdit';
import { filledIn, isEmpty, type FormValues } from '@/ui/Edit/values';
import { check } from './check';
import { initialValues } from './formValues';
import { problemText } from './problemText';

// Long enough to finish "@exemplo.com.br", short enough to be told while still at the field.
const PAUSE_MS = 600;

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
  const { t } = useTranslation();
  const valuesOf = useCallback((row?: RecordRow) => initialValues(fields, row), [fields]);
  const [values, setValues] = useState<FormValues>(() => valuesOf(record));
  const edit = useEdit({ live: record, valuesOf, values, write: setValues, fetch });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const timers = useRef(new Map<string, number>());
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => window.clearTimeout(timer));
  }, []);

  const tell = (field: MetaField, value: unknown) => {
    const problem = check(field, value);
    setErrors(({ [field.key]: _, ...rest }) =>
      problem ? { ...rest, [field.key]: problemText(t, field, problem) } : rest,
    );
  };
  const change = (field: MetaField, value: unknown) => {
    setValues((before) => ({ ...before, [field.key]: value }));
    window.clearTimeout(timers.current.get(field.key));
    if (check(field, value) === null) return tell(field, value);
    timers.current.set(
      field.key,
      window.setTimeout(() => tell(field, value), PAUSE_MS),
    );
  };
  const leave = (field: MetaField, value: unknown) => {
    window.clearTimeout(timers.current.get(field.key));
    if (!isEmpty(value) || field.key in errors) tell(field, value);
  };
  const focus = (key: string | undefined) => {
    if (!key) return;
    const selector = `[data-field="${CSS.escape(key)}"] :is(input, textarea, button)`;
    form.current?.querySelector<HTMLElement>(selector)?.focus();
  };
  const reset = () => {
    setValues(edit.initial);
    setErrors({});
    setFailure(null);
  };

  const submit = async () => {
    if (busy) return;
    timers.current.forEach((timer) => window.clearTimeout(timer));
    const wrong = fields.flatMap((field) => {
      const problem = check(field, values[field.key]);
      return problem ? [[field.key, problemText(t, field, problem)] as const] : [];
    });
    setErrors(Object.fromEntries(wrong));
    setFailure(null);
    if (wrong.length > 0) return focus(wrong[0]![0]);
    setBusy(true);
    try {
      if (record) await edit.save((changes, from) => save(changes, from?.version));
      else await save(filledIn(values, edit.initial));
    } catch (error) {
      const problem = asApiError(error);
      const known = problem.errors.filter(({ field }) => field in values);
      setErrors(Object.fromEntries(known.map(({ field, message }) => [field, message])));
      setFailure(problem);
      focus(known[0]?.field);
    } finally {
      setBusy(false);
    }
  };
  return { edit, form, values, errors, failure, busy, change, leave, reset, submit };
}
