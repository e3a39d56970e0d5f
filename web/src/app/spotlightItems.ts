import {
  IconArrowRight,
  IconMoon,
  IconPlus,
  IconSun,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe, useMeta } from '@/api/me';
import { fold } from '@/lib/fold';
import { phone } from '@/lib/format';
import { recents } from '@/lib/recents';
import { usePreferences } from '@/lib/preferences';
import { pictureOf } from '@/ui/screens';
import { mainNavigation, settingsNavigation } from './navigation';
import { screenOf } from './screens';
import { searchQuery } from './search';
import { useAccount } from './useAccount';
import { useOffers, type Act } from './useOffers';
import { useOpenRecord } from './useOpenRecord';

export interface SpotlightItem {
  id: string;
  title: string;
  subtitle?: string | null;
  detail?: string | null;
  /** Actions have an icon, records an avatar. */
  icon?: Icon;
  square?: boolean;
  run: () => void;
}

export interface SpotlightGroup {
  label: string;
  items: SpotlightItem[];
}

const PHONE = /^\+\d{8,15}$/;

/** What Spotlight offers for what is typed: `>` only actions, nothing typed the recent records. */
export function useSpotlightGroups(typed: string, searched: string) {
  const { t } = useTranslation();
  const { user } = useMe();
  const open = useOpenRecord();
  const actions = useActions();
  const onlyActions = typed.startsWith('>');
  const wanted = fold(typed.replace(/^>/, '').trim());
  const search = useQuery(searchQuery(onlyActions ? '' : searched));
  const fitting = actions.filter(({ title }) => fold(title).includes(wanted));
  const actionGroup = { label: t('shell.spotlight.actions'), items: fitting };
  const groups: SpotlightGroup[] = [];
  if (wanted && !onlyActions) {
    for (const { entity, label, data } of search.data?.groups ?? []) {
      groups.push({
        label,
        items: data.map((hit) => ({
          ...hit,
          icon: pictureOf(screenOf(entity)),
          detail: PHONE.test(hit.detail ?? '') ? phone(hit.detail, true) : hit.detail,
          run: () => open({ entity, id: hit.id, title: hit.title, subtitle: hit.subtitle }),
        })),
      });
    }
    groups.push({ ...actionGroup, items: fitting.slice(0, 5) });
  } else if (!onlyActions) {
    const items = recents(user.id).map((recent) => ({
      ...recent,
      icon: pictureOf(screenOf(recent.entity)),
      run: () => open(recent),
    }));
    groups.push({ label: t('shell.spotlight.recent'), items });
    groups.push({ ...actionGroup, items: fitting.slice(0, items.length > 0 ? 4 : 8) });
  } else {
    groups.push(actionGroup);
  }
  return { groups: groups.filter(({ items }) => items.length > 0), search };
}

function useActions(): SpotlightItem[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const offers = useOffers();
  const { user } = useMe();
  const meta = useMeta();
  const { theme } = usePreferences();
  const { prefer } = useAccount();
  const go = (to: string, title: string, icon: Icon = IconArrowRight): SpotlightItem => ({
    id: `action-${to}-${title}`,
    title,
    icon,
    run: () => void navigate({ to }),
  });
  const act = (id: string, { label, run }: Act, icon: Icon): SpotlightItem => ({
    id: `action-${id}`,
    ...{ title: label, icon, run },
  });
  const dark = theme === 'dark';
  return [
    ...offers.flatMap(({ entity, create, bring }) => [
      ...(create ? [act(`create-${entity}`, create, IconPlus)] : []),
      ...(bring ? [act(`bring-${entity}`, bring, IconUpload)] : []),
    ]),
    ...mainNavigation(user, meta)
      .flatMap(({ entries }) => entries)
      .map(({ to, label }) => go(to, t('shell.spotlight.go', { page: t(label) }))),
    {
      id: 'action-theme',
      title: t(dark ? 'shell.theme.useLight' : 'shell.theme.useDark'),
      icon: dark ? IconSun : IconMoon,
      run: () => prefer({ theme: dark ? 'light' : 'dark' }),
    },
    ...settingsNavigation(user)
      .flatMap(({ entries }) => entries)
      .map(({ to, label, icon }) => go(to, `${t('settings.title')}: ${t(label)}`, icon)),
  ];
}
