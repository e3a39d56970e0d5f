import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Target } from '@/lib/addresses';
import { num, percent } from '@/lib/format';
import type { Hue } from '@/lib/hues';
import styles from './Shares.module.css';

export interface Share {
  key: string;
  label: string;
  count: number;
  hue?: Hue;
  to: Target;
}

/** Of what a whole is made: each is a bar, a number and the way to those that it counts. */
export function Shares({ shares, total }: { shares: Share[]; total: number }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.shares}>
      {shares.map(({ key, label, count, hue = 'blue', to }) => (
        <li key={key}>
          <Link to={to.to} search={to.search} className={styles.share}>
            <span className={styles.label}>{label}</span>
            <span className={styles.track} aria-hidden>
              <span
                className={styles.bar}
                data-hue={hue}
                style={{ width: `${total > 0 ? (count / total) * 100 : 0}%` }}
              />
            </span>
            <span className={styles.count}>{num(count)}</span>
            <span className={styles.part}>
              {total > 0 ? percent(count / total) : ''}
              <span className="srOnly"> {t('home.ofAll')}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
