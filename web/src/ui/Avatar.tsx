import { useQuery } from '@tanstack/react-query';
import { pictureQuery } from '@/api/pictures';
import { hueOf } from '@/lib/hues';
import { initials } from '@/lib/format';
import styles from './Avatar.module.css';

interface AvatarProps {
  name: string;
  /** The file that shows them. */
  photo?: string | null;
  size?: 18 | 20 | 22 | 24 | 28 | 32 | 36 | 40 | 56;
  /** Companies are square, people round. */
  square?: boolean;
}

export function Avatar({ name, photo, size = 24, square = false }: AvatarProps) {
  const text = square ? name.trim().charAt(0).toLocaleUpperCase() : initials(name);
  return (
    <span
      aria-hidden
      className={styles.avatar}
      data-hue={name ? hueOf(name) : 'gray'}
      data-size={size}
      data-square={square || undefined}
    >
      {photo ? <Photo id={photo} text={text} /> : text}
    </span>
  );
}

/** Until it is there, and where it cannot be read, the initials stand for it. */
function Photo({ id, text }: { id: string; text: string }) {
  const { data } = useQuery(pictureQuery(id));
  return data ? <img src={data} alt="" className={styles.photo} /> : text;
}
