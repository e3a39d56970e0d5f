import { IconBell, IconMenu2, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { unreadQuery } from '@/api/notifications';
import { INBOX } from '@/lib/addresses';
import { IconBtn } from '@/ui/IconBtn';
import { Logo } from '@/ui/Logo';
import styles from './Mobile.module.css';
import { Count } from './Sidebar';

export function MobileBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { t } = useTranslation();
  const { tenant } = useMe();
  const { data: unread = 0 } = useQuery(unreadQuery);
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
      <Link to={INBOX} className={styles.bell} aria-label={t('notifications.title')}>
        <IconBell size={20} stroke={1.7} aria-hidden />
        <Count count={unread} />
      </Link>
    </div>
  );
}
