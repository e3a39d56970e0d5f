import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan, useMe, useMeta } from '@/api/me';
import { useHotkeys, type Hotkey } from '@/lib/hotkeys';
import { mainNavigation } from './navigation';

interface Handlers {
  search: () => void;
  help: () => void;
  toggleSidebar: () => void;
}

/** Keys that work on every page. */
export function useShellHotkeys({ search, help, toggleSidebar }: Handlers): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan();
  const { user } = useMe();
  const meta = useMeta();
  const general = t('shell.keys.general');
  const going = t('shell.keys.go');
  const go: Hotkey[] = mainNavigation(user, meta)
    .flatMap(({ entries }) => entries)
    .flatMap(({ hotkey, to, label }) =>
      hotkey
        ? [{ keys: hotkey, run: () => void navigate({ to }), label: t(label), group: going }]
        : [],
    );
  const create: Hotkey[] = may('contact', 'create')
    ? [
        {
          keys: 'n c',
          run: () => void navigate({ to: '/clientes', search: { novo: 1 } as never }),
          label: t('shell.newCustomer'),
          group: t('shell.keys.create'),
        },
      ]
    : [];
  useHotkeys([
    { keys: 'mod+k', run: search, label: t('ui.search'), group: general },
    { keys: '/', run: search },
    { keys: '?', run: help, label: t('shell.keys.title'), group: general },
    { keys: '[', run: toggleSidebar, label: t('shell.toggleSidebar'), group: general },
    ...go,
    {
      keys: 'g s',
      run: () => void navigate({ to: '/config/perfil' as string }),
      label: t('settings.title'),
      group: going,
    },
    ...create,
  ]);
}
