import { IconKey, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { ago, date, isFuture } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState } from '@/ui/EmptyState';
import { HeaderButton } from '@/ui/HeaderButton';
import { IconBtn } from '@/ui/IconBtn';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { liveRow } from '@/ui/Settings/liveRow';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { ApiKeyDialog } from './ApiKeyDialog';
import { ApiKeyShown, CurlExample } from './ApiKeyShown';
import { apiKeys, apiKeysQuery } from './queries';
import { EVERYTHING } from './scopes';
import type { ApiKey } from './types';

export function ApiKeysPage() {
  const { t } = useTranslation();
  const may = useCan();
  const query = useInfiniteQuery(apiKeysQuery);
  const [edited, setEdited] = useState<ApiKey | 'new' | null>(null);
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const add = may('api_key', 'create') && (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t('settings.apiKeys.new')}
      onClick={() => setEdited('new')}
    />
  );
  return (
    <SettingsPage
      title={t('settings.apiKeys.title')}
      text={t('settings.apiKeys.intro')}
      action={add}
    >
      <PagedList
        query={query}
        label={t('settings.apiKeys.title')}
        subject={t('settings.apiKeys.subject')}
        empty={
          <EmptyState
            icon={<IconKey size={24} />}
            title={t('settings.apiKeys.empty')}
            action={<CurlExample />}
          >
            {t('settings.apiKeys.emptyText')}
          </EmptyState>
        }
      >
        {(key) => (
          <ApiKeyRow apiKey={key} onEdit={() => setEdited(key)} onRevoke={() => setDoomed(key)} />
        )}
      </PagedList>
      {edited && (
        <ApiKeyDialog
          apiKey={edited === 'new' ? undefined : liveRow(query, edited)}
          onMade={setMade}
          onClose={() => setEdited(null)}
        />
      )}
      {made && <ApiKeyShown apiKey={made} onClose={() => setMade(null)} />}
      <RevokeDialog apiKey={doomed} onClose={() => setDoomed(null)} />
    </SettingsPage>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const name = apiKey?.name;
  const revoke = async () => {
    if (!apiKey) return;
    await apiKeys.remove(apiKey.id);
    await client.invalidateQueries({ queryKey: keys.lists('api_key') });
    toast.done(t('settings.apiKeys.revokedNow', { name }));
  };
  return (
    <ConfirmDialog
      opened={apiKey !== null}
      title={t('settings.apiKeys.revokeTitle', { name })}
      text={t('settings.apiKeys.revokeText')}
      action={t('settings.apiKeys.revoke')}
      onConfirm={revoke}
      onClose={onClose}
    />
  );
}

interface ApiKeyRowProps {
  apiKey: ApiKey;
  onEdit: () => void;
  onRevoke: () => void;
}

function ApiKeyRow({ apiKey, onEdit, onRevoke }: ApiKeyRowProps) {
  const { t } = useTranslation();
  const may = useCan();
  const { name, hint, scopes, expiresAt, lastUsedAt, lastUsedAddress, status } = apiKey;
  const isActive = status === 'active';
  const used = lastUsedAt
    ? t('settings.apiKeys.used', { when: ago(lastUsedAt), address: lastUsedAddress })
    : t('settings.apiKeys.neverUsed');
  const allowed = scopes.includes(EVERYTHING)
    ? t('settings.apiKeys.allScopes')
    : t('settings.apiKeys.scopesOf', { count: scopes.length });
  const until = expiresAt && t('settings.apiKeys.expiresOn', { when: date(expiresAt) });
  return (
    <>
      <IconKey size={18} stroke={1.7} aria-hidden />
      <RowText title={name} detail={[hint, allowed, used, until].filter(Boolean).join(' · ')} />
      <RowEnd>
        <StateTag isActive={isActive} expiresAt={expiresAt} />
      </RowEnd>
      {isActive && may('api_key', 'update') && (
        <IconBtn label={t('settings.editOf', { name })} onClick={onEdit}>
          <IconPencil size={16} stroke={1.7} />
        </IconBtn>
      )}
      {isActive && may('api_key', 'delete') && (
        <IconBtn label={t('settings.apiKeys.revokeOf', { name })} onClick={onRevoke}>
          <IconTrash size={16} stroke={1.7} />
        </IconBtn>
      )}
    </>
  );
}

function StateTag({ isActive, expiresAt }: { isActive: boolean; expiresAt?: string | null }) {
  const { t } = useTranslation();
  if (!isActive) return <Tag hue="red">{t('settings.apiKeys.revoked')}</Tag>;
  if (expiresAt && !isFuture(expiresAt))
    return <Tag hue="amber">{t('settings.apiKeys.expired')}</Tag>;
  return <Tag hue="green">{t('settings.apiKeys.active')}</Tag>;
}
