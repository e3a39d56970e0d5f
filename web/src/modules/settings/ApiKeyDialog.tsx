import { NumberInput, Select } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { date } from '@/lib/format';
import { SettingDialog } from '@/ui/Settings/SettingDialog';
import { NameInput } from './NameInput';
import { apiKeys, makeApiKey } from './queries';
import { joined, split } from './scopes';
import { ScopePicker } from './ScopePicker';
import type { ApiKey } from './types';

const DAY_MS = 24 * 3600 * 1000;
const DAYS = ['30', '90', '365'];
const NEVER = 'never';

const valuesOf = (key?: ApiKey) => ({
  name: key?.name ?? '',
  scopes: joined(key?.scopes ?? []),
  expiresAt: key?.expiresAt ?? NEVER,
  requestsPerMinute: key?.requestsPerMinute ?? 600,
});
type Values = ReturnType<typeof valuesOf>;

/** "90" is ninety days from now; a moment stays the moment that it is. */
export const momentOf = (expiry: string, now: number): string | null => {
  if (expiry === NEVER) return null;
  return DAYS.includes(expiry) ? new Date(now + Number(expiry) * DAY_MS).toISOString() : expiry;
};

/** As the API takes them; what was not touched stays away. */
const bodyOf = ({ scopes, expiresAt, ...others }: Partial<Values>) => ({
  ...others,
  ...(scopes === undefined ? {} : { scopes: split(scopes) }),
  ...(expiresAt === undefined ? {} : { expiresAt: momentOf(expiresAt, Date.now()) }),
});

interface ApiKeyDialogProps {
  apiKey?: ApiKey;
  /** Told the key itself, which nobody is told again. */
  onMade: (key: string) => void;
  onClose: () => void;
}

export function ApiKeyDialog({ apiKey, onMade, onClose }: ApiKeyDialogProps) {
  const { t } = useTranslation();
  const word = (name: string): string => t(`settings.apiKeys.${name}`);
  return (
    <SettingDialog
      title={apiKey ? t('settings.apiKeys.edit', { name: apiKey.name }) : word('new')}
      kind={apiKeys.kind}
      live={apiKey}
      get={apiKeys.get}
      valuesOf={valuesOf}
      validate={{
        name: isNotEmpty(t('settings.nameMissing')),
        scopes: isNotEmpty(word('scopesMissing')),
      }}
      create={async ({ name, scopes, expiresAt, requestsPerMinute }) => {
        const body = { name, requestsPerMinute, scopes: split(scopes) };
        const made = await makeApiKey({ ...body, expiresAt: momentOf(expiresAt, Date.now()) });
        onMade(made.key);
      }}
      change={(id, changes, version) => apiKeys.update(id, bodyOf(changes), version)}
      stale={[keys.lists('api_key')]}
      said={() => word('made')}
      labels={{
        name: t('settings.name'),
        scopes: word('scopes'),
        expiresAt: word('expires'),
        requestsPerMinute: word('pace'),
      }}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameInput
            maxLength={80}
            description={word('nameText')}
            {...form.getInputProps('name')}
          />
          <ScopePicker {...form.getInputProps('scopes')} />
          <ExpirySelect {...form.getInputProps('expiresAt')} />
          <NumberInput
            label={word('pace')}
            description={word('paceText')}
            min={1}
            max={6000}
            allowDecimal={false}
            {...form.getInputProps('requestsPerMinute')}
          />
        </>
      )}
    </SettingDialog>
  );
}

/** Some usual terms, and whatever it was before. */
function ExpirySelect(props: { value?: string }) {
  const { t } = useTranslation();
  const { value = NEVER } = props;
  const isMoment = value !== NEVER && !DAYS.includes(value);
  const terms = [
    { value: NEVER, label: t('settings.apiKeys.never') },
    { value: '30', label: t('settings.apiKeys.days', { count: 30 }) },
    { value: '90', label: t('settings.apiKeys.days', { count: 90 }) },
    { value: '365', label: t('settings.apiKeys.year') },
  ];
  const known = { value, label: t('settings.apiKeys.until', { when: date(value) }) };
  return (
    <Select
      label={t('settings.apiKeys.expires')}
      allowDeselect={false}
      data={isMoment ? [known, ...terms] : terms}
      {...props}
    />
  );
}
