import { IconBriefcase, IconBuilding, IconMapPin, type Icon } from '@tabler/icons-react';
import { createElement } from 'react';
import type { MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';

const BY_KEY: Record<string, Icon> = {
  company: IconBuilding,
  city: IconMapPin,
  state: IconMapPin,
  jobTitle: IconBriefcase,
};

/** A small picture of what a field is about. */
export function FieldIcon({ field }: { field: MetaField }) {
  return createElement(BY_KEY[field.key] ?? typeOf(field).icon, {
    size: 15,
    stroke: 1.7,
    'aria-hidden': true,
  });
}
