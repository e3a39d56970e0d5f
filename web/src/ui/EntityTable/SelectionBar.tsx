import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '@/api/types';
import type { Bulk } from '@/api/records';
import { num } from '@/lib/format';
import { BulkAction, BulkBar } from '@/ui/BulkBar';
import type { Selection } from '@/ui/DataTable/useSelection';
import type { FilterNode } from '@/ui/FilterBar/filter';
import { BulkActions } from './BulkActions';
import { Dialog, useMayExport } from './ListExport';
import { useBulk } from './useBulk';
import { useHowMany } from './useHowMany';

interface SelectionBarProps {
  entity: MetaEntity;
  selection: Selection;
  total: number;
  /** The total is only a lower bound. */
  open: boolean;
  bin: boolean;
  filter: FilterNode | undefined;
  search: string | undefined;
  sort: string | undefined;
  /** The columns that the list shows. */
  shown: string[];
}

export function SelectionBar(props: SelectionBarProps) {
  const { entity, selection, total, open, bin, filter, search, sort } = props;
  const { t } = useTranslation();
  const { run, progress } = useBulk(entity);
  const mayExport = useMayExport(entity) && !bin;
  const [exporting, setExporting] = useState(false);
  const { everything, ids } = selection;
  const count = everything ? total : ids.size;
  const number = num(count) + (everything && open ? '+' : '');
  const what = useHowMany(entity, count, everything && open);
  const canGrow = !everything && selection.page === 'all' && (total > ids.size || open);
  const grow = canGrow && (
    <BulkAction onClick={selection.selectEverything}>
      {t('records.bulk.everything', { number: num(total) + (open ? '+' : '') })}
    </BulkAction>
  );
  const start = async (bulk: Pick<Bulk, 'action' | 'values'>) => {
    const asked = { filter: filter ?? { and: [] }, search, deleted: bin || undefined };
    const which = everything ? asked : { ids: [...ids] };
    if (await run({ ...bulk, ...which })) selection.clear();
  };
  return (
    <>
      <BulkBar
        text={t(progress === undefined ? 'records.bulk.chosen' : 'records.bulk.running', {
          count,
          number,
        })}
        more={grow}
        progress={progress}
        onClear={selection.clear}
      >
        {mayExport && (
          <BulkAction
            icon={<IconDownload size={16} stroke={1.7} />}
            onClick={() => setExporting(true)}
          >
            {t('exports.open')}
          </BulkAction>
        )}
        <BulkActions entity={entity} what={what} bin={bin} run={(bulk) => void start(bulk)} />
      </BulkBar>
      {exporting && (
        <Dialog
          entity={entity}
          of={everything ? { filter, search, sort } : { ids: [...ids], sort }}
          what={what}
          shown={props.shown}
          onClose={() => setExporting(false)}
        />
      )}
    </>
  );
}
