import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { num, percent } from '@/lib/format';
import type { Hue } from '@/lib/hues';
import type { Figure, Reading } from '@/ui/Home/parts';
import { Bar, Late } from '@/ui/Skeletons';
import { growthOf } from './growth';
import styles from './FigureCard.module.css';
import { Sparkline } from './Sparkline';

export const FigureGrid = ({ label, children }: { label: string; children: ReactNode }) => (
  <section aria-label={label} className={styles.grid}>
    {children}
  </section>
);

/** One number, how it moved, and the way to what it counts. */
export function FigureCard({ figure: { label, hue, to, asked } }: { figure: Figure }) {
  const { t } = useTranslation();
  const { data, isError, refetch } = useQuery<unknown, Error, Reading>(asked());
  const name = t(label, data?.words);
  if (isError && !data) {
    return (
      <div className={styles.card} role="alert">
        <span className={styles.label}>{t('home.notLoaded')}</span>
        <button type="button" className={styles.retry} onClick={() => void refetch()}>
          {t('ui.error.retry')}
        </button>
      </div>
    );
  }
  return (
    <Link to={to.to} search={to.search} className={styles.card}>
      {data ? (
        <>
          <span className={styles.label}>
            {hue && <span className={styles.dot} data-hue={hue} />}
            {name}
          </span>
          <span className={styles.value}>{num(data.count)}</span>
          <span className={styles.foot}>
            <Growth {...data} />
            {data.trend && <Sparkline values={data.trend} hue={hueOf(data)} />}
          </span>
        </>
      ) : (
        <Loading />
      )}
    </Link>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <>
      <span className="srOnly">{t('home.loading')}</span>
      <span className={styles.loading}>
        <Late>
          <Bar width={55} />
          <Bar width={35} height={22} />
        </Late>
      </span>
    </>
  );
}

/** Less of it is nothing good: what counts losses is no figure here. */
const hueOf = ({ count, before }: Reading): Hue =>
  (growthOf(count, before) ?? 0) < 0 ? 'amber' : 'green';

/** Against the span before; of nothing nothing is said. */
function Growth({ count, before }: Reading) {
  const { t } = useTranslation();
  const growth = growthOf(count, before);
  if (growth === undefined) return null;
  const Arrow = growth < 0 ? IconArrowDownRight : IconArrowUpRight;
  const sign = growth > 0 ? '+' : growth < 0 ? '−' : '';
  return (
    <span className={styles.growth} data-hue={hueOf({ count, before })}>
      {growth !== 0 && <Arrow size={14} stroke={2} aria-hidden />}
      {sign}
      {percent(Math.abs(growth))}
      <span className="srOnly"> {t('home.against', { number: num(before) })}</span>
    </span>
  );
}
