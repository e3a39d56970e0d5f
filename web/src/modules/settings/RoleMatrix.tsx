import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hue } from '@/lib/hues';
import { VERBS, type Action, type Scope } from '@/lib/permissions';
import styles from '@/ui/Settings/Settings.module.css';
import { Tag } from '@/ui/Tag';
import type { Resource } from './roleValues';

const SCOPES: Scope[] = ['none', 'own', 'team', 'all'];
const HUES: Record<Scope, Hue> = { all: 'green', team: 'blue', own: 'amber', none: 'gray' };
const COLUMNS: readonly string[] = VERBS;

interface CellProps {
  label: string;
  scope: string;
  onChange?: (scope: string) => void;
}

interface RoleMatrixProps {
  label: string;
  /** What there is to allow. */
  things: Resource[];
  scopeOf: (thing: string, action: Action) => string;
  /** Absent: nobody may change it here. */
  onChange?: (thing: string, action: Action, scope: string) => void;
}

/** What the rows and cells of the matrix are called. */
export function useCellWords(things: Resource[]) {
  const { t } = useTranslation();
  const scope = (name: string): string => t(`settings.roles.scope.${name}`);
  const cell = (key: string): string => {
    const [, name = '', what = ''] = key.split(':');
    const thing = things.find((one) => one.name === name);
    const action = thing?.actions.find((one) => one.name === what);
    return `${thing?.label ?? name}: ${action?.label ?? what}`;
  };
  return { scope, cell };
}

function Cell({ label, scope, onChange }: CellProps) {
  const { t } = useTranslation();
  const word = (name: string): string => t(`settings.roles.scope.${name}`);
  if (!onChange) return <Tag hue={HUES[scope as Scope]}>{word(scope)}</Tag>;
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      data-scope={scope}
      value={scope}
      data={SCOPES.map((value) => ({ value, label: word(value) }))}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** One kind of record: the verbs side by side, below them what only it knows. */
function Rows({ thing, cell }: { thing: Resource; cell: (action: string) => CellProps }) {
  const own = thing.actions.filter(({ name }) => !COLUMNS.includes(name));
  return (
    <>
      <tr>
        <th scope="row">{thing.label}</th>
        {COLUMNS.map((action) => (
          <td key={action} data-edited={cell(action).onChange ? true : undefined}>
            <Cell {...cell(action)} />
          </td>
        ))}
      </tr>
      {own.map(({ name, label }) => (
        <tr key={name}>
          <th scope="row">{`${thing.label}: ${label}`}</th>
          <td colSpan={COLUMNS.length} data-edited={cell(name).onChange ? true : undefined}>
            <Cell {...cell(name)} />
          </td>
        </tr>
      ))}
    </>
  );
}

/** What a role may do with each kind of record, and with whose. */
export function RoleMatrix({ label, things, scopeOf, onChange }: RoleMatrixProps) {
  const { t } = useTranslation();
  const inOrder = [...things].sort((a, b) => a.label.localeCompare(b.label));
  const verbs = COLUMNS.map(
    (name) => things[0]?.actions.find((action) => action.name === name)?.label ?? name,
  );
  const cellOf = (thing: Resource) => (action: string) => ({
    label: `${thing.label}: ${thing.actions.find(({ name }) => name === action)?.label ?? action}`,
    scope: scopeOf(thing.name, action),
    onChange: onChange && ((scope: string) => onChange(thing.name, action, scope)),
  });
  return (
    <div className={styles.card} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.matrix}>
        <caption className="srOnly">{t('settings.roles.caption', { role: label })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('settings.roles.resource')}</th>
            {verbs.map((verb) => (
              <th key={verb} scope="col">
                {verb}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((thing) => (
            <Rows key={thing.name} thing={thing} cell={cellOf(thing)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
