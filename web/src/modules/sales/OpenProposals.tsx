import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import type { Schema } from '@/api/types';
import { addressOf, listOf } from '@/lib/addresses';
import { day, money } from '@/lib/format';
import { HomeList } from '@/ui/Home/HomeList';
import { Expired, isExpired } from './Expired';
import styles from './OpenProposals.module.css';

const SHOWN = 5;

const openProposalsQuery = queryOptions({
  queryKey: keys.list('proposal', { status: 'sent', sortBy: 'validUntil', first: SHOWN }),
  queryFn: () =>
    unwrap(
      api.GET('/api/v1/proposals', {
        params: { query: { status: 'sent', limit: SHOWN, sortBy: 'validUntil', sortOrder: 'asc' } },
      }),
    ),
});

/** Those that wait for an answer, the most urgent first. */
export function OpenProposals() {
  const { t } = useTranslation();
  const all = { to: listOf('proposal'), search: { status: 'sent' }, label: t('sales.home.all') };
  return (
    <HomeList
      title={t('sales.home.waiting')}
      query={useQuery(openProposalsQuery)}
      subject={t('sales.proposal.subject')}
      empty={t('sales.home.noneWaiting')}
      all={all}
    >
      {(proposal) => <ProposalLine key={proposal.id} proposal={proposal} />}
    </HomeList>
  );
}

function ProposalLine({ proposal }: { proposal: Schema<'Proposal'> }) {
  const { t } = useTranslation();
  const { id, title, contact, number, total, validUntil } = proposal;
  return (
    <li>
      <Link to={addressOf('proposal', id)} className={styles.proposal}>
        <span className={styles.what}>
          <span className={styles.title}>{title}</span>
          <span className={styles.whom}>
            {contact?.title ?? t('sales.proposal.number', { number })}
          </span>
        </span>
        <span className={styles.end}>
          <span className={styles.total}>{money(total)}</span>
          {isExpired(proposal) ? (
            <Expired record={proposal} />
          ) : (
            validUntil && (
              <span className={styles.until}>
                {t('sales.home.until', { day: day(validUntil) })}
              </span>
            )
          )}
        </span>
      </Link>
    </li>
  );
}
