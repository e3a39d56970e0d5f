import type { TFunction } from 'i18next';
import { callTrouble } from '@/lib/callTrouble';

export const NOT_CONFIGURED = 'not_configured';
const OURS: Record<string, string> = {
  [NOT_CONFIGURED]: 'notConfigured',
  suppressed: 'suppressed',
  complained: 'complained',
  bounced: 'bounced',
  blocked: 'blocked',
  dropped: 'dropped',
};

/** Why a mail did not go out: in words where it is ours, else as the other server said it. */
export function mailProblem(t: TFunction, problem: string | null): string | undefined {
  if (!problem) return undefined;
  if (problem in OURS) return t(`settings.outbox.${OURS[problem]}`);
  return callTrouble(t, problem) ?? problem;
}
