import { IconFingerprint } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import type { HistoryEntry } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { num } from '@/lib/format';
import { ChangeList } from '@/ui/RecordPage/changes';
import { Doer } from '@/ui/Timeline/Doer';
import { eventLooks } from '@/ui/Timeline/looks';
import type { TimelineItem } from '@/ui/Timeline/Timeline';
import styles from './Audit.module.css';
import type { AuditEntry } from './types';

/** What is told of beside the records that have a declaration. */
export const THINGS = ['import', 'operation', 'session', 'tenant', 'export', 'file'] as const;

const isThing = (name: string): name is (typeof THINGS)[number] =>
  THINGS.some((thing) => thing === name);
type Change = HistoryEntry['changes'][string];
const isChange = (value: unknown): value is Change =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

/** From what to what; what an event says of itself stands beside it. */
export function parted(changes: AuditEntry['changes'] = {}) {
  const values: HistoryEntry['changes'] = {};
  const facts: [string, unknown][] = [];
  for (const [name, value] of Object.entries(changes)) {
    if (isChange(value)) values[name] = value;
    else facts.push([name, value]);
  }
  return { values, facts };
}

/** "alterou", "entrou", "alterou de uma vez 40 registros:" */
function deed(t: TFunction, entry: AuditEntry, what: string): string {
  if (entry.label) return entry.label;
  if (what === 'bulk') {
    return t('settings.audit.did.bulk', { count: Number(entry.changes?.count ?? 0) });
  }
  const known = what in eventLooks && what !== 'imported' ? what : 'other';
  return t(`settings.audit.did.${known}`, { event: entry.event });
}

/** "Chave de API" is "chave de API" there. */
const midSentence = (label: string) => label.charAt(0).toLocaleLowerCase() + label.slice(1);

/** "cliente “Ana”"; nobody is told that somebody did something with themselves. */
function thingOf(t: TFunction, entry: AuditEntry, entity: MetaEntity | undefined): string {
  const { record, actor, key } = entry;
  if (record && [actor?.id, key?.id].includes(record.id)) return '';
  const thing = isThing(entry.entity) ? t(`settings.audit.things.${entry.entity}`) : entry.entity;
  const named = (entity && midSentence(entity.label)) ?? (entry.label ? '' : thing);
  return [named, record?.title && `“${record.title}”`].filter(Boolean).join(' ');
}

export function useAuditItem(): (entry: AuditEntry) => TimelineItem {
  const { t } = useTranslation();
  const { entities } = useMeta();
  return (entry) => {
    const what = entry.event.split('.').at(-1) ?? '';
    const entity = entities.find(({ name }) => name === entry.entity);
    const [icon, hue] = eventLooks[what] ?? [IconFingerprint, 'gray'];
    return {
      id: entry.id,
      at: entry.at,
      icon,
      hue,
      title: (
        <>
          <Doer entry={entry} /> {deed(t, entry, what)} {thingOf(t, entry, entity)}
        </>
      ),
      body: <Details entry={entry} entity={entity} />,
    };
  };
}

function Details({ entry, entity }: { entry: AuditEntry; entity?: MetaEntity }) {
  const { t } = useTranslation();
  const { values, facts } = parted(entry.changes);
  const said = [...facts, ...Object.entries(entry.details ?? {})].map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  const word = (name: string): string => t(`settings.audit.${name}`);
  const lines = [
    [word('address'), entry.address],
    [word('agent'), entry.agent],
    [word('event'), entry.event],
    ...said,
    [word('operation'), entry.operationId],
    [word('number'), num(entry.number)],
    [word('hash'), entry.hash],
  ] as const;
  const isGone = entry.changes === undefined && entry.details === null;
  return (
    <details className={styles.details}>
      <summary>{word('details')}</summary>
      {entity && Object.keys(values).length > 0 && <ChangeList entity={entity} changes={values} />}
      {isGone && <p>{word('notKept')}</p>}
      <dl className={styles.facts}>
        {lines.map(
          ([name, value]) =>
            value && (
              <div key={name} className={styles.line}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </details>
  );
}
