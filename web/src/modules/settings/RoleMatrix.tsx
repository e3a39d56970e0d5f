import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import type { Schema } from '@/api/types';
import type { Hue } from '@/lib/hues';
import type { Action, Scope } from '@/lib/permissions';
import { Tag } from '@/ui/Tag';
import styles from './Settings.module.css';

export type Permissions = Schema<'Role'>['permissions'];

const ACTIONS: Action[] = ['read', 'create', 'update', 'delete', 'import', 'manage'];
const SCOPES: Scope[] = ['none', 'own', 'team', 'all'];
const HUES: Record<Scope, Hue> = { all: 'green', team: 'blue', own: 'amber', none: 'gray' };

interface RoleMatrixProps {
  label: string;
  /** What there is to allow. */
  things: string[];
  permissions: Permissions;
  /** Absent: nobody may change it here. */
  onChange?: (permissions: Permissions) => void;
}

/** What a role may do with each kind of record, and with whose. */
export function RoleMatrix({ label, things, permissions, onChange }: RoleMatrixProps) {
  const { t } = useTranslation();
  const { entities } = useMeta();
  const labelOf = (thing: string) =>
    entities.find(({ name }) => name === thing)?.labelPlural ??
    t(`settings.roles.thing.${thing}`, { defaultValue: thing });
  const inOrder = [...things].sort((a, b) => labelOf(a).localeCompare(labelOf(b)));
  const set = (thing: string, action: Action, scope: Scope) =>
    onChange?.({ ...permissions, [thing]: { ...permissions[thing], [action]: scope } });
  return (
    <div className={styles.card} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.matrix}>
        <caption className="srOnly">{t('settings.roles.caption', { role: label })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('settings.roles.resource')}</th>
            {ACTIONS.map((action) => (
              <th key={action} scope="col">
                {t(`settings.roles.action.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((thing) => (
            <tr key={thing}>
              <th scope="row">{labelOf(thing)}</th>
              {ACTIONS.map((action) => {
                const scope = permissions[thing]?.[action] ?? 'none';
                return (
                  <td key={action} data-edited={onChange ? true : undefined}>
                    {onChange ? (
                      <NativeSelect
                        size="xs"
                        aria-label={`${labelOf(thing)}: ${t(`settings.roles.action.${action}`)}`}
                        data-scope={scope}
                        value={scope}
                        data={SCOPES.map((value) => ({
                          value,
                          label: t(`settings.roles.scope.${value}`),
                        }))}
                        onChange={(event) => set(thing, action, event.currentTarget.value as Scope)}
                      />
                    ) : (
                      <Tag hue={HUES[scope]}>{t(`settings.roles.scope.${scope}`)}</Tag>
                    )}
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
