import { Button, Input, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './SecretInput.module.css';
import { isSet } from './secrets';
import type { TypeInputProps } from './type';

const KEPT = { set: true };

/** What is there is told, not shown: it is replaced or removed, and stays until one of them is said. */
export function SecretInput({ shared, value, onChange }: TypeInputProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // Nothing typed is nothing said, where something is there.
  const [replaces, setReplaces] = useState(false);
  if (!isSet(value) || open) {
    return (
      <PasswordInput
        {...shared}
        autoFocus={shared.autoFocus || open}
        autoComplete="new-password"
        placeholder={replaces ? t('records.secret.new') : undefined}
        value={typeof value === 'string' ? value : ''}
        onChange={({ currentTarget: { value: typed } }) =>
          onChange(typed === '' && replaces ? KEPT : typed)
        }
        onBlur={(event) => {
          setOpen(false);
          shared.onBlur?.(event);
        }}
      />
    );
  }
  const replace = () => {
    setReplaces(true);
    setOpen(true);
  };
  const remove = () => {
    setReplaces(false);
    onChange(null);
  };
  const { label, error, withAsterisk, 'aria-label': name } = shared;
  return (
    <Input.Wrapper label={label} error={error} withAsterisk={withAsterisk} labelElement="div">
      <div
        className={styles.kept}
        role="group"
        aria-label={name ?? (typeof label === 'string' ? label : undefined)}
      >
        <span className={styles.word}>{t('records.secret.set')}</span>
        <Button size="compact-sm" variant="default" onClick={replace}>
          {t('records.secret.replace')}
        </Button>
        {!withAsterisk && (
          <Button size="compact-sm" variant="subtle" onClick={remove}>
            {t('records.secret.remove')}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  );
}
