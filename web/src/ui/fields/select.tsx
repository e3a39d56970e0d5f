import { choice } from './choice';
import type { FieldType } from './type';

export const select: FieldType = { ...choice, width: 130 };
