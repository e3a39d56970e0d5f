import { Radio } from '@mantine/core';
import { IconFileSpreadsheet, IconFileTypeCsv, IconFileTypePdf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '@/api/exports';
import styles from './Export.module.css';

const FORMATS = [
  { value: 'xlsx', Icon: IconFileSpreadsheet },
  { value: 'csv', Icon: IconFileTypeCsv },
  { value: 'pdf', Icon: IconFileTypePdf },
] as const;

interface FormatCardsProps {
  value: ExportFormat;
  onChange: (format: ExportFormat) => void;
}

export function FormatCards({ value, onChange }: FormatCardsProps) {
  const { t } = useTranslation();
  const choose = (next: string) => {
    const found = FORMATS.find((format) => format.value === next);
    if (found) onChange(found.value);
  };
  return (
    <Radio.Group label={t('exports.format')} value={value} onChange={choose}>
      <div className={styles.formats}>
        {FORMATS.map(({ value: format, Icon }) => (
          <Radio.Card key={format} value={format} className={styles.format}>
            <span className={styles.name}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {t(`exports.formats.${format}.name`)}
            </span>
            <div className={styles.about}>{t(`exports.formats.${format}.about`)}</div>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
