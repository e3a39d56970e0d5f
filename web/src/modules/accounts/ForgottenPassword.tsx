import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './AuthCard.module.css';

/** Who can help somebody who does not remember their password. */
export function ForgottenPassword() {
  const { t } = useTranslation();
  const [isOpen, { toggle }] = useDisclosure();
  const id = useId();
  return (
    <div>
      <UnstyledButton
        className={styles.link}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
      >
        {t('auth.forgotten')}
      </UnstyledButton>
      <p id={id} hidden={!isOpen} className={styles.hint} role="status">
        {t('auth.forgottenHelp')}
      </p>
    </div>
  );
}
