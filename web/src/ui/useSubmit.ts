import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { asApiError, type ApiError } from '@/api/errors';

/** Sends a form: the server's messages go to their fields, the first one gets the focus. */
export function useSubmit<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  action: (values: Values) => Promise<unknown>,
) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);

  const send = async (values: Values) => {
    setBusy(true);
    setFailure(null);
    try {
      await action(values);
    } catch (error) {
      const problem = asApiError(error);
      const known = problem.errors.filter(({ field }) => field in values);
      if (known.length > 0) {
        form.setErrors(Object.fromEntries(known.map(({ field, message }) => [field, message])));
        form.getInputNode(known[0]!.field)?.focus();
      }
      // Also with field messages: the summary is what a screen reader hears.
      setFailure(problem);
    } finally {
      setBusy(false);
    }
  };

  const submit = form.onSubmit(
    (values) => void send(values),
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus(),
  );
  return { busy, failure, submit };
}
