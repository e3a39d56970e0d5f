import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { num } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { HomeCard, Quiet } from '@/ui/Home/HomeCard';
import { RowSkeletons } from '@/ui/Skeletons';
import styles from './Home.module.css';
import type { Found, Waits } from './useWaits';

/** What somebody should look at today. */
export function WaitsCard({ waiting }: { waiting: Waits }) {
  const { t } = useTranslation();
  const { isPending, found, error, isWhole, retry } = waiting;
  return (
    <HomeCard title={t('home.waits')}>
      {isPending ? (
        <RowSkeletons rows={3} avatar={false} />
      ) : error && found.length === 0 ? (
        <ErrorState error={error} subject={t('home.waitsSubject')} onRetry={retry} />
      ) : (
        <>
          {found.length === 0 ? (
            <Quiet icon={<IconCheck size={18} stroke={2} />}>{t('home.nothingText')}</Quiet>
          ) : (
            <ul>
              {found.map((one) => (
                <WaitRow key={one.key} wait={one} />
              ))}
            </ul>
          )}
          {!isWhole && (
            <p className={styles.partly} role="alert">
              {t('home.partly')}{' '}
              <button type="button" className={styles.retry} onClick={retry}>
                {t('ui.error.retry')}
              </button>
            </p>
          )}
        </>
      )}
    </HomeCard>
  );
}

function WaitRow({ wait: { icon: Icon, hue, label, count, to } }: { wait: Found }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link to={to.to} search={to.search} className={styles.wait}>
        <span className={styles.tile} data-hue={hue} aria-hidden>
          <Icon size={16} stroke={1.8} />
        </span>
        <span className={styles.waitText}>{t(label, { count, number: num(count) })}</span>
        <IconChevronRight size={16} stroke={1.8} className={styles.arrow} aria-hidden />
      </Link>
    </li>
  );
}
