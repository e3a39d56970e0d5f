import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Board.module.css';
import type { Pipeline } from './queries';

interface PipelinePickerProps {
  pipelines: Pipeline[];
  value: string;
  onPick: (id: string) => void;
}

export function PipelinePicker({ pipelines, value, onPick }: PipelinePickerProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      className={styles.picker}
      aria-label={t('sales.board.pipeline')}
      data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      allowDeselect={false}
      onChange={(id) => id && onPick(id)}
    />
  );
}
