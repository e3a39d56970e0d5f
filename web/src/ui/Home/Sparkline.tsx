import type { Hue } from '@/lib/hues';
import { lineOf } from './growth';
import styles from './FigureCard.module.css';

const WIDTH = 82;
const HEIGHT = 18;
const EDGE = 2;

/** How a number came to be: a picture beside it, which says no more than that. */
export function Sparkline({ values, hue }: { values: number[]; hue: Hue }) {
  const line = lineOf(values, WIDTH, HEIGHT);
  return (
    <svg
      className={styles.spark}
      data-hue={hue}
      width={WIDTH + 2 * EDGE}
      height={HEIGHT + 2 * EDGE}
      viewBox={`${-EDGE} ${-EDGE} ${WIDTH + 2 * EDGE} ${HEIGHT + 2 * EDGE}`}
      aria-hidden
    >
      <path className={styles.area} d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />
      <path className={styles.line} d={line} />
    </svg>
  );
}
