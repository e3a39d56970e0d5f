import type { EntityFormProps, EntityScreen } from '@/ui/screens';
import { EntityDrawer } from './EntityDrawer';

interface EntityFormOf extends EntityFormProps {
  screen: EntityScreen | undefined;
}

/** The form of a module, or the drawer with the declared fields. */
export function EntityForm({ screen, ...props }: EntityFormOf) {
  const Own = screen?.form;
  return Own ? <Own {...props} /> : <EntityDrawer {...props} own={screen?.words} />;
}
