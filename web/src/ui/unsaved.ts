import { useEffect, useState } from 'react';
import { signal, useSignal } from '@/lib/signal';

/** The forms on the screen whose work would be lost now. */
const unsaved = new Set<object>();
export const hasUnsaved = () => unsaved.size > 0;

/** The question that stands on the screen, as what wants its answer. */
export const question = signal<((leave: boolean) => void) | null>(null);

function ask(): Promise<boolean> {
  question.get()?.(false);
  return new Promise((resolve) =>
    question.set((leave) => {
      question.set(null);
      resolve(leave);
    }),
  );
}

/** Whether the whole page may go: asks when something on it is not saved. */
export async function mayLeave(): Promise<boolean> {
  if (!hasUnsaved()) return true;
  const leave = await ask();
  if (leave) unsaved.clear();
  return leave;
}

/** Guards one form, on every way out: the page's, the tab's, and its own by `leave`. */
export function useUnsaved(dirty: boolean) {
  const [form] = useState(() => ({}));
  const asking = useSignal(question) !== null;
  useEffect(() => {
    if (dirty) unsaved.add(form);
    return () => void unsaved.delete(form);
  }, [form, dirty]);

  const leave = async (go: () => void) => {
    if (unsaved.has(form) && !(await ask())) return;
    unsaved.delete(form);
    go();
  };
  return { leave: (go: () => void) => void leave(go), asking };
}
