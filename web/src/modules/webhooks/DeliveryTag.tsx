import { useTranslation } from 'react-i18next';
import { Tag } from '@/ui/Tag';
import { HUE_OF, wordOf, type Delivery } from './deliveryState';

/** What became of a delivery so far. */
export function DeliveryTag({ delivery }: { delivery: Pick<Delivery, 'state' | 'tries'> }) {
  const { t } = useTranslation();
  const word = wordOf(delivery);
  return (
    <Tag dot hue={HUE_OF[word]}>
      {t(`webhooks.state.${word}`)}
    </Tag>
  );
}
