import { Button, PasswordInput, Text } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { date } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { FormDialog } from '@/ui/FormDialog';
import styles from '@/ui/Settings/Settings.module.css';
import { Section } from '@/ui/Settings/SettingsPage';
import { RowSkeletons } from '@/ui/Skeletons';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { disableSecondFactor, makeRecoveryCodes, secondFactorQuery } from './queries';
import { RecoveryCodes } from './RecoveryCodes';
import { SecondFactorDialog } from './SecondFactorDialog';
import type { SecondFactor } from './types';

type Doing = 'setting-up' | 'renewing' | 'disabling';

/** Two-step verification: switched on with an app, off with the password. */
export function SecondFactorSection() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(secondFactorQuery);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => setDoing(null);
  return (
    <Section title={t('settings.secondFactor.title')} text={t('settings.secondFactor.text')}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.secondFactor.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <RowSkeletons rows={1} avatar={false} />}
      {data && <State factor={data} onDo={setDoing} />}
      {doing === 'setting-up' && <SecondFactorDialog onClose={close} onCodes={setCodes} />}
      {doing === 'renewing' && (
        <PasswordDialog
          title={t('settings.secondFactor.renew')}
          action={t('settings.secondFactor.renewNow')}
          text={t('settings.secondFactor.renewText')}
          onClose={close}
          onPassword={async (password) => setCodes(await makeRecoveryCodes(password))}
        />
      )}
      {doing === 'disabling' && (
        <PasswordDialog
          title={t('settings.secondFactor.disable')}
          action={t('settings.secondFactor.disableNow')}
          text={t('settings.secondFactor.disableText')}
          onClose={close}
          onPassword={async (password) => {
            await disableSecondFactor(password);
            toast.done(t('settings.secondFactor.disabled'));
          }}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  );
}

function State({ factor, onDo }: { factor: SecondFactor; onDo: (doing: Doing) => void }) {
  const { t } = useTranslation();
  const { enabled, since, recoveryCodesLeft } = factor;
  if (!enabled) {
    return (
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => onDo('setting-up')}>
          {t('settings.secondFactor.enable')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Text size="sm" component="div">
        <Tag hue="green">{t('settings.secondFactor.on')}</Tag>{' '}
        {since && t('settings.secondFactor.since', { date: date(since) })} ·{' '}
        {t('settings.secondFactor.left', { count: recoveryCodesLeft })}
      </Text>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => onDo('renewing')}>
          {t('settings.secondFactor.renew')}
        </Button>
        <Button variant="default" color="red" onClick={() => onDo('disabling')}>
          {t('settings.secondFactor.disable')}
        </Button>
      </div>
    </>
  );
}

interface PasswordDialogProps {
  title: string;
  text: string;
  action: string;
  onPassword: (password: string) => Promise<unknown>;
  onClose: () => void;
}

/** Whoever finds the screen unlocked cannot do this. */
function PasswordDialog({ title, text, action, onPassword, onClose }: PasswordDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: isNotEmpty(t('auth.passwordMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ password }) => {
    await onPassword(password);
    await client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    onClose();
  });
  return (
    <FormDialog
      title={title}
      action={action}
      busy={busy}
      dirty={false}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{text}</Text>
      <PasswordInput
        label={t('auth.password')}
        autoComplete="current-password"
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
        {...form.getInputProps('password')}
      />
    </FormDialog>
  );
}
