import { Menu } from '@mantine/core';
import {
  IconCheck,
  IconKeyboard,
  IconLogout,
  IconChevronDown,
  IconUser,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe, useMeta } from '@/api/me';
import { asLanguage, LANGUAGES } from '@/i18n';
import { OWN_SETTINGS } from '@/lib/addresses';
import { usePreferences, type Preferences } from '@/lib/preferences';
import { Avatar } from '@/ui/Avatar';
import { useAccount } from './useAccount';
import styles from './Sidebar.module.css';

interface UserMenuProps {
  collapsed: boolean;
  onHelp: () => void;
  onNavigate?: () => void;
}

const themes: Preferences['theme'][] = ['light', 'dark', 'auto'];

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
          <Avatar name={user.name} photo={user.photoId} size={collapsed ? 24 : 28} />
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
          renderRoot={(props: object) => <Link to={OWN_SETTINGS} {...props} />}
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
  const tick = <IconCheck size={15} stroke={2} aria-hidden />;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('shell.theme.label')}</Menu.Label>
      <Menu.RadioGroup
        value={theme}
        onChange={(value) => prefer({ theme: value as Preferences['theme'] })}
      >
        {themes.map((value) => (
          <Menu.RadioItem key={value} value={value} checkIcon={tick} closeMenuOnClick={false}>
            {t(`shell.theme.${value}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Label>{t('shell.language')}</Menu.Label>
      <Menu.RadioGroup value={i18n.language} onChange={(value) => void speak(asLanguage(value))}>
        {LANGUAGES.map((language) => (
          <Menu.RadioItem key={language} value={language} lang={language} checkIcon={tick}>
            {language === 'en' ? 'English' : 'Português'}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
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
