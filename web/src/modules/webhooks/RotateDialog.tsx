import { Button, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { FormAlert } from '@/ui/FormAlert';
import styles from '@/ui/Settings/Settings.module.css';
import { nameOf, type Webhook } from './deliveryState';
import { rotateSecret } from './queries';
import { ShownSecret } from './SecretDialog';

/** A new secret in place of the one that somebody may know. */
export function RotateDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => rotateSecret(webhook.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.lists('webhook') }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.rotate.title', { name: nameOf(webhook) })}
      size={460}
      closeOnClickOutside={!data}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={styles.form}>
        {error && <FormAlert error={asApiError(error)} />}
        {data ? (
          <ShownSecret secret={data.secret} />
        ) : (
          <Text size="sm">{t('webhooks.rotate.text')}</Text>
        )}
        <div className={styles.buttons}>
          {data ? (
            <Button onClick={onClose}>{t('webhooks.secret.kept')}</Button>
          ) : (
            <>
              <Button variant="default" onClick={onClose} data-autofocus>
                {t('ui.cancel')}
              </Button>
              <Button loading={isPending} onClick={() => mutate()}>
                {t('webhooks.rotate.action')}
              </Button>
            </>
          )}
        </div>
      </div>
    </Modal>
  );
}
