import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { linkedQuery, providersQuery, unlink } from '@/api/providers';
import { ago } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ErrorState } from '@/ui/ErrorState';
import list from '@/ui/PagedList.module.css';
import { RowEnd, RowText } from '@/ui/PagedList';
import styles from '@/ui/Settings/Settings.module.css';
import { Section } from '@/ui/Settings/SettingsPage';
import { toast } from '@/ui/toast';

/** Accounts at providers by which one signs in; nothing where there is no provider. */
export function LinkedSection() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const providers = useQuery(providersQuery);
  const { data, error, refetch } = useQuery(linkedQuery);
  const [leaving, setLeaving] = useState<string | null>(null);
  const isOffered = (providers.data?.data.length ?? 0) > 0 || (data?.data.length ?? 0) > 0;
  if (!isOffered) return null;
  const nameOf = (provider: string) => t(`auth.provider.${provider}`);
  const remove = async (provider: string) => {
    await unlink(provider);
    await client.invalidateQueries({ queryKey: linkedQuery.queryKey });
    toast.done(t('settings.linked.unlinked', { provider: nameOf(provider) }));
  };
  return (
    <Section title={t('settings.linked.title')} text={t('settings.linked.text')}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.linked.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {data?.data.length === 0 && <p className={styles.note}>{t('settings.linked.none')}</p>}
      {data && data.data.length > 0 && (
        <ul className={list.card} aria-label={t('settings.linked.title')}>
          {data.data.map(({ provider, email, linkedAt }) => (
            <li key={provider} className={list.row}>
              <IconLink size={18} stroke={1.7} aria-hidden />
              <RowText
                title={nameOf(provider)}
                detail={`${email} · ${t('settings.linked.since', { when: ago(linkedAt) })}`}
              />
              <RowEnd>
                <Button size="xs" variant="default" onClick={() => setLeaving(provider)}>
                  {t('settings.linked.unlink')}
                </Button>
              </RowEnd>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        opened={leaving !== null}
        title={t('settings.linked.confirm', { provider: nameOf(leaving ?? 'google') })}
        text={t('settings.linked.confirmText')}
        action={t('settings.linked.unlink')}
        onConfirm={() => remove(leaving ?? '')}
        onClose={() => setLeaving(null)}
      />
    </Section>
  );
}
