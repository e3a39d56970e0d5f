import { Popover } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDate, parseDateTime, writeDate, writeDateTime } from '@/lib/dates';
import { datePattern } from '@/lib/format';
import { IconBtn } from '@/ui/IconBtn';
import styles from './DateField.module.css';
import { TypedInput, type TypedInputProps } from './TypedInput';

// The calendar weighs more than the form around it: it comes when somebody opens it.
const Calendar = lazy(() => import('./Calendar'));

interface DateFieldProps extends Omit<TypedInputProps<string>, 'read' | 'write'> {
  /** 2026-11-24, or with a time 2026-11-24T09:30 on the company's clock. */
  type: 'date' | 'datetime' | string;
  /** In a popover, which would close at a click outside of it. */
  inside?: boolean;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d)?$/;

function written(value: unknown, timed: boolean): string {
  if (typeof value !== 'string') return '';
  const [, day, time] = MOMENT.exec(value) ?? [];
  if (!day) return value;
  return timed ? writeDateTime(day + (time ?? 'T00:00')) : writeDate(day);
}

/** A date as people type it in their language, or chosen from a calendar. */
export function DateField({ type, value, onChange, inside, ...rest }: DateFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState(false);
  const timed = type === 'datetime';
  const [, day, time] = MOMENT.exec(String(value ?? '')) ?? [];
  const choose = (chosen: string) => {
    onChange(timed ? chosen + (time ?? 'T00:00') : chosen);
    setOpened(false);
    // Back to where one types: Enter there saves.
    input.current?.focus();
  };
  const calendar = (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      withinPortal={!inside}
      trapFocus
    >
      <Popover.Target>
        <IconBtn
          label={t('ui.calendar.open')}
          tooltip={false}
          // Typing needs no second stop; from the keyboard it is Alt and the arrow down.
          tabIndex={-1}
          className={styles.button}
          onClick={() => setOpened((before) => !before)}
        >
          <IconCalendar size={16} stroke={1.7} />
        </IconBtn>
      </Popover.Target>
      <Popover.Dropdown
        aria-label={t('ui.calendar.label')}
        data-belongs-to-field
        // Esc closes the calendar, and not the drawer around it.
        data-mantine-stop-propagation
        onKeyDownCapture={(event) => {
          if (event.key === 'Escape') input.current?.focus();
        }}
        className={styles.dropdown}
      >
        <Suspense fallback={<div className={styles.soon} />}>
          <Calendar day={day ?? null} onChoose={choose} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
  return (
    <TypedInput
      placeholder={datePattern() + (timed ? ' hh:mm' : '')}
      inputMode={timed ? undefined : 'numeric'}
      rightSection={calendar}
      {...rest}
      ref={input}
      value={value}
      onChange={onChange}
      read={timed ? parseDateTime : parseDate}
      write={(one) => written(one, timed)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' || !event.altKey) return rest.onKeyDown?.(event);
        event.preventDefault();
        setOpened(true);
      }}
    />
  );
}
