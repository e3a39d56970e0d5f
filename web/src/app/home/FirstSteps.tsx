import { IconArrowRight, IconCheck, IconX } from '@tabler/icons-react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { updateMe } from '@/api/account';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import type { Schema } from '@/api/types';
import type { Step } from '@/ui/Home/parts';
import { HomeCard } from '@/ui/Home/HomeCard';
import { IconBtn } from '@/ui/IconBtn';
import { RowSkeletons } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import styles from './Home.module.css';

/** Kept with the account, so that it is gone on every device. */
const HIDDEN = 'firstStepsHidden';

function useHidden() {
  const client = useQueryClient();
  const { user } = useMe();
  const set = (hidden: boolean) => {
    // At once; a server that cannot be told is told at the next time.
    client.setQueryData<Schema<'Me'>>(keys.me, (me) => me && withPreference(me, hidden));
    updateMe({ preferences: { [HIDDEN]: hidden } }).catch(() => undefined);
  };
  return [user.preferences?.[HIDDEN] === true, set] as const;
}

const withPreference = (me: Schema<'Me'>, hidden: boolean): Schema<'Me'> => ({
  ...me,
  user: { ...me.user, preferences: { ...me.user.preferences, [HIDDEN]: hidden } },
});

/** The first hour of a company: gone when all of it is done, or when it is in the way. */
export function FirstSteps({ steps }: { steps: Step[] }) {
  const [hidden, setHidden] = useHidden();
  if (hidden || steps.length === 0) return null;
  return <Steps steps={steps} onHide={setHidden} />;
}

function Steps({ steps, onHide }: { steps: Step[]; onHide: (hidden: boolean) => void }) {
  const { t } = useTranslation();
  const results = useQueries({ queries: steps.map(({ asked }) => asked()) });
  const pending = results.some(({ isPending }) => isPending);
  const done = results.filter(({ data }) => data === true).length;
  const finished = done === steps.length;
  useEffect(() => {
    // Whoever has done all of it is not asked for it again.
    if (finished) onHide(true);
  });
  const hide = () => {
    onHide(true);
    toast.done(t('home.steps.hidden'), { undo: () => onHide(false) });
  };
  // What cannot be asked is no help to anybody, and the page says elsewhere that it fails.
  if (finished || (!pending && results.every(({ isError }) => isError))) return null;
  return (
    <HomeCard
      title={t('home.steps.title')}
      text={t('home.steps.text')}
      beside={!pending && <Progress done={done} total={steps.length} />}
      action={
        <IconBtn label={t('home.steps.hide')} onClick={hide}>
          <IconX size={16} stroke={1.8} />
        </IconBtn>
      }
    >
      {pending ? (
        <RowSkeletons rows={3} avatar={false} />
      ) : (
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            <StepRow key={step.key} step={step} done={results[index]?.data === true} />
          ))}
        </ol>
      )}
    </HomeCard>
  );
}

function StepRow({ step, done }: { step: Step; done: boolean }) {
  const { t } = useTranslation();
  const { icon: Icon, label, text, to } = step;
  return (
    <li>
      <Link to={to} className={styles.step} data-done={done || undefined}>
        <span className={styles.tile} data-hue={done ? 'green' : 'blue'} aria-hidden>
          {done ? <IconCheck size={16} stroke={2.2} /> : <Icon size={16} stroke={1.8} />}
        </span>
        <span className={styles.stepText}>
          <span className={styles.stepTitle}>
            {t(label)}
            {done && <span className="srOnly"> {t('home.steps.done')}</span>}
          </span>
          <span className={styles.stepHint}>{t(text)}</span>
        </span>
        {!done && <IconArrowRight size={16} stroke={1.8} className={styles.arrow} aria-hidden />}
      </Link>
    </li>
  );
}

const RADIUS = 15;
const ROUND = 2 * Math.PI * RADIUS;

function Progress({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation();
  const label = t('home.steps.progress', { done, total });
  return (
    <span className={styles.progress}>
      <svg width={36} height={36} viewBox="0 0 36 36" aria-hidden>
        <circle className={styles.track} cx={18} cy={18} r={RADIUS} />
        <circle
          className={styles.ring}
          cx={18}
          cy={18}
          r={RADIUS}
          strokeDasharray={`${(done / total) * ROUND} ${ROUND}`}
        />
      </svg>
      {label}
    </span>
  );
}
