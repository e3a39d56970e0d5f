/** What has to be said to the one who carries the mail: of the others nothing is asked. */
const SENDER = ['fromAddress', 'fromName'];
const ASKED: Record<string, string[]> = {
  smtp: ['host', 'port', 'security', 'user', 'password', ...SENDER],
  sendgrid: ['sendgridKey', 'sendgridUrl', 'sendgridEventsKey', ...SENDER],
};

export const isAsked = (key: string, { provider }: Record<string, unknown>): boolean =>
  key === 'provider' || (ASKED[String(provider)] ?? []).includes(key);
