import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import type { Hue } from '@/lib/hues';
import type { Action, Scope } from '@/lib/permissions';
import { Tag } from '@/ui/Tag';
import { ACTIONS } from './roleValues';
import styles from './Settings.module.css';

const SCOPES: Scope[] = ['none', 'own', 'team', 'all'];
const HUES: Record<Scope, Hue> = { all: 'green', team: 'blue', own: 'amber', none: 'gray' };

interface RoleMatrixProps {
  label: string;
  /** What there is to allow. */
  things: string[];
  scopeOf: (thing: string, action: Action) => string;
  /** Absent: nobody may change it here. */
  onChange?: (thing: string, action: Action, scope: string) => void;
}

/** What the rows and cells of the matrix are called. */
export function useCellWords() {
  const { t } = useTranslation();
  const { entities } = useMeta();
  const thing = (name: string): string =>
    entities.find((one) => one.name === name)?.labelPlural ??
    t(`settings.roles.thing.${name}`, { defaultValue: name });
  const action = (name: string): string => t(`settings.roles.action.${name}`);
  const scope = (name: string): string => t(`settings.roles.scope.${name}`);
  const cell = (key: string): string => {
    const [, name = '', what = ''] = key.split(':');
    return `${thing(name)}: ${action(what)}`;
  };
  return { thing, action, scope, cell };
}

/** What a role may do with each kind of record, and with whose. */
export function RoleMatrix({ label, things, scopeOf, onChange }: RoleMatrixProps) {
  const { t } = useTranslation();
  const words = useCellWords();
  const inOrder = [...things].sort((a, b) => words.thing(a).localeCompare(words.thing(b)));
  return (
    <div className={styles.card} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.matrix}>
        <caption className="srOnly">{t('settings.roles.caption', { role: label })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('settings.roles.resource')}</th>
            {ACTIONS.map((action) => (
              <th key={action} scope="col">
                {words.action(action)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((thing) => (
            <tr key={thing}>
              <th scope="row">{words.thing(thing)}</th>
              {ACTIONS.map((action) => {
                const scope = scopeOf(thing, action);
                return (
                  <td key={action} data-edited={onChange ? true : undefined}>
                    {onChange ? (
                      <NativeSelect
                        size="xs"
                        aria-label={`${words.thing(thing)}: ${words.action(action)}`}
                        data-scope={scope}
                        value={scope}
                        data={SCOPES.map((value) => ({
                          value,
                          label: words.scope(value),
                        }))}
                        onChange={(event) => onChange(thing, action, event.currentTarget.value)}
                      />
                    ) : (
                      <Tag hue={HUES[scope as Scope]}>{words.scope(scope)}</Tag>
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
