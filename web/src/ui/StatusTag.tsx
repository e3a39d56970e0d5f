import { isHue, type Hue } from '@/lib/hues';
import { Tag } from './Tag';

const USUAL: Record<string, Hue> = {
  active: 'green',
  won: 'green',
  done: 'green',
  prospect: 'blue',
  running: 'blue',
  queued: 'gray',
  inactive: 'gray',
  undone: 'gray',
  cancelled: 'gray',
  undoing: 'amber',
  failed: 'red',
  dead: 'red',
};

interface StatusTagProps {
  value: string;
  label: string;
  /** The declaration's colour wins over the usual meaning of the word. */
  color?: string | null;
}

export function StatusTag({ value, label, color }: StatusTagProps) {
  return (
    <Tag dot hue={isHue(color) ? color : (USUAL[value] ?? 'gray')}>
      {label}
    </Tag>
  );
}
