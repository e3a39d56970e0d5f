import { HoverCard } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordRow } from '@/api/records';
import { num } from '@/lib/format';
import styles from './Score.module.css';

interface Reason {
  rule: string;
  points: number;
}

const isReason = (one: unknown): one is Reason =>
  typeof one === 'object' && one !== null && 'rule' in one && 'points' in one;

const HIGH = 70;
const MIDDLE = 40;
const hueOf = (score: number) => (score >= HIGH ? 'green' : score >= MIDDLE ? 'amber' : 'gray');

/** How good a lead looks, from 0 to 100, and by which rules. */
export function Score({ record }: { record: RecordRow }) {
  const { t } = useTranslation();
  const score = Number(record.score ?? 0);
  const given: unknown = record.scoreReasons;
  const reasons = Array.isArray(given) ? given.filter(isReason) : [];
  return (
    <HoverCard openDelay={150} withinPortal position="bottom-start">
      <HoverCard.Target>
        <span
          className={styles.score}
          tabIndex={0}
          role="img"
          aria-label={t('sales.lead.scored', { score })}
        >
          <span className={styles.bar} data-hue={hueOf(score)}>
            <span className={styles.fill} style={{ width: `${score}%` }} />
          </span>
          <span className={styles.number}>{num(score)}</span>
        </span>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <p className={styles.why}>{t('sales.lead.why')}</p>
        {reasons.length === 0 && <p className={styles.none}>{t('sales.lead.noReason')}</p>}
        <ul className={styles.reasons}>
          {reasons.map(({ rule, points }) => (
            <li key={rule}>
              <span>{rule}</span>
              <span className={styles.number}>{points > 0 ? `+${num(points)}` : num(points)}</span>
            </li>
          ))}
        </ul>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
