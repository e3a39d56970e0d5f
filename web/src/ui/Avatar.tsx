import { hueOf } from '@/lib/hues';
import { initials } from '@/lib/format';
import styles from './Avatar.module.css';

interface AvatarProps {
  name: string;
  size?: 18 | 20 | 22 | 24 | 28 | 32 | 36 | 40 | 56;
  /** Companies are square, people round. */
  square?: boolean;
}

export function Avatar({ name, size = 24, square = false }: AvatarProps) {
  const text = square ? name.trim().charAt(0).toLocaleUpperCase() : initials(name);
  return (
    <span
      aria-hidden
      className={styles.avatar}
      data-hue={name ? hueOf(name) : 'gray'}
      data-size={size}
      data-square={square || undefined}
    >
      {text}
    </span>
  );
}
