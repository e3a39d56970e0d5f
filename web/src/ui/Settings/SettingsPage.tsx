import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { PageHeader } from '@/ui/PageHeader';
import styles from './Settings.module.css';

interface SettingsPageProps {
  title: string;
  text?: string;
  action?: ReactNode;
  /** Of a page that another page of the settings leads to. */
  parent?: { label: string; to: string };
  children: ReactNode;
}

export function SettingsPage({ title, text, action, parent: from, children }: SettingsPageProps) {
  const { t } = useTranslation();
  // Beside the list of settings there is no way back to show.
  const alone = useSmallScreen();
  const list = alone ? { label: t('settings.title'), to: '/config' } : undefined;
  const parent = from ?? list;
  return (
    <div className={styles.page}>
      <PageHeader title={title} parent={parent}>
        {action}
      </PageHeader>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
        <div className={styles.column}>
          {text && <p className={styles.intro}>{text}</p>}
          {children}
        </div>
      </div>
    </div>
  );
}

interface SectionProps {
  title: string;
  text?: string;
  children: ReactNode;
}

export function Section({ title, text, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{title}</h2>
      {text && <p className={styles.sectionText}>{text}</p>}
      <div className={styles.fields}>{children}</div>
    </section>
  );
}
