import { useTranslation } from 'react-i18next';
import type { ExportWish } from '@/api/exports';
import { fieldsOf } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { wholeFilter, type ListSearch, type Presets } from '@/ui/EntityTable/listSearch';
import { groupOf } from '@/ui/FilterBar/filter';
import { useFilterText } from '@/ui/FilterBar/useFilterText';

/** What an address shows, as an export asks for it, and in words. */
export function useListWish(
  entity: MetaEntity,
  search: ListSearch,
  presets?: Presets,
): Pick<ExportWish, 'filter' | 'search' | 'sort' | 'caption'> {
  const { t } = useTranslation();
  const filter = wholeFilter(entity, search, presets);
  const items = groupOf(filter).items;
  const { text } = useFilterText(fieldsOf(entity), items);
  const asked = search.q ? [t('exports.searched', { text: search.q })] : [];
  const caption = [...asked, ...items.map(text)].join(' · ').slice(0, 500);
  return { filter, search: search.q, sort: search.sort, caption: caption || undefined };
}
