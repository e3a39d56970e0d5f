import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { fromInput } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import { check } from './check';
import { FieldInput } from './FieldInput';
import { toInput } from './formValues';
import styles from './InlineEditor.module.css';
import { problemText } from './problemText';

export type After = 'stay' | 'next' | 'previous';

export interface InlineEditorProps {
  field: MetaField;
  value: unknown;
  onSave: (value: unknown, after: After) => void;
  onCancel: () => void;
}

const DROP_DOWNS = '[role="listbox"], [data-belongs-to-field]';

/** Edits one value where it stands: Enter or leaving saves, Esc takes it back. */
export function InlineEditor({ field, value, onSave, onCancel }: InlineEditorProps) {
  const { t } = useTranslation();
  const start = toInput(field, value);
  const [typed, setTyped] = useState<unknown>(start);
  const [error, setError] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const done = useRef(false);
  useEffect(() => {
    const input = box.current?.querySelector<HTMLInputElement>('input, textarea');
    input?.focus();
    if (input?.type === 'text') input.select();
  }, []);

  const finish = (next: unknown, after: After) => {
    if (done.current) return;
    if (JSON.stringify(fromInput(next)) === JSON.stringify(fromInput(start)) && after === 'stay') {
      done.current = true;
      return onCancel();
    }
    const problem = check(field, next);
    if (problem) return setError(problemText(t, field, problem));
    done.current = true;
    onSave(fromInput(next), after);
  };
  const change = (next: unknown) => {
    setTyped(next);
    setError(null);
    if (typeOf(field).atOnce) finish(next, 'stay');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const open = event.currentTarget.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape') {
      event.preventDefault();
      done.current = true;
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey && !(open && choosing(field, event))) {
      if (typeOf(field).multiline && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      finish(typed, 'stay');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      finish(typed, event.shiftKey ? 'previous' : 'next');
    }
  };
  const leave = () =>
    window.setTimeout(() => {
      const active = document.activeElement;
      // A drop-down lives elsewhere in the page, and belongs to the field all the same.
      const inside = box.current?.contains(active) || active?.closest(DROP_DOWNS);
      if (!inside) finish(latest.current, 'stay');
    }, 0);
  const latest = useRef(typed);
  useEffect(() => {
    latest.current = typed;
  });
  return (
    <div
      ref={box}
      className={styles.editor}
      onBlur={leave}
      // The grid around has keys of its own. (Stopping earlier would silence the input itself.)
      onKeyDown={(event) => event.stopPropagation()}
    >
      <FieldInput
        field={field}
        value={typed}
        error={error}
        bare
        opened
        onChange={change}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** Enter belongs to the open list, as long as something is typed or marked in it. */
function choosing(field: MetaField, { currentTarget }: KeyboardEvent<HTMLElement>): boolean {
  const { several, atOnce = false } = typeOf(field);
  if (!several) return atOnce;
  const typed = currentTarget instanceof HTMLInputElement && currentTarget.value !== '';
  return typed || currentTarget.hasAttribute('aria-activedescendant');
}
