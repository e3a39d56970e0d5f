import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { fold } from '@/lib/fold';
import { settingsNavigation } from './navigation';
import styles from './SettingsLayout.module.css';

/** Configurações: a searchable list of pages on the left; on a phone, the list or one page. */
export function SettingsLayout() {
  const { t } = useTranslation();
  const { user } = useMe();
  const { pathname } = useLocation();
  const [wanted, setWanted] = useState('');
  const groups = settingsNavigation(user)
    .map(({ label, entries }) => ({
      label,
      entries: entries.filter((entry) => {
        const words = `${t(entry.label)} ${t(entry.label.replace('.title', '.words'))}`;
        return fold(words).includes(fold(wanted.trim()));
      }),
    }))
    .filter(({ entries }) => entries.length > 0);
  const onPage = pathname.replace(/\/$/, '') !== '/config';
  const Title = onPage ? 'p' : 'h1';
  return (
    <div className={styles.layout} data-page={onPage || undefined}>
      <nav className={styles.nav} aria-label={t('settings.title')}>
        <Title className={styles.navTitle}>{t('settings.title')}</Title>
        <TextInput
          aria-label={t('settings.search')}
          placeholder={t('settings.search')}
          leftSection={<IconSearch size={15} stroke={1.7} />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <div>
          {groups.map(({ label, entries }) => (
            <div key={label} className={styles.group}>
              <h2 className={styles.heading}>{t(label)}</h2>
              <ul>
                {entries.map(({ to, icon: Icon, label: name }) => (
                  <li key={to}>
                    <Link
                      to={to as string}
                      className={styles.item}
                      data-active={pathname === to || undefined}
                      aria-current={pathname === to ? 'page' : undefined}
                    >
                      <Icon size={16} stroke={1.7} aria-hidden />
                      {t(name)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
          {groups.length === 0 && <p className={styles.none}>{t('settings.noMatch')}</p>}
        </div>
      </nav>
      <Outlet />
    </div>
  );
}
