import { Combobox, Textarea, useCombobox, type TextareaProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import { recordChoices } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { Avatar } from './Avatar';
import styles from './MentionTextarea.module.css';
import { isInUse } from './RecordForm/useChoices';

interface MentionTextareaProps extends Omit<TextareaProps, 'onChange' | 'value'> {
  /** Whose names are offered: the entity. */
  of: string;
  value: string;
  onChange: (text: string) => void;
}

const SHOWN = 6;
/** A name that is being typed behind an @ that begins a word, at the end of the text. */
const BEGUN = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N}][\p{L}\p{N} .'’-]{0,40})?$/u;

/** Text in which an @ offers the company's people: whoever is named so is told. */
export function MentionTextarea({ of, ...props }: MentionTextareaProps) {
  const entity = useMetaEntity(of);
  return entity ? <Offering {...props} entity={entity} /> : null;
}

interface OfferingProps extends Omit<MentionTextareaProps, 'of'> {
  entity: MetaEntity;
}

function Offering({ entity, value, onChange, onKeyDown, ...rest }: OfferingProps) {
  const { t } = useTranslation();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [begun, setBegun] = useState<string | null>(null);
  const [caret, setCaret] = useState(0);
  const people = useQuery({ ...recordChoices(entity, begun ?? ''), enabled: begun !== null });
  const shown = begun === null ? [] : (people.data?.data ?? []).filter(isInUse).slice(0, SHOWN);
  const isOpen = shown.length > 0;
  const look = (text: string, at: number) => {
    const found = BEGUN.exec(text.slice(0, at));
    setCaret(at);
    setBegun(found ? (found[1] ?? '') : null);
    combobox.selectFirstOption();
  };
  const name = (person: string) => {
    const start = caret - (begun?.length ?? 0);
    onChange(`${value.slice(0, start)}${person} ${value.slice(caret)}`);
    setBegun(null);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isOpen && event.key === 'Escape') {
      event.stopPropagation();
      setBegun(null);
      return;
    }
    // While people are offered, Enter takes one of them.
    if (!isOpen || event.key !== 'Enter') onKeyDown?.(event);
  };
  return (
    <Combobox
      store={{ ...combobox, dropdownOpened: isOpen }}
      onOptionSubmit={name}
      position="bottom-start"
      width={280}
    >
      {/* A text of several lines is no combobox: it says itself that it offers something. */}
      <Combobox.Target withAriaAttributes={false}>
        <Textarea
          {...rest}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOpen ? (combobox.listId ?? undefined) : undefined}
          value={value}
          onChange={({ currentTarget: box }) => {
            onChange(box.value);
            look(box.value, box.selectionStart);
          }}
          onBlur={() => setBegun(null)}
          onKeyDown={press}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('ui.people')}>
          {shown.map((person) => (
            <Person key={person.id} name={String(person[entity.titleField])} />
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Person({ name }: { name: string }) {
  return (
    <Combobox.Option value={name}>
      <span className={styles.person}>
        <Avatar name={name} size={22} />
        {name}
      </span>
    </Combobox.Option>
  );
}
