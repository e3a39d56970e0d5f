import { Button, Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { num } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import settings from '@/ui/Settings/Settings.module.css';
import { deliveriesOf } from './addresses';
import { Answer } from './Answer';
import { nameOf, type Webhook } from './deliveryState';
import { DeliveryTag } from './DeliveryTag';
import { outcomeText } from './outcome';
import { deliveryQuery } from './queries';
import styles from './Webhooks.module.css';

interface TestDialogProps {
  webhook: Webhook;
  delivery: string;
  onClose: () => void;
}

/** What comes of a delivery like any other, as it happens. */
export function TestDialog({ webhook, delivery, onClose }: TestDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.test.title', { name: nameOf(webhook) })}
      size={460}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={settings.form}>
        <Result delivery={delivery} />
        <div className={settings.buttons}>
          <Button
            variant="default"
            renderRoot={(props) => <Link {...deliveriesOf(webhook.id)} {...props} />}
          >
            {t('webhooks.test.deliveries')}
          </Button>
          <Button onClick={onClose} data-autofocus>
            {t('ui.close')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Result({ delivery }: { delivery: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(deliveryQuery(delivery));
  if (error && !data) {
    return (
      <ErrorState
        error={error}
        subject={t('webhooks.deliveries.one')}
        onRetry={() => void refetch()}
      />
    );
  }
  const last = data?.log.at(-1);
  if (!data || !last) {
    return (
      <p role="status" className={styles.pending}>
        <Loader size={16} />
        {t('webhooks.test.pending')}
      </p>
    );
  }
  return (
    <div role="status" className={styles.result}>
      <p className={styles.line}>
        <DeliveryTag delivery={data} />
        <span>{outcomeText(t, last)}</span>
        <span className={styles.quiet}>{t('webhooks.took', { ms: num(last.ms) })}</span>
      </p>
      <Answer text={data.answer} />
    </div>
  );
}
