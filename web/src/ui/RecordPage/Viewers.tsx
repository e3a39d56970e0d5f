import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { useViewers } from '@/api/socket';
import { Avatar } from '@/ui/Avatar';
import styles from './RecordPage.module.css';

const SHOWN = 3;

/** Who else has this record open right now. */
export function Viewers({ entity, id }: { entity: string; id: string }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const others = useViewers(entity, id).filter((viewer) => viewer.id !== user.id);
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(', ');
  return (
    <Tooltip label={t('records.record.viewing', { names })}>
      <span
        className={styles.viewers}
        role="img"
        aria-label={t('records.record.viewing', { names })}
      >
        {others.slice(0, SHOWN).map((viewer) => (
          <Avatar key={viewer.id} name={viewer.name} size={24} />
        ))}
        {others.length > SHOWN && <span>+{others.length - SHOWN}</span>}
      </span>
    </Tooltip>
  );
}
