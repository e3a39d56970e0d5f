import { Chip, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { rolesQuery } from './queries';
import type { Resource } from './roleValues';
import { actionsIn, ALL_OF, EVERYTHING, joined, split, withActions } from './scopes';
import styles from './ApiKeys.module.css';

interface ScopePickerProps {
  value?: string;
  onChange?: (scopes: string) => void;
  error?: React.ReactNode;
}

/** What a key may, in the words of the matrix of roles: never more than whoever makes it. */
export function ScopePicker({ value = '', onChange, error }: ScopePickerProps) {
  const { t } = useTranslation();
  const problem = useId();
  const may = useCan();
  const { data } = useQuery(rolesQuery);
  const scopes = split(value);
  const isEverything = scopes.includes(EVERYTHING);
  const tell = (next: readonly string[]) => onChange?.(joined(next));
  const mine = (data?.resources ?? [])
    .map((thing) => ({
      ...thing,
      actions: thing.actions.filter(({ name }) => may(thing.name, name)),
    }))
    .filter(({ actions }) => actions.length > 0)
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <fieldset className={styles.scopes} aria-describedby={error ? problem : undefined}>
      <legend>{t('settings.apiKeys.scopes')}</legend>
      <Switch
        label={t('settings.apiKeys.everything')}
        description={t('settings.apiKeys.everythingText')}
        checked={isEverything}
        onChange={({ currentTarget }) => tell(currentTarget.checked ? [EVERYTHING] : [])}
      />
      {!isEverything &&
        mine.map((thing) => (
          <ScopesOf
            key={thing.name}
            thing={thing}
            actions={actionsIn(scopes, thing)}
            onChange={(actions) => tell(withActions(scopes, thing, actions))}
          />
        ))}
      {error && (
        <p id={problem} className={styles.problem}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface ScopesOfProps {
  thing: Resource;
  actions: string[];
  onChange: (actions: string[]) => void;
}

function ScopesOf({ thing, actions, onChange }: ScopesOfProps) {
  const { t } = useTranslation();
  const hasAll = actions.includes(ALL_OF);
  const all = { name: ALL_OF, label: t('settings.apiKeys.allOf') };
  return (
    <div className={styles.thing} role="group" aria-label={thing.label}>
      <span className={styles.label}>{thing.label}</span>
      <Chip.Group multiple value={actions} onChange={onChange}>
        <div className={styles.chips}>
          {[all, ...thing.actions].map(({ name, label }) => (
            <Chip key={name} value={name} size="xs" disabled={hasAll && name !== ALL_OF}>
              {label}
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </div>
  );
}
