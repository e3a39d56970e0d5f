import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { num } from '@/lib/format';
import { check } from '@/ui/RecordForm/check';
import { FieldInput } from '@/ui/RecordForm/FieldInput';
import { problemText } from '@/ui/RecordForm/problemText';
import { asCell, inEditor } from './corrections';
import styles from './Mending.module.css';

interface MendEditorProps {
  field: MetaField;
  value: string;
  /** Other cells with this value. */
  others: number;
  onSave: (text: string, all: boolean) => void;
  onCancel: () => void;
}

/** The field's own input: Enter saves, Esc leaves the cell as it is. */
export function MendEditor({ field, value, others, onSave, onCancel }: MendEditorProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => inEditor(field, value));
  const [all, setAll] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLInputElement>('input, textarea')?.select();
  }, []);
  const save = () => {
    const problem = check(field, typed);
    if (problem) setError(problemText(t, field, problem));
    else onSave(asCell(typed), all);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <form
      noValidate
      className={styles.editor}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {others > 0 && (
        <Checkbox
          size="xs"
          className={styles.all}
          label={t('imports.mend.all', { count: others, number: num(others) })}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
      <div ref={box} className={styles.input}>
        <FieldInput
          field={field}
          value={typed}
          error={error}
          bare
          opened
          autoFocus
          onChange={(next) => {
            setTyped(next);
            setError(null);
          }}
        />
      </div>
      <Button size="xs" type="submit">
        {t('ui.save')}
      </Button>
      <Button size="xs" variant="subtle" onClick={onCancel}>
        {t('ui.cancel')}
      </Button>
    </form>
  );
}
