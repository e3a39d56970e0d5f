import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recordList, type ListQuery } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { useHotkeys } from '@/lib/hotkeys';
import { useSignal } from '@/lib/signal';
import { setWalk, walk, type Walk } from '@/lib/walk';
import { toast } from '@/ui/toast';

/** J and K: the next and the previous record of the list that somebody came from. */
export function useWalk(entity: MetaEntity, id: string, go: (id: string) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const current = useSignal(walk) as Walk<ListQuery> | null;
  const here = current?.entity === entity.name ? current : null;
  const place = here ? here.ids.indexOf(id) : -1;
  const page = here?.query.page ?? 1;

  // Behind the last of a page comes the first of the next one.
  const turn = async (step: 1 | -1) => {
    if (!here) return;
    const query = { ...here.query, page: page + step };
    try {
      const { data, pagination } = await client.fetchQuery(recordList(entity, query));
      const next = step === 1 ? data[0] : data.at(-1);
      if (!next) return;
      setWalk(
        entity.name,
        data.map((row) => row.id),
        query,
        pagination.totalPages,
      );
      go(next.id);
    } catch (error) {
      toast.fail(error);
    }
  };
  const move = (step: 1 | -1) => {
    if (!here || place < 0) return;
    const next = here.ids[place + step];
    if (next) go(next);
    else if (page + step >= 1 && page + step <= here.pages) void turn(step);
  };
  const group = t('shell.keys.here');
  useHotkeys([
    { keys: 'j', run: () => move(1), label: t('records.record.next'), group },
    { keys: 'k', run: () => move(-1), label: t('records.record.previous'), group },
  ]);
  if (!here || place < 0) return null;
  return {
    move,
    hasNext: place < here.ids.length - 1 || page < here.pages,
    hasPrevious: place > 0 || page > 1,
  };
}
