import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dateTime } from '@/lib/format';
import { Banner } from './Banner';

/** The page shows the past: nothing can be changed until one comes back. */
export function AsOfBanner({ at, onLeave }: { at: string; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Banner
      icon={IconHistory}
      text={t('records.history.banner', { date: dateTime(at) })}
      action={{ label: t('records.history.now'), run: onLeave }}
    />
  );
}
