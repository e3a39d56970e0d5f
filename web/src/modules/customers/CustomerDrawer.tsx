import { EntityDrawer } from '@/ui/EntityPage/EntityDrawer';
import type { EntityFormProps } from '@/ui/screens';
import { DuplicateHint } from './DuplicateHint';

/** Under what somebody else already has, the form says who that is. */
export function CustomerDrawer(props: EntityFormProps) {
  return (
    <EntityDrawer
      {...props}
      own="customers"
      hint={(key, values) => <DuplicateHint field={key} value={values[key]} exceptId={props.id} />}
    />
  );
}
