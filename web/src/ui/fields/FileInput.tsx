import { Button, Input } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { uploadFile } from '@/api/files';
import type { MetaField } from '@/api/types';
import { num, percent } from '@/lib/format';
import styles from '@/ui/files/Files.module.css';
import { acceptOf } from '@/ui/files/kinds';
import { useFiled } from './FileShown';
import type { TypeInputProps } from './type';

// As the server counts its limits.
const MEGABYTE = 1024 * 1024;

/** Sends what is chosen; the record takes it when it is saved. */
function useChosen(field: MetaField, onChange: (value: unknown) => void) {
  const { t } = useTranslation();
  const [part, setPart] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    if (field.max && file.size > field.max) {
      return setProblem(t('records.files.tooLarge', { limit: `${num(field.max / MEGABYTE)} MB` }));
    }
    setPart(0);
    try {
      onChange((await uploadFile(file, { onProgress: setPart })).id);
    } catch (error) {
      const refusal = asApiError(error);
      setProblem(refusal.errors[0]?.message ?? refusal.message);
    }
    setPart(null);
  };
  return { part, problem, choose };
}

export function FileInput({ field, shared, value, onChange, of }: TypeInputProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { part, problem, choose } = useChosen(field, onChange);
  const file = useFiled({ field, value, of });
  const { label, error, withAsterisk, 'aria-label': name, onKeyDown } = shared;
  const called = name ?? (typeof label === 'string' ? label : field.label);
  return (
    <Input.Wrapper
      label={label}
      error={problem ?? error}
      withAsterisk={withAsterisk}
      labelElement="div"
    >
      <div className={styles.chosen} role="group" aria-label={called} onKeyDown={onKeyDown}>
        {value ? <span className={styles.name}>{file?.name ?? '…'}</span> : null}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPaperclip size={14} stroke={1.7} />}
          aria-busy={part !== null}
          onClick={() => part === null && input.current?.click()}
        >
          {part !== null
            ? t('records.files.part', { part: percent(part) })
            : t(value ? 'records.files.replace' : 'records.files.chooseOne')}
        </Button>
        {Boolean(value) && !withAsterisk && (
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(null)}>
            {t('records.files.remove')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          aria-label={called}
          accept={acceptOf(field.accepts)}
          onChange={({ currentTarget }) => {
            void choose(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
    </Input.Wrapper>
  );
}
