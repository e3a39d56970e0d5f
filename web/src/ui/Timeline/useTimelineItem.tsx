import { IconActivity, IconNote } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { Trans, useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import { fieldsOf, type TimelineEntry } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { ChangeList, labelOf } from '@/ui/RecordPage/changes';
import { Doer } from './Doer';
import { eventLooks } from './looks';
import type { TimelineItem } from './Timeline';
import { ToldLink } from './ToldLink';

/** How an entry looks in the timeline of a record of `subject`. */
export function useTimelineItem(subject: MetaEntity): (entry: TimelineEntry) => TimelineItem {
  const { t } = useTranslation();
  const { entities } = useMeta();
  return (entry) => {
    const what = entry.type.split('.').at(-1) ?? '';
    const entity = entities.find(({ name }) => name === entry.entity) ?? subject;
    const changes = entry.changes ?? {};
    // What somebody wrote down is shown, whatever it is a part of.
    const [icon, hue] = entry.body
      ? ([IconNote, 'amber'] as const)
      : (eventLooks[what] ?? [IconActivity, 'gray']);
    return {
      id: entry.id,
      at: entry.at,
      icon,
      hue,
      title: (
        <>
          <Doer entry={entry} />{' '}
          {entry.entity === subject.name ? (
            ownDeed(t, entity, entry, what)
          ) : (
            <Deed entity={entity} entry={entry} what={what} />
          )}
        </>
      ),
      body:
        Object.keys(changes).length > 0 ? (
          <ChangeList entity={entity} changes={changes} />
        ) : (
          entry.body
        ),
      tone: entry.body ? 'marked' : undefined,
    };
  };
}

interface DeedProps {
  entity: MetaEntity;
  entry: TimelineEntry;
  what: string;
}

/** "criou nota", "aceitou a proposta: Plano anual": what was done with something else. */
function Deed({ entity, entry, what }: DeedProps) {
  const { t } = useTranslation();
  const { id, title } = entry.record;
  const thing = entity.label.toLocaleLowerCase();
  const known = entry.label ? 'told' : what in eventLooks ? what : 'other';
  const way = { entity: entry.entity, id, title: title ?? thing };
  const named = <ToldLink {...way}>{title ?? thing}</ToldLink>;
  // What is called by what it says needs no title beside that.
  const whole = entry.body ? (
    <ToldLink {...way}>{thing}</ToldLink>
  ) : (
    <>
      {thing} {named}
    </>
  );
  return (
    <Trans
      t={t}
      i18nKey={`records.timeline.did.${known}`}
      values={{ event: entry.label ?? entry.type }}
      components={{ thing: whole, title: named }}
    />
  );
}

/** "criou o registro", "alterou situação": of the record itself. */
function ownDeed(t: TFunction, entity: MetaEntity, entry: TimelineEntry, what: string): string {
  if (entry.label) return entry.label;
  const fields = fieldsOf(entity);
  const beside = new Set(fields.map(({ linkedAs }) => linkedAs));
  const names = Object.keys(entry.changes ?? {})
    .filter((key) => !beside.has(key))
    .map((key) => labelOf(fields, key).toLocaleLowerCase());
  if (names.length > 0) return t('records.timeline.changed', { fields: names.join(', ') });
  const known = what in eventLooks ? what : 'other';
  return t(`records.history.event.${known}`, { event: entry.type });
}
