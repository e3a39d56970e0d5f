import { isMac } from '@/lib/hotkeys';
import styles from './Kbd.module.css';

const NAMES: Record<string, string> = {
  mod: 'Ctrl',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  shift: '⇧',
};

/** "mod+k" or "g c", as keycaps. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split(' ').map((stroke, index) => (
        <kbd key={index} className={styles.key}>
          {stroke.split('+').map(name).join(' ')}
        </kbd>
      ))}
    </span>
  );
}

function name(key: string): string {
  if (key === 'mod' && isMac()) return '⌘';
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
