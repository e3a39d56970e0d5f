import {
  IconPencil,
  IconPlus,
  IconRestore,
  IconTrash,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import type { Hue } from '@/lib/hues';

/** How what happens to any record looks, by the last word of the event's name. */
export const eventLooks: Record<string, [Icon, Hue]> = {
  created: [IconPlus, 'green'],
  updated: [IconPencil, 'blue'],
  deleted: [IconTrash, 'red'],
  restored: [IconRestore, 'teal'],
  imported: [IconUpload, 'orange'],
};
