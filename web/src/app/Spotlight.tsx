import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useReturnFocus } from '@/lib/returnFocus';
import { Kbd } from '@/ui/Kbd';
import { useSpotlightGroups, type SpotlightGroup, type SpotlightItem } from './spotlightItems';
import styles from './Spotlight.module.css';
import { SpotlightMessage, SpotlightOption } from './SpotlightParts';

const DEBOUNCE_MS = 150;

export default function Spotlight({ onClose }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [searched] = useDebouncedValue(typed.trim(), DEBOUNCE_MS);
  const { groups, search } = useSpotlightGroups(typed, searched);
  const items = groups.flatMap((group) => group.items);
  const current = Math.min(chosen, items.length - 1);
  const run = (item: SpotlightItem | undefined) => {
    if (!item) return;
    onClose();
    item.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && items.length) setChosen((current + step + items.length) % items.length);
    else if (event.key === 'Enter') run(items[current]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="9vh"
      size={620}
      padding={0}
      attributes={{ content: { 'aria-label': t('ui.search') } }}
      overlayProps={{ blur: 3, color: 'var(--backdrop)', backgroundOpacity: 1 }}
      classNames={{ content: styles.content }}
    >
      <div className={styles.head}>
        <IconSearch size={18} stroke={1.8} aria-hidden />
        <input
          data-autofocus
          className={styles.input}
          placeholder={t('shell.spotlight.placeholder')}
          aria-label={t('shell.spotlight.placeholder')}
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls="spotlight-list"
          aria-activedescendant={items[current] ? `spotlight-${items[current].id}` : undefined}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={press}
        />
        <Kbd keys="Escape" />
      </div>
      <SpotlightList
        groups={groups}
        current={items[current]}
        onRun={run}
        onPoint={(item) => setChosen(items.indexOf(item))}
      />
      <SpotlightMessage
        typed={typed}
        none={items.length === 0}
        searching={search.isFetching}
        error={search.error}
      />
      <Foot />
    </Modal>
  );
}

interface SpotlightListProps {
  groups: SpotlightGroup[];
  current: SpotlightItem | undefined;
  onRun: (item: SpotlightItem) => void;
  onPoint: (item: SpotlightItem) => void;
}

function SpotlightList({ groups, current, onRun, onPoint }: SpotlightListProps) {
  const { t } = useTranslation();
  return (
    <div
      id="spotlight-list"
      role="listbox"
      aria-label={t('shell.spotlight.results')}
      className={styles.list}
      tabIndex={-1}
    >
      {groups.map(({ label, items: entries }) => (
        <div key={label} role="group" aria-label={label}>
          <div className={styles.heading} aria-hidden>
            {label}
          </div>
          {entries.map((item) => (
            <SpotlightOption
              key={item.id}
              item={item}
              chosen={item === current}
              onRun={() => onRun(item)}
              onPoint={() => onPoint(item)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Foot() {
  const { t } = useTranslation();
  return (
    <div className={styles.foot}>
      <span>
        <Kbd keys="ArrowUp ArrowDown" /> {t('shell.spotlight.move')}
      </span>
      <span>
        <Kbd keys="Enter" /> {t('shell.spotlight.open')}
      </span>
      <span>
        <Kbd keys=">" /> {t('shell.spotlight.only')}
      </span>
    </div>
  );
}
