import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Import.module.css';

const STEPS = ['file', 'map', 'check', 'progress'] as const;

export function Steps({ current }: { current: number }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.steps} aria-label={t('imports.steps.label')}>
      {STEPS.map((name, index) => {
        const number = index + 1;
        return (
          <li
            key={name}
            className={styles.step}
            aria-current={number === current ? 'step' : undefined}
            data-done={number < current || undefined}
          >
            <span className={styles.number}>
              {number < current ? <IconCheck size={14} stroke={2.2} aria-hidden /> : number}
            </span>
            <span className={styles.stepName}>{t(`imports.steps.${name}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
