import { Alert, Button, Group, Modal, PasswordInput, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { login } from '@/api/account';
import { asApiError } from '@/api/errors';
import { useMe } from '@/api/me';
import { openSession, sessionState } from '@/api/session';
import { useSignal } from '@/lib/signal';
import { CodeField, useCodeWanted } from '@/ui/CodeField';
import { useAccount } from './useAccount';

/** The session ended while somebody works: sign in over the page, and nothing typed is lost. */
export function SessionExpired() {
  const { t } = useTranslation();
  const expired = useSignal(sessionState) === 'expired';
  return (
    <Modal
      opened={expired}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('auth.expired.title')}
      size={380}
      zIndex={500}
    >
      {expired && <SignInAgain />}
    </Modal>
  );
}

function SignInAgain() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user } = useMe();
  const { signOut } = useAccount();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const second = useCodeWanted();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    try {
      openSession(await login({ email: user.email, password, code }));
      await client.invalidateQueries({ refetchType: 'active' });
    } catch (error) {
      const problem = asApiError(error);
      setFailure(second.isAsking(problem) ? undefined : problem.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Text size="sm" mb="md">
        {t('auth.expired.text', { email: user.email })}
      </Text>
      {failure && (
        <Alert color="red" variant="light" mb="md" role="alert">
          {failure}
        </Alert>
      )}
      <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
      <PasswordInput
        label={t('auth.password')}
        autoComplete="current-password"
        data-autofocus
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {second.wanted && (
        <CodeField mt="md" value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      )}
      <Group justify="space-between" mt="lg">
        <Button variant="subtle" onClick={() => void signOut()}>
          {t('auth.expired.other')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('auth.signIn')}
        </Button>
      </Group>
    </form>
  );
}
