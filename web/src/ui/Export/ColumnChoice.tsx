import { Checkbox, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { num } from '@/lib/format';
import type { Which } from './columnChoice';
import styles from './Export.module.css';

const WAYS: Which[] = ['visible', 'all', 'chosen'];

interface ColumnChoiceProps {
  fields: MetaField[];
  visible: number;
  which: Which;
  chosen: string[];
  onWhich: (which: Which) => void;
  onChosen: (keys: string[]) => void;
}

/** Those that the list shows, all that there are, or each by itself. */
export function ColumnChoice(props: ColumnChoiceProps) {
  const { fields, visible, which, chosen, onWhich, onChosen } = props;
  const { t } = useTranslation();
  const count = { visible: num(visible), all: num(fields.length), chosen: num(chosen.length) };
  return (
    <div role="group" aria-label={t('exports.columns.label')}>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={t('exports.columns.label')}
        value={which}
        onChange={(next) => onWhich(WAYS.find((way) => way === next) ?? 'visible')}
        data={WAYS.map((way) => ({
          value: way,
          label: t(`exports.columns.${way}`, { number: count[way] }),
        }))}
      />
      {which === 'chosen' && (
        <Checkbox.Group value={chosen} onChange={onChosen} aria-label={t('exports.columns.label')}>
          <div className={styles.columns}>
            {fields.map(({ key, label }) => (
              <Checkbox key={key} value={key} label={label} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </div>
  );
}
