import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fieldsOf, recordCounts } from '@/api/records';
import { isHue, type Hue } from '@/lib/hues';
import type { ListHeadProps } from '@/ui/screens';
import { StatStrip, type Stat } from '@/ui/StatStrip';
import { countedField, type Presets } from './listSearch';

interface CountStripProps extends ListHeadProps {
  /** Where its words begin: `all`, then each option and question; an option has its label else. */
  words: string;
  /** Counts of questions, behind those of the options. */
  presets?: Presets;
  hues?: Record<string, Hue>;
}

const TOTAL = 'all';
const NONE: Presets = {};

/** How many there are of each option of the counted choice: a touch shows only those. */
export function CountStrip(props: CountStripProps) {
  const { entity, search, onSearch, words, presets = NONE, hues = {} } = props;
  const { t } = useTranslation();
  const field = fieldsOf(entity).find(({ key }) => key === countedField(entity));
  const counts = useQuery(recordCounts(entity)).data;
  const asked = Object.entries(presets);
  const found = useQueries({ queries: asked.map(([, filter]) => recordCounts(entity, filter)) });
  const one = (key: string, value: number | undefined, label = key, color = hues[key]): Stat => ({
    ...{ key, value, hue: color },
    label: t(`${words}.${key}`, { defaultValue: label }),
  });
  const countOf = (value: string) => counts?.data.find((one) => one.value === value)?.count;
  const options = (field?.options ?? []).map(({ value, label, color }) =>
    one(value, countOf(value), label, isHue(color) ? color : undefined),
  );
  return (
    <StatStrip
      label={entity.labelPlural}
      active={search.status ?? TOTAL}
      onPick={(key) => onSearch({ status: key === TOTAL ? undefined : key, page: undefined })}
      stats={[
        one(TOTAL, counts?.total),
        ...options,
        ...asked.map(([key], index) => one(key, found[index]?.data?.total)),
      ]}
    />
  );
}
