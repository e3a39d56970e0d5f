import type { ApiError } from '@/api/errors';
import styles from './FormAlert.module.css';

/** Why a form was refused, in one sentence above its fields. */
export function FormAlert({ error, text }: { error: ApiError | null; text?: string }) {
  if (!error) return null;
  return (
    <p role="alert" className={styles.alert}>
      {text ?? error.message}
    </p>
  );
}
