import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/types';
import { ago, dateTime, num } from '@/lib/format';
import { useReturnFocus } from '@/lib/returnFocus';
import { ErrorState } from '@/ui/ErrorState';
import { FormSkeleton } from '@/ui/Skeletons';
import { Answer } from './Answer';
import { CodeBlock } from './CodeBlock';
import { RecordWay } from './DeliveryRow';
import { DeliveryTag } from './DeliveryTag';
import { outcomeText } from './outcome';
import { deliveryQuery } from './queries';
import { ReplayButton } from './ReplayButton';
import { useEventWords } from './useEventWords';
import styles from './Webhooks.module.css';

/** One delivery: what was sent, every attempt, and what the other side said. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const wordsOf = useEventWords();
  const { data, error, refetch } = useQuery(deliveryQuery(id));
  const event = data && wordsOf(data.event);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={event ?? t('webhooks.deliveries.one')}
      size={640}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {data && event ? (
        <Detail delivery={data} name={event} />
      ) : error ? (
        <ErrorState
          error={error}
          subject={t('webhooks.deliveries.one')}
          onRetry={() => void refetch()}
        />
      ) : (
        <FormSkeleton />
      )}
    </Drawer>
  );
}

interface DetailProps {
  delivery: Schema<'WebhookDeliveryDetail'>;
  name: string;
}

function Detail({ delivery, name }: DetailProps) {
  const { t } = useTranslation();
  const { event, id, at, nextTryAt, log, payload, answer } = delivery;
  return (
    <div className={styles.detail}>
      <div className={styles.line}>
        <DeliveryTag delivery={delivery} />
        <RecordWay delivery={delivery} />
        <ReplayButton delivery={delivery} name={name} />
      </div>
      <dl className={styles.facts}>
        <Fact name={t('webhooks.fact.event')}>
          <code>{event}</code>
        </Fact>
        <Fact name={t('webhooks.fact.id')}>
          <code>{id}</code>
        </Fact>
        <Fact name={t('webhooks.fact.at')}>{dateTime(at)}</Fact>
        {nextTryAt && log.length > 0 && (
          <Fact
            name={t('webhooks.fact.nextTry')}
          >{`${dateTime(nextTryAt)} (${ago(nextTryAt)})`}</Fact>
        )}
      </dl>
      <CodeBlock label={t('webhooks.payload')} text={JSON.stringify(payload, null, 2)} />
      <Attempts log={log} />
      {log.length > 0 && <Answer text={answer} />}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Attempts({ log }: { log: Schema<'WebhookTry'>[] }) {
  const { t } = useTranslation();
  const label = t('webhooks.attempts');
  return (
    <section>
      <h3 className={styles.heading}>{label}</h3>
      {log.length === 0 && <p className={styles.quiet}>{t('webhooks.noAttempts')}</p>}
      <ol className={styles.attempts} aria-label={label}>
        {log.map((one, place) => (
          <li key={`${one.at} ${place}`}>
            <span>{dateTime(one.at)}</span>
            <span>{outcomeText(t, one)}</span>
            <span className={styles.quiet}>{t('webhooks.took', { ms: num(one.ms) })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
