import { useTranslation } from 'react-i18next';
import { CodeBlock } from './CodeBlock';
import styles from './Webhooks.module.css';

/** What the other side said, as far as it is kept. */
export function Answer({ text }: { text: string | null }) {
  const { t } = useTranslation();
  return text ? (
    <CodeBlock label={t('webhooks.answer')} text={text} />
  ) : (
    <p className={styles.quiet}>{t('webhooks.noAnswer')}</p>
  );
}
