import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan, useMe, useMeta } from '@/api/me';
import { importOf, listOf } from '@/lib/addresses';
import { entityWords } from '@/ui/EntityPage/words';
import { mainNavigation } from './navigation';
import { screenOf } from './screens';

export interface Act {
  label: string;
  run: () => void;
}

/** What may be begun from anywhere, an entity of the menu each: a new one, a spreadsheet of them. */
export interface Offer {
  entity: string;
  letter?: string;
  create?: Act;
  bring?: Act;
}

export function useOffers(): Offer[] {
  // The words follow the language.
  useTranslation();
  const navigate = useNavigate();
  const may = useCan();
  const { user } = useMe();
  const meta = useMeta();
  const shown = mainNavigation(user, meta).flatMap(({ entries }) => entries);
  return shown.flatMap(({ entity: name }) => {
    const entity = meta.entities.find((one) => one.name === name);
    if (!entity || !name) return [];
    const screen = screenOf(name);
    const words = entityWords(entity, screen?.words);
    const start = { to: listOf(name), search: { novo: 1 } };
    const bring = { label: words.bringAll, run: () => void navigate({ to: importOf(name) }) };
    const offer: Offer = { entity: name, letter: screen?.letter };
    if (may(name, 'create'))
      offer.create = { label: words.create, run: () => void navigate(start) };
    if (entity.importable && may(name, 'import')) offer.bring = bring;
    return [offer];
  });
}
