import {
  IconAt,
  IconBriefcase,
  IconBuilding,
  IconCalendar,
  IconCircleDot,
  IconClock,
  IconCoin,
  IconForms,
  IconHash,
  IconId,
  IconLink,
  IconMapPin,
  IconPhone,
  IconTag,
  IconToggleLeft,
  IconUserCircle,
  type Icon,
} from '@tabler/icons-react';
import { createElement } from 'react';
import type { MetaField } from '@/api/types';

const BY_TYPE: Record<string, Icon> = {
  email: IconAt,
  phone: IconPhone,
  url: IconLink,
  cpf: IconId,
  cnpj: IconId,
  document: IconId,
  choice: IconCircleDot,
  select: IconCircleDot,
  tags: IconTag,
  links: IconTag,
  link: IconLink,
  user: IconUserCircle,
  date: IconCalendar,
  datetime: IconClock,
  money: IconCoin,
  number: IconHash,
  integer: IconHash,
  boolean: IconToggleLeft,
};
const BY_KEY: Record<string, Icon> = {
  company: IconBuilding,
  city: IconMapPin,
  state: IconMapPin,
  jobTitle: IconBriefcase,
};

/** A small picture of what a field is about. */
export function FieldIcon({ field: { key, type } }: { field: MetaField }) {
  return createElement(BY_KEY[key] ?? BY_TYPE[type] ?? IconForms, {
    size: 15,
    stroke: 1.7,
    'aria-hidden': true,
  });
}
