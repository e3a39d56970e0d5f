import { Button, Modal, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { dateTime } from '@/lib/format';
import { FormAlert } from '@/ui/FormAlert';
import { CopyButton } from './CopyButton';
import { makeResetLink } from './queries';
import styles from './Settings.module.css';
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
          <ShownLink path={link.path} expiresAt={link.expiresAt} />
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

function ShownLink({ path, expiresAt }: { path: string; expiresAt: string }) {
  const { t } = useTranslation();
  const link = location.origin + path;
  return (
    <>
      <TextInput
        label={t('settings.users.resetLink')}
        description={t('settings.users.resetUntil', { when: dateTime(expiresAt) })}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton text={link} label={t('settings.users.resetCopy')} />
    </>
  );
}
