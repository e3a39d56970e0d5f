import { useTitles } from '@/ui/RecordForm/useCatalogue';
import { Avatar } from '@/ui/Avatar';
import styles from '@/ui/FieldValue.module.css';
import { NO_VALUE } from './noValue';
import type { ShownProps } from './type';

/** What a linked record is called. */
export function Linked({ field, value }: ShownProps) {
  const title = useTitles(field.target ?? '')(value);
  return <span className={styles.text}>{title ?? NO_VALUE}</span>;
}

/** Of a person, with the face. */
export function LinkedFace({ field, value }: ShownProps) {
  const title = useTitles(field.target ?? '')(value);
  if (!title) return <span>{NO_VALUE}</span>;
  return (
    <span className={styles.linked}>
      <Avatar name={title} size={18} />
      <span className={styles.text}>{title}</span>
    </span>
  );
}
