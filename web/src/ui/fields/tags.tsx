import { links } from './links';
import type { FieldType } from './type';

export const tags: FieldType = { ...links, makes: true };
