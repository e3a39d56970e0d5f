import { TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBtn } from '@/ui/IconBtn';
import styles from './EntityTable.module.css';

const PAUSE_MS = 250;

interface SearchBoxProps {
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
}

/** Asks while one types, after a pause. */
export function SearchBox({ value, placeholder, onChange }: SearchBoxProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  const timer = useRef(0);
  // "Limpar filtros" and the back button change the address; letters being typed win over both.
  if (value !== sent) {
    setSent(value);
    setTyped(value);
  }
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const change = (text: string, pause: number) => {
    setTyped(text);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      setSent(text.trim());
      onChange(text.trim());
    }, pause);
  };
  return (
    <TextInput
      type="search"
      className={styles.search}
      aria-label={placeholder}
      placeholder={placeholder}
      leftSection={<IconSearch size={15} stroke={1.8} />}
      rightSection={
        typed && (
          <IconBtn
            label={t('ui.clear')}
            tooltip={false}
            className={styles.clear}
            onClick={() => change('', 0)}
          >
            <IconX size={14} stroke={2} />
          </IconBtn>
        )
      }
      value={typed}
      onChange={(event) => change(event.currentTarget.value, PAUSE_MS)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') change(typed, 0);
      }}
    />
  );
}
