import { lazy, Suspense, useEffect } from 'react';
import { FieldValue } from '@/ui/FieldValue';
import type { InlineEditorProps } from './InlineEditor';

const load = () => import('./InlineEditor');
const Loaded = lazy(async () => ({ default: (await load()).InlineEditor }));

/** The editor of one value. Its inputs weigh more than a page: they arrive behind it. */
export function InlineEditor(props: InlineEditorProps) {
  return (
    <Suspense fallback={<FieldValue field={props.field} value={props.value} />}>
      <Loaded {...props} />
    </Suspense>
  );
}

const CALM_MS = 300;

/** Fetches the editor when the page has been painted, before anybody wants it. */
export function useEditorSoon(): void {
  useEffect(() => {
    const timer = window.setTimeout(() => void load(), CALM_MS);
    return () => window.clearTimeout(timer);
  }, []);
}
