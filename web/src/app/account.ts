import { asLanguage, setLanguage } from '@/i18n';
import { setFormat } from '@/lib/format';
import { setPreferences, type Preferences } from '@/lib/preferences';
import type { Schema } from '@/api/types';

let adopted = '';

/** Language, zone, currency and taste of who signed in; once a person, not at every page. */
export async function adoptAccount({ user, tenant }: Schema<'Me'>): Promise<void> {
  setFormat({ timezone: tenant.timezone, currency: tenant.currency });
  if (adopted === user.id) return;
  adopted = user.id;
  if (user.language) await setLanguage(asLanguage(user.language));
  if (user.preferences) setPreferences(known(user.preferences));
}

function known(kept: Record<string, unknown>): Partial<Preferences> {
  const { theme, density, hotkeys } = kept as Partial<Preferences>;
  return Object.fromEntries(
    Object.entries({ theme, density, hotkeys }).filter(([, value]) => value !== undefined),
  );
}
