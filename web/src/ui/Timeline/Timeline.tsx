import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { dateTime, dayHeading, time } from '@/lib/format';
import type { Hue } from '@/lib/hues';
import styles from './Timeline.module.css';

export interface TimelineItem {
  id: string;
  at: string;
  icon: Icon;
  hue: Hue;
  /** One line: who did what. */
  title: ReactNode;
  body?: ReactNode;
  /** A note is yellow, whatever was said is grey. */
  tone?: 'marked' | 'quote';
}

interface TimelineProps {
  label: string;
  items: TimelineItem[];
}

/** What happened, newest first, under the day on which it did. */
export function Timeline({ label, items }: TimelineProps) {
  const days: { heading: string; items: TimelineItem[] }[] = [];
  for (const item of items) {
    const heading = dayHeading(item.at);
    const day = days.at(-1);
    if (day?.heading === heading) day.items.push(item);
    else days.push({ heading, items: [item] });
  }
  return (
    <section aria-label={label} className={styles.timeline}>
      {days.map((day) => (
        <section key={day.heading + day.items[0]!.id} aria-label={day.heading}>
          <h3 className={styles.day}>{day.heading}</h3>
          <ol>
            {day.items.map(({ id, at, icon: Picture, hue, title, body, tone }) => (
              <li key={id} className={styles.item}>
                <span className={styles.icon} data-hue={hue} aria-hidden>
                  <Picture size={15} stroke={1.8} />
                </span>
                <div className={styles.content}>
                  <p className={styles.title}>
                    {title}
                    <time className={styles.time} dateTime={at} title={dateTime(at)}>
                      {time(at)}
                    </time>
                  </p>
                  {body && (
                    <div className={styles.body} data-tone={tone}>
                      {body}
                    </div>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}
