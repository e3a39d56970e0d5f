import styles from './Logo.module.css';

/** The bridge. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg className={styles.logo} viewBox="0 0 64 64" width={size} height={size} aria-hidden>
      <rect width="64" height="64" rx="15" />
      <g transform="translate(0 -2.5)">
        <path d="M12 43h40" />
        <path d="M15 43a17 17 0 0 1 34 0" />
        <path className={styles.fine} d="M32 26v17M22.5 30v13M41.5 30v13" />
      </g>
    </svg>
  );
}
