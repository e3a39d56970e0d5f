import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { IconBtn } from '@/ui/IconBtn';
import { Logo } from '@/ui/Logo';
import styles from './Mobile.module.css';

export function MobileBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { t } = useTranslation();
  const { tenant } = useMe();
  return (
    <div className={styles.bar} role="region" aria-label={t('shell.top')}>
      <IconBtn label={t('shell.menu')} tooltip={false} onClick={onMenu}>
        <IconMenu2 size={20} stroke={1.7} />
      </IconBtn>
      <Logo />
      <span className={styles.company}>{tenant.name}</span>
      <IconBtn label={t('ui.search')} tooltip={false} onClick={onSearch}>
        <IconSearch size={20} stroke={1.7} />
      </IconBtn>
    </div>
  );
}
