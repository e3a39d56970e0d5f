import type { TFunction } from 'i18next';
import type { Schema } from '@/api/types';
import { callTrouble } from '@/lib/callTrouble';

type Outcome = Pick<Schema<'WebhookTry'>, 'status' | 'trouble'>;

/** What came of a call: why there was no answer, or the status of it. */
export const outcomeText = (t: TFunction, { status, trouble }: Outcome): string | undefined =>
  callTrouble(t, trouble) ?? (status ? t('webhooks.answered', { status }) : undefined);
