import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { HUES, type Hue } from '@/lib/hues';
import styles from './HuePicker.module.css';

interface HuePickerProps {
  label: string;
  value: Hue;
  onChange: (hue: Hue) => void;
}

/** The nine hues, as radio buttons. */
export function HuePicker({ label, value, onChange }: HuePickerProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.picker}>
      <legend className={styles.legend}>{label}</legend>
      {HUES.map((hue) => (
        <label key={hue} className={styles.hue} data-hue={hue} title={t(`ui.hue.${hue}`)}>
          <input
            type="radio"
            name="hue"
            value={hue}
            aria-label={t(`ui.hue.${hue}`)}
            checked={hue === value}
            onChange={() => onChange(hue)}
          />
          {hue === value && <IconCheck size={15} stroke={2.2} aria-hidden />}
        </label>
      ))}
    </fieldset>
  );
}
