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
  /** Addresses become links; in tables they stay text, a click there means the cell. */
  linked?: boolean;
}

/** A value as it is looked at, whatever its type. */
export function FieldValue({ field, value, linked }: FieldValueProps) {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === '') return null;
  switch (field.type) {
    case 'tags':
    case 'links':
      return <TagList target={field.target ?? 'tag'} names={Array.isArray(value) ? value : []} />;
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

function TagList({ target, names }: { target: string; names: unknown[] }) {
  const hue = useTagHues(target);
  return (
    <span className={styles.tags}>
      {names.map((name) => (
        <Tag key={String(name)} hue={hue(String(name))}>
          {String(name)}
        </Tag>
      ))}
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
