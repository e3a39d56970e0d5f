import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconBtn } from '@/ui/IconBtn';
import styles from './Webhooks.module.css';

/** Text of machines, to read and to take along. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <section className={styles.code}>
      <header className={styles.codeHead}>
        <h3>{label}</h3>
        <IconBtn
          label={clipboard.copied ? t('ui.copied') : t('webhooks.copyOf', { what: label })}
          onClick={() => clipboard.copy(text)}
        >
          <Icon size={15} stroke={1.8} />
        </IconBtn>
      </header>
      <pre tabIndex={0} aria-label={label} role="region">
        {text}
      </pre>
    </section>
  );
}
