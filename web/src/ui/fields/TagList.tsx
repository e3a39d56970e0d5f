import { useTagHues } from '@/ui/RecordForm/useCatalogue';
import { Tag } from '@/ui/Tag';
import styles from '@/ui/FieldValue.module.css';
import type { ShownProps } from './type';

// More of them would be slivers of a word each.
const TAGS_IN_A_ROW = 2;

/** Names in their colours; with `linked` all of them, in as many lines as they need. */
export function TagList({ field, value, linked: whole }: ShownProps) {
  const hue = useTagHues(field.target ?? '');
  const names = Array.isArray(value) ? value.map(String) : [];
  const shown = whole ? names : names.slice(0, TAGS_IN_A_ROW);
  const rest = names.slice(shown.length);
  return (
    <span
      className={styles.tags}
      data-whole={whole || undefined}
      title={rest.length > 0 ? names.join(', ') : undefined}
    >
      {shown.map((name) => (
        <Tag key={name} hue={hue(name)}>
          {name}
        </Tag>
      ))}
      {rest.length > 0 && (
        <span className={styles.more}>
          <span aria-hidden>+{rest.length}</span>
          <span className="srOnly">{rest.join(', ')}</span>
        </span>
      )}
    </span>
  );
}
