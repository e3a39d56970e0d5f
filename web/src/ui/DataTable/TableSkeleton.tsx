import { RowSkeletons } from '@/ui/Skeletons';

/** Fourteen rows in their real height. */
export function TableSkeleton({ label }: { label: string }) {
  return (
    <div aria-busy aria-label={label} role="status">
      <RowSkeletons rows={14} />
    </div>
  );
}
