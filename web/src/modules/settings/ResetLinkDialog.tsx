import { Button, Modal, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { dateTime } from '@/lib/format';
import { CopyField } from '@/ui/CopyField';
import { FormAlert } from '@/ui/FormAlert';
import styles from '@/ui/Settings/Settings.module.css';
import { makeResetLink } from './queries';
import type { User } from './types';

/** The link goes to the person by whatever way the administrator trusts; it is shown this once. */
export function ResetLinkDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const {
    data: link,
    error,
    isPending,
    mutate,
  } = useMutation({
    mutationFn: () => makeResetLink(user.id),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.users.resetTitle', { name: user.name })}
      size={460}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={styles.form}>
        {error && <FormAlert error={asApiError(error)} />}
        {link ? (
          <CopyField
            label={t('settings.users.resetLink')}
            text={t('settings.users.resetUntil', { when: dateTime(link.expiresAt) })}
            value={location.origin + link.path}
            action={t('settings.users.resetCopy')}
          />
        ) : (
          <Text size="sm">{t('settings.users.resetText')}</Text>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t(link ? 'ui.close' : 'ui.cancel')}
          </Button>
          {!link && (
            <Button loading={isPending} onClick={() => mutate()} data-autofocus>
              {t('settings.users.resetMake')}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
