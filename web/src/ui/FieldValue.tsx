import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { ago, dateTime } from '@/lib/format';
import { isHue } from '@/lib/hues';
import { useTagHues, useTitles } from '@/ui/RecordForm/useCatalogue';
import { Avatar } from './Avatar';
import { fieldText, NO_VALUE } from './fieldText';
import styles from './FieldValue.module.css';
import { StatusTag } from './StatusTag';
import { Tag } from './Tag';

interface FieldValueProps {
  field: MetaField;
  value: unknown;
  /** On a record's page: addresses are links and tags all there. In a table a click means the cell. */
  linked?: boolean;
}

/** A value as it is looked at, whatever its type. */
export function FieldValue({ field, value, linked }: FieldValueProps) {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === '') return null;
  switch (field.type) {
    case 'tags':
    case 'links':
      return (
        <TagList
          target={field.target ?? 'tag'}
          names={Array.isArray(value) ? value.map(String) : []}
          whole={linked}
        />
      );
    case 'user':
    case 'link':
      return <Linked target={field.target ?? 'user'} id={String(value)} />;
    case 'choice':
    case 'select': {
      const option = field.options?.find((one) => one.value === value);
      if (!isHue(option?.color)) return fieldText(t, field, value);
      return <StatusTag value={String(value)} label={option.label} color={option.color} />;
    }
    case 'datetime':
      return <time title={dateTime(String(value))}>{ago(String(value))}</time>;
    case 'email':
      return linked ? <a href={`mailto:${String(value)}`}>{String(value)}</a> : String(value);
    case 'url':
      return linked ? (
        <a href={String(value)} target="_blank" rel="noreferrer">
          {String(value)}
        </a>
      ) : (
        String(value)
      );
    default:
      return <span className="num">{fieldText(t, field, value)}</span>;
  }
}

// More of them would be slivers of a word each.
const TAGS_IN_A_ROW = 2;

interface TagListProps {
  target: string;
  names: string[];
  /** All of them, in as many lines as they need. */
  whole?: boolean;
}

function TagList({ target, names, whole }: TagListProps) {
  const hue = useTagHues(target);
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

function Linked({ target, id }: { target: string; id: string }) {
  const title = useTitles(target)(id);
  if (!title) return <span>{NO_VALUE}</span>;
  return (
    <span className={styles.linked}>
      {target === 'user' && <Avatar name={title} size={18} />}
      <span className={styles.text}>{title}</span>
    </span>
  );
}
