import { useEffect, useState, type RefObject } from 'react';
import { useSmallScreen } from '@/lib/useSmallScreen';

const TABLE_PX = 620;

/** Too narrow for a table: each part is a card then. */
export function useNarrow(box: RefObject<HTMLElement | null>): boolean {
  const small = useSmallScreen();
  const [narrow, setNarrow] = useState(small);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (width > 0) setNarrow(width < TABLE_PX);
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return narrow;
}
