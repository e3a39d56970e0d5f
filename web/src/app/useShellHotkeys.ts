import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe, useMeta } from '@/api/me';
import { OWN_SETTINGS } from '@/lib/addresses';
import { useHotkeys, type Hotkey } from '@/lib/hotkeys';
import { mainNavigation } from './navigation';
import { useOffers } from './useOffers';

interface Handlers {
  search: () => void;
  help: () => void;
  toggleSidebar: () => void;
}

/** Keys that work on every page. */
export function useShellHotkeys({ search, help, toggleSidebar }: Handlers): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { user } = useMe();
  const meta = useMeta();
  const offers = useOffers();
  const general = t('shell.keys.general');
  const going = t('shell.keys.go');
  const go: Hotkey[] = mainNavigation(user, meta)
    .flatMap(({ entries }) => entries)
    .flatMap(({ hotkey, to, label }) =>
      hotkey
        ? [{ keys: hotkey, run: () => void navigate({ to }), label: t(label), group: going }]
        : [],
    );
  const create = offers.flatMap(({ create, letter }): Hotkey[] =>
    create && letter ? [{ keys: `n ${letter}`, ...create, group: t('shell.keys.create') }] : [],
  );
  useHotkeys([
    { keys: 'mod+k', run: search, label: t('ui.search'), group: general },
    { keys: '/', run: search },
    { keys: '?', run: help, label: t('shell.keys.title'), group: general },
    { keys: '[', run: toggleSidebar, label: t('shell.toggleSidebar'), group: general },
    ...go,
    {
      keys: 'g s',
      run: () => void navigate({ to: OWN_SETTINGS }),
      label: t('settings.title'),
      group: going,
    },
    ...create,
  ]);
}
