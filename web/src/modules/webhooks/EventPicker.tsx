import { Checkbox, Input } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/ui/ErrorState';
import { RowSkeletons } from '@/ui/Skeletons';
import { Tag } from '@/ui/Tag';
import {
  chosenOf,
  EVERYTHING,
  groupsOf,
  has,
  isAll,
  othersOf,
  toggleEvent,
  toggleGroup,
  type EventGroup,
} from './patterns';
import { eventsQuery } from './queries';
import { useEventWords } from './useEventWords';
import styles from './Webhooks.module.css';

interface EventPickerProps {
  patterns: string[];
  error?: ReactNode;
  onChange: (patterns: string[]) => void;
}

/** What a webhook is told: everything, all of an entity, or single events. */
export function EventPicker({ patterns, error, onChange }: EventPickerProps) {
  const { t } = useTranslation();
  const all = isAll(patterns);
  return (
    <Input.Wrapper label={t('webhooks.events')} error={error} labelElement="div" withAsterisk>
      <div role="group" aria-label={t('webhooks.events')} className={styles.picker}>
        <Checkbox
          radius="xs"
          label={t('webhooks.everything')}
          description={t('webhooks.everythingText')}
          checked={all}
          onChange={() => onChange(all ? [] : [EVERYTHING])}
        />
        {!all && <Groups patterns={patterns} onChange={onChange} />}
      </div>
    </Input.Wrapper>
  );
}

function Groups({ patterns, onChange }: EventPickerProps) {
  const { t } = useTranslation();
  const wordsOf = useEventWords();
  const { data, error, refetch } = useQuery(eventsQuery);
  if (!data) {
    return error ? (
      <ErrorState
        error={error}
        subject={t('webhooks.eventsSubject')}
        onRetry={() => void refetch()}
      />
    ) : (
      <RowSkeletons rows={4} />
    );
  }
  const nameOf = ({ entity }: EventGroup) => wordsOf(`${entity}.*`);
  const groups = groupsOf(data.data).sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const others = othersOf(patterns, groups);
  return (
    <>
      <ul className={styles.groups}>
        {groups.map((group) => (
          <Group key={group.entity} group={group} patterns={patterns} onChange={onChange} />
        ))}
      </ul>
      {others.length > 0 && (
        <div className={styles.events}>
          {others.map((one) => (
            <Tag
              key={one}
              removeLabel={t('ui.remove', { name: wordsOf(one) })}
              onRemove={() => onChange(patterns.filter((other) => other !== one))}
            >
              {wordsOf(one)}
            </Tag>
          ))}
        </div>
      )}
    </>
  );
}

interface GroupProps extends EventPickerProps {
  group: EventGroup;
}

function Group({ group, patterns, onChange }: GroupProps) {
  const { t } = useTranslation();
  const wordsOf = useEventWords();
  const chosen = chosenOf(patterns, group);
  const [open, setOpen] = useState(chosen === 'some');
  const id = useId();
  const name = wordsOf(`${group.entity}.*`);
  return (
    <li>
      <div className={styles.group}>
        <Checkbox
          radius="xs"
          label={name}
          checked={chosen === 'all'}
          indeterminate={chosen === 'some'}
          onChange={() => onChange(toggleGroup(patterns, group))}
        />
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={open}
          aria-controls={id}
          aria-label={t('webhooks.singleOf', { name })}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={15} stroke={1.8} aria-hidden />
        </button>
      </div>
      <ul id={id} hidden={!open} className={styles.single}>
        {group.events.map((event) => (
          <li key={event}>
            <Checkbox
              radius="xs"
              label={wordsOf(event)}
              checked={has(patterns, group, event)}
              onChange={() => onChange(toggleEvent(patterns, group, event))}
            />
          </li>
        ))}
      </ul>
    </li>
  );
}
