/** What this browser remembers of the way to a provider; the server asks for the word again. */
export interface ProviderWay {
  binding: string;
  back?: string;
}

const KEY = 'ponte.signIn';
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

export function rememberWay(way: ProviderWay): void {
  sessionStorage.setItem(KEY, JSON.stringify(way));
}

/** Once: what was brought back is good once, too. */
export function takeWay(): ProviderWay | undefined {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (kept === null) return undefined;
  const { binding, back } = JSON.parse(kept) as Partial<Record<string, unknown>>;
  return { binding: text(binding) ?? '', back: text(back) };
}

const RETURN = /^\/auth\/[a-z0-9_]+\/callback\?/;

/** What a provider brought back for signing in, out of the address that wanted somebody signed in. */
export function broughtBack(address: string | undefined) {
  if (!address || !RETURN.test(address)) return undefined;
  const search = new URLSearchParams(address.slice(address.indexOf('?')));
  // The address spells strings as JSON where they would be taken for something else.
  const of = (name: string) => search.get(name)?.replace(/^"(.*)"$/, '$1') ?? undefined;
  const state = of('state');
  if (!state?.startsWith('s.')) return undefined;
  return { state, code: of('code'), error: of('error') };
}
