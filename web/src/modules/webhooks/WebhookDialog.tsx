import { Select, TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMetaEntity } from '@/api/me';
import type { Schema } from '@/api/types';
import { SettingDialog } from '@/ui/Settings/SettingDialog';
import { EventPicker } from './EventPicker';
import { nameOf, type Webhook } from './deliveryState';
import { isText, patternsOf } from './patterns';
import { createWebhook, webhooks } from './queries';
import { useEventWords } from './useEventWords';
import styles from './Webhooks.module.css';

type Input = Required<Pick<Schema<'WebhookInput'>, 'method' | 'signatureVersion'>>;

interface Values extends Record<string, unknown> {
  name: string;
  url: string;
  events: string[];
  method: Input['method'];
  signatureVersion: Input['signatureVersion'];
}

const valuesOf = (webhook?: Webhook): Values => ({
  name: webhook?.name ?? '',
  url: webhook?.url ?? '',
  events: patternsOf(webhook?.events),
  method: webhook?.method ?? 'POST',
  signatureVersion: webhook?.signatureVersion ?? '1',
});

interface WebhookDialogProps {
  /** Absent: a new one, whose secret is told once. */
  webhook?: Webhook;
  onSecret?: (secret: string) => void;
  onClose: () => void;
}

export function WebhookDialog({ webhook, onSecret, onClose }: WebhookDialogProps) {
  const { t } = useTranslation();
  const secret = useRef<string>(undefined);
  const wordsOf = useEventWords();
  const { labels, optionsOf } = useDeclared();
  return (
    <SettingDialog
      title={webhook ? nameOf(webhook) : t('webhooks.new')}
      kind={webhooks.kind}
      live={webhook}
      valuesOf={valuesOf}
      validate={{
        url: isNotEmpty(t('webhooks.urlMissing')),
        events: isNotEmpty(t('webhooks.eventsMissing')),
      }}
      get={webhooks.get}
      create={async ({ name, ...values }) => {
        const made = await createWebhook({ ...values, name: name.trim() || null });
        secret.current = made.secret;
        return made;
      }}
      change={webhooks.update}
      stale={[keys.lists('webhook')]}
      said={webhook ? undefined : () => t('webhooks.created')}
      labels={labels}
      texts={{ events: (events) => patternsOf(events).map(wordsOf).join(', ') }}
      onClose={() => (secret.current ? onSecret?.(secret.current) : onClose())}
    >
      {(form) => (
        <>
          <TextInput
            label={labels.url}
            type="url"
            inputMode="url"
            withAsterisk
            placeholder="https://"
            description={t('webhooks.urlText')}
            data-autofocus={!webhook || undefined}
            {...form.getInputProps('url')}
          />
          <TextInput
            label={labels.name}
            description={t('webhooks.nameText')}
            {...form.getInputProps('name')}
          />
          <EventPicker
            patterns={form.values.events}
            error={form.errors.events}
            onChange={(events) => form.setFieldValue('events', events)}
          />
          <Advanced>
            <Select
              label={labels.method}
              allowDeselect={false}
              data={optionsOf('method')}
              {...form.getInputProps('method')}
            />
            <Select
              label={labels.signatureVersion}
              allowDeselect={false}
              description={t('webhooks.signatureText')}
              data={optionsOf('signatureVersion')}
              {...form.getInputProps('signatureVersion')}
            />
          </Advanced>
        </>
      )}
    </SettingDialog>
  );
}

/** What the fields and their options are called: as the server declares them. */
function useDeclared() {
  const fields = useMetaEntity('webhook')?.fields ?? [];
  return {
    labels: Object.fromEntries(fields.map(({ key, label }) => [key, label])),
    optionsOf: (name: string) =>
      (fields.find(({ key }) => key === name)?.options ?? []).flatMap(({ value, label }) =>
        isText(value) ? [{ value, label }] : [],
      ),
  };
}

function Advanced({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={15} stroke={1.8} aria-hidden />
        {t('webhooks.advanced')}
      </button>
      <div id={id} hidden={!open} className={styles.advanced}>
        {children}
      </div>
    </div>
  );
}
