import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconBtn } from '@/ui/IconBtn';
import type { useWalk } from './useWalk';

export function WalkButtons({ walk }: { walk: ReturnType<typeof useWalk> }) {
  const { t } = useTranslation();
  if (!walk) return null;
  return (
    <>
      <IconBtn
        label={t('records.record.previous')}
        disabled={!walk.hasPrevious}
        onClick={() => walk.move(-1)}
      >
        <IconChevronUp size={17} stroke={1.7} />
      </IconBtn>
      <IconBtn
        label={t('records.record.next')}
        disabled={!walk.hasNext}
        onClick={() => walk.move(1)}
      >
        <IconChevronDown size={17} stroke={1.7} />
      </IconBtn>
    </>
  );
}
