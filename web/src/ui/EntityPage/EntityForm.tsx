import { lazy, Suspense } from 'react';
import { NO_RULES, RulesContext } from '@/ui/RecordForm/rules';
import type { EntityFormProps, EntityScreen } from '@/ui/screens';

// Heavier than the page behind it: it travels when somebody writes.
const EntityDrawer = lazy(async () => ({
  default: (await import('./EntityDrawer')).EntityDrawer,
}));

interface EntityFormOf extends EntityFormProps {
  screen: EntityScreen | undefined;
}

/** The form of a module, or the drawer with the declared fields. */
export function EntityForm({ screen, ...props }: EntityFormOf) {
  const Own = screen?.form;
  return (
    <Suspense>
      <RulesContext value={screen ?? NO_RULES}>
        {Own ? <Own {...props} /> : <EntityDrawer {...props} own={screen?.words} />}
      </RulesContext>
    </Suspense>
  );
}
