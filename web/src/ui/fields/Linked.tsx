import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { linkedIn } from '@/api/records';
import { addressOf } from '@/lib/addresses';
import { isHue } from '@/lib/hues';
import { Avatar } from '@/ui/Avatar';
import styles from '@/ui/FieldValue.module.css';
import { Tag } from '@/ui/Tag';
import { useTitles } from '@/ui/useTitles';
import { NO_VALUE } from './noValue';
import type { ShownProps } from './type';

/** What the record says of the link, or, where it says nothing, what is found by the id. */
function useLinked({ field, value, of }: ShownProps) {
  const target = field.target ?? '';
  const id = String(value);
  const told = of && linkedIn(of, field, value);
  const titles = useTitles(told?.title ? [] : [{ target, id }]);
  return { target, id, told, title: told?.title ?? titles(target, id) };
}

/** What a link points to: its title, and the way there. */
export function Linked(props: ShownProps) {
  const { t } = useTranslation();
  const { target, id, told, title } = useLinked(props);
  if (!title) return <span>{NO_VALUE}</span>;
  const text = (
    <span className={styles.text}>
      {isHue(told?.color) ? <Tag hue={told.color}>{title}</Tag> : title}
    </span>
  );
  return told?.deleted ? (
    <span className={styles.linked} data-deleted title={t('records.link.deleted')}>
      {text}
    </span>
  ) : (
    <Link to={addressOf(target, id)} tabIndex={-1} className={styles.linked}>
      {text}
    </Link>
  );
}

/** Of a person, with the face. People have no page of their own. */
export function LinkedFace(props: ShownProps) {
  const { told, title } = useLinked(props);
  if (!title) return <span>{NO_VALUE}</span>;
  return (
    <span className={styles.linked}>
      <Avatar name={title} photo={told?.photo} size={18} />
      <span className={styles.text}>{title}</span>
    </span>
  );
}
