import type { Schema } from '@/api/types';

export type Customer = Schema<'Contact'>;
export type Note = Schema<'Note'>;
