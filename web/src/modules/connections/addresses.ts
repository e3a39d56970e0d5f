import type { Target } from '@/lib/addresses';

export const INTEGRATIONS: string = '/config/integracoes';
/** Where providers send people back to; the state says to whom. */
export const PROVIDER_RETURN = /^\/auth\/([a-z0-9_]+)\/callback$/;

/** What the address says: the integration that is open, and what a provider brought back. */
export interface IntegrationsSearch {
  integration?: string;
  connection?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export const readIntegrationsSearch = (search: object): IntegrationsSearch => {
  const { integration, connection }: Record<string, unknown> = { ...search };
  return { integration: text(integration), connection: text(connection) };
};

export const integrationAt = (integration: string): Target => ({
  to: INTEGRATIONS,
  search: { integration },
});
