import { Popover } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useRef, type ReactElement, type ReactNode } from 'react';
import styles from './FilterBar.module.css';

interface FilterPopoverProps {
  opened: boolean;
  label: string;
  /** What it hangs on. */
  target: ReactElement;
  onEscape: () => void;
  onOutside: () => void;
  children: ReactNode;
}

// Lists and calendars opened from inside hang on the body: a press on one is no press outside.
const FLOATING = '[data-portal]';
const hasOpenList = (target: EventTarget | null) =>
  target instanceof Element && target.hasAttribute('data-mantine-stop-propagation');

/** Where conditions are put together: one at a time, gone on Esc and on a press anywhere else. */
export function FilterPopover(props: FilterPopoverProps) {
  const { opened, label, target, onEscape, onOutside, children } = props;
  const anchor = useRef<HTMLSpanElement>(null);
  useWindowEvent('pointerdown', ({ target: pressed }) => {
    if (!opened || !(pressed instanceof Element)) return;
    if (!anchor.current?.contains(pressed) && !pressed.closest(FLOATING)) onOutside();
  });
  useWindowEvent(
    'keydown',
    (event) => {
      // The first Esc closes the list that is open inside.
      if (!opened || event.key !== 'Escape' || hasOpenList(event.target)) return;
      event.stopPropagation();
      onEscape();
    },
    { capture: true },
  );
  return (
    <span ref={anchor} className={styles.anchor}>
      <Popover
        opened={opened}
        position="bottom-start"
        trapFocus
        returnFocus
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <Popover.Target>{target}</Popover.Target>
        <Popover.Dropdown aria-label={label}>{opened && children}</Popover.Dropdown>
      </Popover>
    </span>
  );
}
