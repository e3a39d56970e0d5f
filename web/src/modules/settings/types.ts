import type { Schema } from '@/api/types';

export type ApiKey = Schema<'ApiKey'>;
export type AuditEntry = Schema<'AuditEntry'>;
export type CustomField = Schema<'CustomField'>;
export type Mail = Schema<'Mail'>;
export type Tag = Schema<'Tag'>;
export type Team = Schema<'Team'>;
export type Tenant = Schema<'Tenant'>;
export type User = Schema<'User'>;
export type SecondFactor = Schema<'SecondFactor'>;
export type InboundEntry = Schema<'InboundEntry'>;
