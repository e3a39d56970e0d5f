import { Button, Divider } from '@mantine/core';
import { IconBrandGoogle, IconLogin2, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { providersQuery, startSignIn } from '@/api/providers';
import { toast } from '@/ui/toast';
import styles from './AuthCard.module.css';
import { rememberWay } from './providerWay';

const ICONS: Record<string, Icon> = { google: IconBrandGoogle };

/** Other doors than the password, where this installation has any. */
export function ProviderButtons({ back }: { back?: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(providersQuery);
  const [busy, setBusy] = useState(false);
  const go = async (provider: string) => {
    setBusy(true);
    try {
      const { url, binding } = await startSignIn(provider);
      rememberWay({ binding, back });
      window.location.assign(url);
    } catch (error) {
      setBusy(false);
      toast.fail(error);
    }
  };
  if (!data || data.data.length === 0) return null;
  return (
    <div className={styles.form}>
      <Divider label={t('auth.or')} />
      {data.data.map(({ name }) => {
        const Picture = ICONS[name] ?? IconLogin2;
        return (
          <Button
            key={name}
            variant="default"
            fullWidth
            loading={busy}
            leftSection={<Picture size={17} stroke={1.8} aria-hidden />}
            onClick={() => void go(name)}
          >
            {t('auth.signInWith', { provider: t(`auth.provider.${name}`) })}
          </Button>
        );
      })}
    </div>
  );
}
