import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { Avatar } from '@/ui/Avatar';
import { Logo } from '@/ui/Logo';
import { settingsNavigation } from './navigation';
import styles from './Sidebar.module.css';

interface TenantMenuProps {
  collapsed: boolean;
  onNavigate?: () => void;
}

export function TenantMenu({ collapsed, onNavigate }: TenantMenuProps) {
  const { t } = useTranslation();
  const { tenant, user } = useMe();
  const pages = settingsNavigation(user).find(({ group }) => group === 'company');
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button
          type="button"
          className={styles.tenant}
          aria-label={collapsed ? tenant.name : undefined}
        >
          {tenant.logoId ? <Avatar name={tenant.name} photo={tenant.logoId} square /> : <Logo />}
          {!collapsed && <span className={styles.name}>{tenant.name}</span>}
          {!collapsed && <IconChevronDown size={15} stroke={1.8} className={styles.chevron} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={tenant.name}>
        {pages?.entries.map(({ to, icon: Icon, label }) => (
          <Menu.Item
            key={to}
            leftSection={<Icon size={16} stroke={1.7} />}
            renderRoot={(props: object) => <Link to={to} {...props} />}
            onClick={onNavigate}
          >
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
