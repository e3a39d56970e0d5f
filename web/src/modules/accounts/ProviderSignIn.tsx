import { Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError } from '@/api/errors';
import { finishSignIn } from '@/api/providers';
import { FormAlert } from '@/ui/FormAlert';
import { AuthCard } from './AuthCard';
import { takeWay, type broughtBack } from './providerWay';
import { useSignedIn } from './useSignedIn';

type Brought = NonNullable<ReturnType<typeof broughtBack>>;

/** Somebody comes back from a provider: in, or told why not. */
export function ProviderSignIn({ brought }: { brought: Brought }) {
  const { t } = useTranslation();
  const [way] = useState(takeWay);
  const enter = useSignedIn(way?.back);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const isSent = useRef(false);
  useEffect(() => {
    // What was brought back is good once.
    if (isSent.current) return;
    isSent.current = true;
    finishSignIn({ ...brought, binding: way?.binding || '-' })
      .then(enter)
      .catch((error: unknown) => setFailure(asApiError(error)));
  }, [brought, way, enter]);
  return (
    <AuthCard
      title={t('auth.signInTitle')}
      text={failure ? t('auth.notFinished') : t('auth.finishing')}
      foot={<Link to="/entrar">{t('auth.otherWay')}</Link>}
    >
      {failure ? <FormAlert error={failure} /> : <Loader size="sm" />}
    </AuthCard>
  );
}
