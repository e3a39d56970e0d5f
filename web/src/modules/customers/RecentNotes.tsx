import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import type { Schema } from '@/api/types';
import { ago, dateTime } from '@/lib/format';
import { Avatar } from '@/ui/Avatar';
import { HomeList } from '@/ui/Home/HomeList';
import { customerAt } from './addresses';
import styles from './RecentNotes.module.css';

const SHOWN = 5;

const recentNotesQuery = queryOptions({
  queryKey: keys.list('note', { recent: SHOWN }),
  queryFn: () =>
    unwrap(
      api.GET('/api/v1/notes', {
        params: { query: { limit: SHOWN, sortBy: 'createdAt', sortOrder: 'desc' } },
      }),
    ),
});

/** What the company wrote down last, of whom. */
export function RecentNotes() {
  const { t } = useTranslation();
  return (
    <HomeList
      title={t('customers.profile.recentNotes')}
      query={useQuery(recentNotesQuery)}
      subject={t('customers.notes.subject')}
      empty={t('customers.home.noNotes')}
    >
      {(note) => <NoteLine key={note.id} note={note} />}
    </HomeList>
  );
}

function NoteLine({ note }: { note: Schema<'Note'> }) {
  const { t } = useTranslation();
  const author = note.createdByUser?.title ?? '';
  const search = { tab: 'notas', nota: note.id };
  return (
    <li>
      <Link to={customerAt(note.contactId)} search={search} className={styles.note}>
        <Avatar name={author} size={28} />
        <span className={styles.what}>
          <span className={styles.head}>
            <span className={styles.whom}>{note.contact?.title ?? t('customers.noOne')}</span>
            <time
              className={styles.when}
              dateTime={note.createdAt}
              title={dateTime(note.createdAt)}
            >
              {ago(note.createdAt)}
            </time>
          </span>
          <span className={styles.body}>
            {author && `${author}: `}
            {note.body}
          </span>
        </span>
      </Link>
    </li>
  );
}
