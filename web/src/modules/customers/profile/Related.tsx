import { IconAlertTriangle, IconCalendarHeart } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import type { RecordRow } from '@/api/records';
import { ago, monthYear, num } from '@/lib/format';
import shared from '@/ui/RecordPage/RecordPage.module.css';
import { customerAt } from '../addresses';
import { duplicatesQuery, notesQuery } from '../queries';
import styles from './Profile.module.css';

const SHOWN = 3;
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

interface RelatedProps {
  record: RecordRow;
  onAllNotes: () => void;
}

/** What stands around a customer: latest notes, twins, since when. */
export function Related({ record, onAllNotes }: RelatedProps) {
  const { t } = useTranslation();
  const query = useQuery(notesQuery(record.id));
  const notes = query.data?.data ?? [];
  const last = text(record.lastContactAt);
  const interactions = Number(record.totalInteractions ?? 0);
  return (
    <>
      <Duplicates record={record} />
      <section className={shared.block} aria-label={t('customers.profile.recentNotes')}>
        <h2 className={shared.heading}>{t('customers.profile.recentNotes')}</h2>
        {notes.length === 0 && (
          <p className={styles.quiet}>
            {query.error
              ? asApiError(query.error).message
              : !query.isPending && t('customers.profile.noNotes')}
          </p>
        )}
        <ul className={styles.recent}>
          {notes.slice(0, SHOWN).map((note) => (
            <li key={note.id} className={styles.recentNote}>
              <p className={styles.clamp}>{note.body}</p>
              <span className={styles.quiet}>{ago(note.createdAt)}</span>
            </li>
          ))}
        </ul>
        {notes.length > SHOWN && (
          <button type="button" className={shared.asOf} onClick={onAllNotes}>
            {t('customers.profile.allNotes')}
          </button>
        )}
      </section>
      <p className={styles.since}>
        <IconCalendarHeart size={15} stroke={1.7} aria-hidden />
        <span>
          {text(record.createdAt) &&
            t('customers.profile.since', { date: monthYear(record.createdAt as string) })}
          {' · '}
          {last
            ? t('customers.profile.lastContact', { when: ago(last) })
            : t('customers.profile.noContact')}
          {interactions > 0 &&
            ` · ${t('customers.profile.interactions', { count: interactions, number: num(interactions) })}`}
        </span>
      </p>
    </>
  );
}

function Duplicates({ record }: { record: RecordRow }) {
  const { t } = useTranslation();
  const { data } = useQuery(
    duplicatesQuery({
      email: text(record.email),
      phone: text(record.phone),
      document: text(record.document),
      exceptId: record.id,
    }),
  );
  const matches = data?.data ?? [];
  if (matches.length === 0) return null;
  return (
    <section className={styles.twins} aria-label={t('customers.profile.duplicates')}>
      <h2 className={styles.twinsTitle}>
        <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
        {t('customers.profile.duplicates')}
      </h2>
      <p>{t('customers.profile.duplicateText', { count: matches.length })}</p>
      <ul>
        {matches.map((match) => (
          <li key={match.id}>
            <Link to={customerAt(match.id)}>{match.name}</Link>{' '}
            <span>{t(`customers.profile.reason.${match.reason}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
