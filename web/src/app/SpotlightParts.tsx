import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { Avatar } from '@/ui/Avatar';
import styles from './Spotlight.module.css';
import type { SpotlightItem } from './spotlightItems';

interface OptionProps {
  item: SpotlightItem;
  chosen: boolean;
  onRun: () => void;
  onPoint: () => void;
}

export function SpotlightOption({ item, chosen, onRun, onPoint }: OptionProps) {
  const { icon: Icon } = item;
  return (
    <div
      id={`spotlight-${item.id}`}
      role="option"
      aria-selected={chosen}
      className={styles.option}
      ref={(element) => {
        if (chosen) element?.scrollIntoView?.({ block: 'nearest' });
      }}
      onClick={onRun}
      onPointerMove={chosen ? undefined : onPoint}
    >
      {Icon ? (
        <span className={styles.icon}>
          <Icon size={16} stroke={1.7} aria-hidden />
        </span>
      ) : (
        <Avatar name={item.title} square={item.square} />
      )}
      <span className={styles.title}>{item.title}</span>
      {item.subtitle && <span className={styles.subtitle}>{item.subtitle}</span>}
      {item.detail && <span className={styles.detail}>{item.detail}</span>}
    </div>
  );
}

interface MessageProps {
  typed: string;
  none: boolean;
  searching: boolean;
  error: unknown;
}

export function SpotlightMessage({ typed, none, searching, error }: MessageProps) {
  const { t } = useTranslation();
  const failed = Boolean(error) && asApiError(error).message;
  const text = failed || (none && !searching ? t('shell.spotlight.nothing', { text: typed }) : '');
  return (
    <p role="status" className={text ? styles.message : 'srOnly'}>
      {text}
    </p>
  );
}
