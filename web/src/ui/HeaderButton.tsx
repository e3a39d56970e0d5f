import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSmallScreen } from '@/lib/useSmallScreen';
import styles from './PageHeader.module.css';

interface HeaderButtonProps {
  icon: ReactNode;
  label: string;
  /** The page's one filled button; the others stay quiet. */
  primary?: boolean;
  onClick?: () => void;
  to?: string;
  disabled?: boolean;
  loading?: boolean;
}

/** A button of the page's header; on a phone only its icon is left. */
export function HeaderButton(props: HeaderButtonProps) {
  const { icon, label, primary, onClick, to, disabled, loading } = props;
  const small = useSmallScreen();
  const shared = {
    variant: primary ? 'filled' : 'default',
    leftSection: small ? undefined : icon,
    'aria-label': small ? label : undefined,
    className: styles.button,
    onClick,
    disabled,
    loading,
  };
  const content = small ? icon : label;
  return to ? (
    <Button {...shared} renderRoot={(props: object) => <Link to={to} {...props} />}>
      {content}
    </Button>
  ) : (
    <Button {...shared}>{content}</Button>
  );
}
