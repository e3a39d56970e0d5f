export const TABS = ['notas', 'documentos', 'historico'] as const;
export type ProfileTab = (typeof TABS)[number];

/** What an address says of a customer's page. */
export type ProfileSearch = {
  tab?: ProfileTab;
  /** What the timeline shows. */
  type?: string;
  asOf?: string;
  /** The note that a search led to. */
  nota?: string;
};

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
export const oneOf = <T>(value: unknown, known: readonly T[]): T | undefined =>
  known.find((one) => one === value);

export const readProfileSearch = (search: Record<string, unknown>): ProfileSearch => ({
  tab: oneOf(search.tab, TABS),
  type: text(search.type),
  asOf: text(search.asOf),
  nota: text(search.nota),
});
