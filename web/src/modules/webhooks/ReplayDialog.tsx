import { Select, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isoDay } from '@/lib/format';
import { FormDialog } from '@/ui/FormDialog';
import { DateField } from '@/ui/RecordForm/DateField';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { isDeliveryState, nameOf, type Webhook } from './deliveryState';
import { allDeliveries, replaySpan } from './queries';

const EVERY = 'every';

interface Span extends Record<string, unknown> {
  from: string | null;
  to: string | null;
  state: string;
}

/** What happened in a span of time, told once more: to a program that was away or made a mistake. */
export function ReplayDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<Span>({
    initialValues: { from: `${isoDay(new Date())}T00:00`, to: null, state: 'dead' },
    validate: { from: (value) => (value ? null : t('webhooks.replay.fromMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ from, to, state }) => {
    if (!from) return;
    const { count } = await replaySpan(webhook.id, {
      ...{ from, to },
      state: isDeliveryState(state) && state !== 'waiting' ? state : null,
    });
    toast.done(t('webhooks.replay.done', { count }));
    await client.invalidateQueries({ queryKey: allDeliveries });
    onClose();
  });
  const states = [
    ...['dead', 'delivered'].map((value) => ({ value, label: t(`webhooks.state.${value}`) })),
    { value: EVERY, label: t('webhooks.filter.every') },
  ];
  return (
    <FormDialog
      title={t('webhooks.replay.title', { name: nameOf(webhook) })}
      action={t('webhooks.replay.again')}
      busy={busy}
      dirty={false}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('webhooks.replay.text')}</Text>
      <DateField
        type="datetime"
        label={t('webhooks.replay.from')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('from')}
        value={form.values.from}
      />
      <DateField
        type="datetime"
        label={t('webhooks.replay.to')}
        description={t('webhooks.replay.toText')}
        {...form.getInputProps('to')}
        value={form.values.to}
      />
      <Select
        label={t('webhooks.replay.which')}
        allowDeselect={false}
        data={states}
        {...form.getInputProps('state')}
      />
    </FormDialog>
  );
}
