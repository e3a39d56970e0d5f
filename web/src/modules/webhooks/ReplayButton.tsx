import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { toast } from '@/ui/toast';
import type { Delivery } from './deliveryState';
import { allDeliveries, replayDelivery } from './queries';

interface ReplayButtonProps {
  delivery: Delivery;
  /** Of the delivery, for those who hear the button. */
  name: string;
}

/** Sends the same thing once more; what waits is on its way already. */
export function ReplayButton({ delivery, name }: ReplayButtonProps) {
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => replayDelivery(delivery.id),
    onSuccess: async () => {
      toast.done(t('webhooks.replay.one'));
      await client.invalidateQueries({ queryKey: allDeliveries });
    },
    onError: (error) => toast.fail(error),
  });
  if (delivery.state === 'waiting' || !may('webhook', 'update')) return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={isPending}
      aria-label={t('webhooks.replay.againOf', { name })}
      onClick={() => mutate()}
    >
      {t('webhooks.replay.again')}
    </Button>
  );
}
