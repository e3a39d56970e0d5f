import { Button } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/pt-br';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSettings, isoDay } from '@/lib/format';
import { useSmallScreen } from '@/lib/useSmallScreen';
import styles from './DateField.module.css';

interface CalendarProps {
  day: string | null;
  onChoose: (day: string) => void;
}

const WORDS = [
  ...['monthLevelControl', 'yearLevelControl', 'nextMonth', 'previousMonth', 'nextYear'],
  ...['previousYear', 'nextDecade', 'previousDecade'],
];

/** A month to choose a day from; years and decades by its heading. */
export default function Calendar({ day, onChoose }: CalendarProps) {
  const { t } = useTranslation();
  const small = useSmallScreen();
  const today = isoDay(new Date());
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where the arrows start from; the days were not there yet when the calendar opened.
    const at = box.current?.querySelector<HTMLElement>('[data-selected], [data-today]');
    at?.focus();
  }, []);
  return (
    <div ref={box}>
      <DatePicker
        value={day}
        defaultDate={day ?? today}
        onChange={(chosen) => onChoose(chosen ?? today)}
        locale={formatSettings().locale.toLowerCase()}
        firstDayOfWeek={0}
        weekdayFormat="ddd"
        weekendDays={[]}
        hideOutsideDates
        size={small ? 'md' : 'sm'}
        __stopPropagation
        ariaLabels={Object.fromEntries(WORDS.map((word) => [word, t(`ui.calendar.${word}`)]))}
      />
      <div className={styles.today}>
        <Button
          size="xs"
          variant="subtle"
          data-mantine-stop-propagation
          onClick={() => onChoose(today)}
        >
          {t('ui.calendar.today')}
        </Button>
      </div>
    </div>
  );
}
