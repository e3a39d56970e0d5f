import { useForm, type FormErrors, type FormRulesRecord } from '@mantine/form';
import { useSubmit } from '@/ui/useSubmit';
import { useEdit } from './useEdit';
import type { FormValues } from './values';

interface EditFormOptions<R, V extends FormValues> {
  /** As it stands now. Absent: something new. */
  live: R | undefined;
  valuesOf: (record: R | undefined) => V;
  validate?: FormRulesRecord<V> | ((values: V) => FormErrors);
  page?: boolean;
  /** Asked when somebody was faster. */
  fetch?: () => Promise<R>;
  create?: (values: V) => Promise<unknown>;
  /** Gets what was touched; what it gives back is where the edit goes on from. */
  change: (changes: Partial<V>, from: R) => Promise<R | void>;
}

/** A written form that makes something, or edits what others may change meanwhile. */
export function useEditForm<R extends { version?: number }, V extends FormValues>(
  options: EditFormOptions<R, V>,
) {
  const { live, valuesOf, validate, page, fetch, create, change } = options;
  const form = useForm<V>({ initialValues: valuesOf(live), validate });
  const write = (values: FormValues) => form.setValues(values as V);
  const edit = useEdit({ live, valuesOf, values: form.values, write, page, fetch });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    if (!live) return create?.(values);
    await edit.save(async (changes, from) => {
      const saved = await change(changes as Partial<V>, from as R);
      if (saved) edit.settle(saved);
    });
  });
  const discard = () => {
    if (edit.seen) edit.settle(edit.seen);
    form.clearErrors();
  };
  return { form, edit, busy, failure, submit, discard };
}
