import { Bar, RowSkeletons } from '@/ui/Skeletons';
import frame from './Shell.module.css';
import styles from './ShellSkeleton.module.css';

/** The frame of the app while it is not known who is there. */
export function ShellSkeleton() {
  return (
    <div className={frame.shell} aria-busy>
      <div className={styles.side} aria-hidden>
        <Bar width={60} height={16} />
        <Bar width={100} height={32} />
        {[48, 62, 55, 40].map((width) => (
          <Bar key={width} width={width} />
        ))}
      </div>
      <main className={frame.panel}>
        <div className={styles.head} />
        <RowSkeletons />
      </main>
    </div>
  );
}
