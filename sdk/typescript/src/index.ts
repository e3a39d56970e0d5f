export { createPonte, type ListPath, type Ponte, type PonteOptions, type RowOf } from './client.ts';
export type { Schema } from './client.ts';
export { PonteError, unwrap, type FieldProblem, type Problem } from './errors.ts';
export type { components, operations, paths } from './schema.ts';
export { verifyWebhook, WebhookError } from './webhooks.ts';
export type { VerifyOptions, WebhookEvent, WebhookHeaders } from './webhooks.ts';
