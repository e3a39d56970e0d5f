import type { QueryClient } from '@tanstack/react-query';

const SETTLE_MS = 800;

interface Stale {
  queryKey: readonly unknown[];
  /** Only the lists that do not ask to be left alone (`meta.steady`). */
  loose?: boolean;
  /** This question, and not those that begin alike. */
  exact?: boolean;
}

/** Asks again for what is stale: once a moment, however many events said so. */
export function createSettler(client: QueryClient): (stale: Stale) => void {
  const waiting = new Map<string, Stale>();
  let settling = 0;

  function settle(): void {
    settling = 0;
    const due = [...waiting.values()];
    waiting.clear();
    for (const { queryKey, loose, exact } of due) {
      const predicate = ({ meta }: { meta?: Record<string, unknown> }) => !loose || !meta?.steady;
      void client.invalidateQueries({ queryKey, exact, predicate });
    }
  }
  return (stale) => {
    waiting.set(JSON.stringify(stale), stale);
    settling ||= window.setTimeout(settle, SETTLE_MS);
  };
}
