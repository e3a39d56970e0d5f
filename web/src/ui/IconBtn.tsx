import { Tooltip } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import styles from './IconBtn.module.css';

interface IconBtnProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  label: string;
  children: ReactNode;
  /** Off where the label already stands beside it. */
  tooltip?: boolean;
  pressed?: boolean;
}

export function IconBtn({ label, tooltip = true, pressed, className, ...rest }: IconBtnProps) {
  return (
    <Tooltip label={label} disabled={!tooltip}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={[styles.button, className].filter(Boolean).join(' ')}
        {...rest}
      />
    </Tooltip>
  );
}
