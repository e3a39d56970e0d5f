import { SegmentedControl } from '@mantine/core';
import { IconBell, IconBellCheck, IconBellCog, IconChecks } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NOTIFICATIONS, unreadQuery } from '@/api/notifications';
import { dayHeading } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { HeaderButton } from '@/ui/HeaderButton';
import { PageHeader } from '@/ui/PageHeader';
import { Pages } from '@/ui/Pages';
import { RowSkeletons } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import { CHOICES } from './addresses';
import styles from './Inbox.module.css';
import { InboxRow } from './InboxRow';
import { inboxQuery, readAll, type Notification } from './queries';

/** What somebody was told, the newest first; what is unread stands out. */
export function InboxPage() {
  const { t } = useTranslation();
  const [unread, setUnread] = useState(false);
  const query = useInfiniteQuery(inboxQuery(unread));
  return (
    <>
      <PageHeader title={t('notifications.title')} icon={<IconBell size={17} stroke={1.7} />}>
        <HeaderButton
          icon={<IconBellCog size={16} stroke={1.8} />}
          label={t('notifications.choices.open')}
          to={CHOICES}
        />
        <ReadAll newest={query.data?.pages[0]?.data[0]?.at} />
      </PageHeader>
      <div className={styles.page}>
        <SegmentedControl
          aria-label={t('notifications.filter')}
          value={unread ? 'unread' : 'all'}
          onChange={(value) => setUnread(value === 'unread')}
          data={[
            { value: 'all', label: t('notifications.all') },
            { value: 'unread', label: t('notifications.unread') },
          ]}
        />
        <Pages
          query={query}
          subject={t('notifications.subject')}
          loading={<RowSkeletons rows={8} />}
          empty={<Empty unread={unread} />}
          moreClass={styles.more}
        >
          {(rows) => <Days rows={rows} />}
        </Pages>
      </div>
    </>
  );
}

function Days({ rows }: { rows: Notification[] }) {
  const days = new Map<string, Notification[]>();
  for (const row of rows) {
    const heading = dayHeading(row.at);
    days.set(heading, [...(days.get(heading) ?? []), row]);
  }
  return [...days].map(([heading, told]) => (
    <section key={heading} className={styles.day} aria-label={heading}>
      <h2 className={styles.heading}>{heading}</h2>
      <ul className={styles.list}>
        {told.map((row) => (
          <InboxRow key={row.id} row={row} />
        ))}
      </ul>
    </section>
  ));
}

function Empty({ unread }: { unread: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconBellCheck size={24} stroke={1.7} />}
      title={t(unread ? 'notifications.emptyUnread' : 'notifications.empty')}
    >
      {t('notifications.emptyText')} <Link to={CHOICES}>{t('notifications.choices.open')}</Link>
    </EmptyState>
  );
}

function ReadAll({ newest }: { newest: string | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: count = 0 } = useQuery(unreadQuery);
  const { mutate, isPending } = useMutation({
    mutationFn: readAll,
    onSuccess: () => client.invalidateQueries({ queryKey: NOTIFICATIONS }),
    onError: (error) => toast.fail(error),
  });
  return (
    <HeaderButton
      icon={<IconChecks size={16} stroke={1.8} />}
      label={t('notifications.readAll')}
      disabled={count === 0 || !newest}
      loading={isPending}
      onClick={() => newest && mutate(newest)}
    />
  );
}
