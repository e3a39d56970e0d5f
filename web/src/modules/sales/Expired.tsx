import { useTranslation } from 'react-i18next';
import type { RecordRow } from '@/api/records';
import { isoDay } from '@/lib/format';
import { Tag } from '@/ui/Tag';

/** A proposal that waits for an answer which can no longer come: its last day is over. */
export const isExpired = ({ status, validUntil }: RecordRow) =>
  status === 'sent' && typeof validUntil === 'string' && validUntil < isoDay(new Date());

export function Expired({ record }: { record: RecordRow }) {
  const { t } = useTranslation();
  return (
    isExpired(record) && (
      <Tag dot hue="amber">
        {t('sales.proposal.expired')}
      </Tag>
    )
  );
}
