import { Menu } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconChevronDown,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe, useMeta } from '@/api/me';
import { LANGUAGES } from '@/i18n';
import { usePreferences, type Preferences } from '@/lib/preferences';
import { Avatar } from '@/ui/Avatar';
import { useAccount } from './useAccount';
import styles from './Sidebar.module.css';

interface UserMenuProps {
  collapsed: boolean;
  onHelp: () => void;
  onNavigate?: () => void;
}

const themes: { value: Preferences['theme']; icon: typeof IconSun }[] = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
];

export function UserMenu({ collapsed, onHelp, onNavigate }: UserMenuProps) {
  const { t } = useTranslation();
  const { user } = useMe();
  const role = useMeta().roles?.find(({ name }) => name === user.role)?.label ?? user.role;
  return (
    <Menu position={collapsed ? 'right-end' : 'top-start'} width={224}>
      <Menu.Target>
        <button
          type="button"
          className={styles.user}
          aria-label={collapsed ? user.name : undefined}
        >
          <Avatar name={user.name} size={collapsed ? 24 : 28} />
          {!collapsed && (
            <span className={styles.who}>
              <span className={styles.name}>{user.name}</span>
              <span className={styles.role}>{role}</span>
            </span>
          )}
          {!collapsed && <IconChevronDown size={15} stroke={1.8} className={styles.chevron} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('shell.userMenu')}>
        <Menu.Item
          leftSection={<IconUser size={16} stroke={1.7} />}
          renderRoot={(props: object) => <Link to="/config/perfil" {...props} />}
          onClick={onNavigate}
        >
          {t('settings.profile.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} stroke={1.7} />}
          onClick={() => {
            onNavigate?.();
            onHelp();
          }}
        >
          {t('shell.keys.title')}
        </Menu.Item>
        <Choices />
        <SignOut />
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices() {
  const { t, i18n } = useTranslation();
  const { theme } = usePreferences();
  const { prefer, speak } = useAccount();
  const tick = <IconCheck size={15} stroke={2} />;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('shell.theme.label')}</Menu.Label>
      {themes.map(({ value, icon: Icon }) => (
        <Menu.Item
          key={value}
          role="menuitemradio"
          aria-checked={theme === value}
          closeMenuOnClick={false}
          leftSection={<Icon size={16} stroke={1.7} />}
          rightSection={theme === value && tick}
          onClick={() => prefer({ theme: value })}
        >
          {t(`shell.theme.${value}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{t('shell.language')}</Menu.Label>
      {LANGUAGES.map((language) => (
        <Menu.Item
          key={language}
          role="menuitemradio"
          aria-checked={i18n.language === language}
          lang={language}
          rightSection={i18n.language === language && tick}
          onClick={() => speak(language)}
        >
          {language === 'en' ? 'English' : 'Português'}
        </Menu.Item>
      ))}
    </>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const { signOut } = useAccount();
  return (
    <>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void signOut()}>
        {t('shell.signOut')}
      </Menu.Item>
    </>
  );
}
