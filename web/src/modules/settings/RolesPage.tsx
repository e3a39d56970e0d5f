import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useMeta } from '@/api/me';
import type { Schema } from '@/api/types';
import type { Hue } from '@/lib/hues';
import type { Scope } from '@/lib/permissions';
import { ErrorState } from '@/ui/ErrorState';
import { RowSkeletons } from '@/ui/Skeletons';
import { Tag } from '@/ui/Tag';
import { rolesQuery } from './queries';
import { SettingsPage } from './SettingsPage';
import styles from './Settings.module.css';

const actions = ['read', 'create', 'update', 'delete'] as const;
const hues: Record<Scope, Hue> = { all: 'green', team: 'blue', own: 'amber', none: 'gray' };

export function RolesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(rolesQuery);
  const [chosen, setChosen] = useState<string>(useMe().user.role);
  const roles = data?.data ?? [];
  const role = roles.find(({ name }) => name === chosen) ?? roles[0];
  return (
    <SettingsPage title={t('settings.roles.title')} text={t('settings.roles.intro')}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.roles.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <RowSkeletons rows={8} avatar={false} />}
      {role && (
        <>
          <Select
            label={t('settings.users.role')}
            maw={280}
            allowDeselect={false}
            value={role.name}
            onChange={(value) => value && setChosen(value)}
            data={roles.map(({ name, label }) => ({ value: name, label }))}
          />
          <Matrix role={role} />
        </>
      )}
    </SettingsPage>
  );
}

function Matrix({ role }: { role: Schema<'Role'> }) {
  const { t } = useTranslation();
  const { entities } = useMeta();
  const labelOf = (entity: string) =>
    entities.find(({ name }) => name === entity)?.labelPlural ??
    t(`settings.roles.thing.${entity}`, { defaultValue: entity });
  return (
    <div className={styles.card} tabIndex={0} role="region" aria-label={role.label}>
      <table className={styles.matrix}>
        <caption className="srOnly">{t('settings.roles.caption', { role: role.label })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('settings.roles.resource')}</th>
            {actions.map((action) => (
              <th key={action} scope="col">
                {t(`settings.roles.action.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(role.permissions).map(([entity, rights]) => (
            <tr key={entity}>
              <th scope="row">{labelOf(entity)}</th>
              {actions.map((action) => {
                const scope = rights[action] ?? 'none';
                return (
                  <td key={action}>
                    <Tag hue={hues[scope]}>{t(`settings.roles.scope.${scope}`)}</Tag>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
