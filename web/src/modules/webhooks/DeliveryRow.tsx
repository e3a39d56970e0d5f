import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCan, useMetaEntity } from '@/api/me';
import { ago } from '@/lib/format';
import { RowEnd, RowText } from '@/ui/PagedList';
import { ToldLink } from '@/ui/Timeline/ToldLink';
import type { Delivery } from './deliveryState';
import { DeliveryTag } from './DeliveryTag';
import { outcomeText } from './outcome';
import { ReplayButton } from './ReplayButton';
import { useEventWords } from './useEventWords';
import styles from './Webhooks.module.css';

interface DeliveryRowProps {
  delivery: Delivery;
  /** Of those who may see what was sent. */
  onOpen: false | (() => void);
}

export function DeliveryRow({ delivery, onOpen }: DeliveryRowProps) {
  const { t } = useTranslation();
  const event = useEventWords()(delivery.event);
  const { at, tries, nextTryAt } = delivery;
  const details = [
    ago(at),
    outcomeText(t, delivery),
    tries > 1 && t('webhooks.tries', { count: tries }),
    tries > 0 && nextTryAt && t('webhooks.nextTry', { when: ago(nextTryAt) }),
  ];
  return (
    <>
      <RowText
        title={
          <>
            {onOpen ? (
              <UnstyledButton className={styles.open} onClick={onOpen}>
                {event}
              </UnstyledButton>
            ) : (
              event
            )}
            <DeliveryTag delivery={delivery} />
          </>
        }
        detail={details.filter(Boolean).join(' · ')}
      />
      <RowEnd>
        <RecordWay delivery={delivery} />
        <ReplayButton delivery={delivery} name={event} />
      </RowEnd>
    </>
  );
}

/** To the record that it is about, for those who may read such; a test is about none. */
export function RecordWay({ delivery: { entity, entityId } }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const may = useCan();
  const declared = useMetaEntity(entity);
  if (entity === 'webhook' || !declared || !may(entity, 'read')) return null;
  return (
    <span className={styles.way}>
      <ToldLink entity={entity} id={entityId} title="">
        {t('webhooks.openRecord')}
      </ToldLink>
    </span>
  );
}
