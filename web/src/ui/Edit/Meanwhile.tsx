import { lazy, Suspense } from 'react';
import type { MeanwhileProps } from './MeanwhilePanel';

const Panel = lazy(() => import('./MeanwhilePanel'));

/** Nearly always nobody else is there: the panel is fetched when somebody was. */
export function Meanwhile<R extends { id?: string; version?: number }>(props: MeanwhileProps<R>) {
  if (props.edit.meanwhile.length === 0) return null;
  return (
    <Suspense>
      <Panel {...(props as unknown as MeanwhileProps<object>)} />
    </Suspense>
  );
}
