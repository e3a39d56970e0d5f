import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { date } from '@/lib/format';

interface KeptSinceProps {
  pages: { pagination: { keptSince?: string } }[] | undefined;
}

/** Of a record that is older than what is kept: since when its past is known. */
export function KeptSince({ pages }: KeptSinceProps) {
  const { t } = useTranslation();
  const since = pages?.at(-1)?.pagination.keptSince;
  if (!since) return null;
  return (
    <Text size="sm" c="dimmed" mt="sm">
      {t('records.history.keptSince', { date: date(since) })}
    </Text>
  );
}
