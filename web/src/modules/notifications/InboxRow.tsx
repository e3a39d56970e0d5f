import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NOTIFICATIONS } from '@/api/notifications';
import { listOf, targetOf, type Target } from '@/lib/addresses';
import { ago, dateTime } from '@/lib/format';
import { IconBtn } from '@/ui/IconBtn';
import { toast } from '@/ui/toast';
import styles from './Inbox.module.css';
import { looksOf } from './looks';
import { readOne, type Notification } from './queries';

/** Where what is told of can be seen; nowhere when the reader may not see it (any more). */
async function targetFor(row: Notification): Promise<Target | undefined> {
  const { entity, record, entityId, count } = row;
  const place = looksOf(row.kind).to;
  if (place) return { to: place };
  if (!record?.title || !entityId) return undefined;
  if (count > 1) return { to: listOf(entity) };
  return targetOf(entity, { id: entityId, title: record.title });
}

const leadsSomewhere = (row: Notification) => Boolean(looksOf(row.kind).to ?? row.record?.title);

export function InboxRow({ row }: { row: Notification }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { mutate: read } = useMutation({
    mutationFn: () => readOne(row.id),
    onSuccess: () => client.invalidateQueries({ queryKey: NOTIFICATIONS }),
    onError: (error) => toast.fail(error),
  });
  const open = async () => {
    if (!row.readAt) read();
    const target = await targetFor(row);
    if (target) await navigate(target);
  };
  const { icon: Picture, hue } = looksOf(row.kind);
  const body = (
    <>
      <span className={styles.picture} data-hue={hue}>
        <Picture size={16} stroke={1.8} aria-hidden />
      </span>
      <span className={styles.text}>
        {!row.readAt && <span className={styles.hidden}>{t('notifications.unreadOne')}: </span>}
        {row.text}
      </span>
      <time className={styles.when} dateTime={row.at} title={dateTime(row.at)}>
        {ago(row.at)}
      </time>
    </>
  );
  return (
    <li className={styles.row} data-unread={row.readAt ? undefined : true}>
      {leadsSomewhere(row) ? (
        <button
          type="button"
          className={styles.open}
          onClick={() => open().catch((error: unknown) => toast.fail(error))}
        >
          {body}
        </button>
      ) : (
        <div className={styles.open}>{body}</div>
      )}
      {row.readAt ? (
        <span className={styles.noAction} />
      ) : (
        <IconBtn label={t('notifications.readOne')} onClick={() => read()}>
          <IconCheck size={16} stroke={1.8} />
        </IconBtn>
      )}
    </li>
  );
}
