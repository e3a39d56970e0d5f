import { Menu } from '@mantine/core';
import { IconForms, IconSettings, IconTags, IconUpload, type Icon } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBtn } from '@/ui/IconBtn';

const WAYS: { icon: Icon; to: string; label: string }[] = [
  { icon: IconForms, to: '/config/campos', label: 'customers.settingsFields' },
  { icon: IconTags, to: '/config/etiquetas', label: 'customers.settingsTags' },
  { icon: IconUpload, to: '/config/importacoes', label: 'customers.settingsImports' },
];

/** ⚙: what the list can be made of. */
export function ListSettings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  return (
    <Menu opened={opened} onChange={setOpened}>
      <Menu.Target>
        <IconBtn label={t('customers.settings')} tooltip={!opened}>
          <IconSettings size={18} stroke={1.7} />
        </IconBtn>
      </Menu.Target>
      <Menu.Dropdown>
        {WAYS.map(({ icon: Icon, to, label }) => (
          <Menu.Item
            key={to}
            leftSection={<Icon size={15} stroke={1.7} />}
            onClick={() => void navigate({ to })}
          >
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
