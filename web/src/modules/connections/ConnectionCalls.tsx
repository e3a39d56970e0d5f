import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callTrouble } from '@/lib/callTrouble';
import { ago, dateTime, num } from '@/lib/format';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { Tag } from '@/ui/Tag';
import styles from './Connections.module.css';
import { callsQuery, type OutgoingCall } from './queries';

/** What was called for one account lately, and what came of it. */
export function ConnectionCalls({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(callsQuery(connection));
  return (
    <div className={styles.calls}>
      <PagedList
        query={query}
        label={t('connections.calls.title')}
        subject={t('connections.calls.subject')}
        empty={<p className={styles.quiet}>{t('connections.calls.empty')}</p>}
      >
        {(call) => <CallRow call={call} />}
      </PagedList>
    </div>
  );
}

function CallRow({ call }: { call: OutgoingCall }) {
  const { t } = useTranslation();
  const { at, method, host, path, status, trouble, ms } = call;
  const isWell = !trouble && status !== null && status < 400;
  const details = [
    <time key="at" dateTime={at} title={dateTime(at)}>
      {ago(at)}
    </time>,
    ` · ${t('connections.calls.took', { ms: num(ms) })}`,
    trouble && ` · ${callTrouble(t, trouble) ?? trouble}`,
  ];
  return (
    <>
      <RowText title={`${method} ${host}${path}`} detail={details} />
      <RowEnd>
        <Tag hue={isWell ? 'green' : 'amber'}>{status ?? t('connections.calls.unanswered')}</Tag>
      </RowEnd>
    </>
  );
}
