import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/api/errors';
import styles from './FormAlert.module.css';

/** Why a form was refused, in one sentence above its fields. */
export function FormAlert({ error, text }: { error: ApiError | null; text?: string }) {
  const { t } = useTranslation();
  if (!error) return null;
  const said = text ?? (error.offline ? t('ui.error.offline.title') : error.message);
  return (
    <p role="alert" className={styles.alert}>
      {said}
    </p>
  );
}
