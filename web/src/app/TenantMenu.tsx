import { Menu } from '@mantine/core';
import { IconBuilding, IconChevronDown, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan, useMe } from '@/api/me';
import { Logo } from '@/ui/Logo';
import styles from './Sidebar.module.css';

interface TenantMenuProps {
  collapsed: boolean;
  onNavigate?: () => void;
}

export function TenantMenu({ collapsed, onNavigate }: TenantMenuProps) {
  const { t } = useTranslation();
  const { tenant } = useMe();
  const may = useCan();
  const link = (to: string) => ({
    renderRoot: (props: object) => <Link to={to} {...props} />,
    onClick: onNavigate,
  });
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button
          type="button"
          className={styles.tenant}
          aria-label={collapsed ? tenant.name : undefined}
        >
          <Logo />
          {!collapsed && <span className={styles.name}>{tenant.name}</span>}
          {!collapsed && <IconChevronDown size={15} stroke={1.8} className={styles.chevron} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={tenant.name}>
        <Menu.Item
          leftSection={<IconBuilding size={16} stroke={1.7} />}
          {...link('/config/empresa')}
        >
          {t('settings.company.title')}
        </Menu.Item>
        {may('user', 'read') && (
          <Menu.Item
            leftSection={<IconUsers size={16} stroke={1.7} />}
            {...link('/config/usuarios')}
          >
            {t('settings.users.title')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
