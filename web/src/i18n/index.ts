import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { setFormat } from '@/lib/format';
import { read, write } from '@/lib/storage';

export const LANGUAGES = ['pt-BR', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Storage key: somebody picked a language before signing in, and meant it. */
export const CHOSEN_AT_THE_DOOR = 'languageChosen';

const load: Record<Language, () => Promise<{ default: object }>> = {
  'pt-BR': () => import('./pt-BR'),
  en: () => import('./en'),
};

export const asLanguage = (wanted: string | null | undefined): Language =>
  wanted?.toLowerCase().startsWith('en') ? 'en' : 'pt-BR';

export const currentLanguage = (): Language => asLanguage(i18next.language ?? chosenLanguage());

// On a first visit the browser's language is the best guess.
const chosenLanguage = (): Language => asLanguage(read<string>('language', navigator.language));

/** Portuguese counts nothing as one ("0 pessoa"), its readers as many ("0 pessoas"). */
export function withZero(texts: object): object {
  const counted = Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return [[key, withZero(value as object)]];
    const zero = key.replace(/_other$/, '_zero');
    return zero === key || zero in texts
      ? [[key, value]]
      : [
          [key, value],
          [zero, value],
        ];
  });
  return Object.fromEntries(counted) as object;
}

async function ensureLoaded(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const texts = await load[language]();
  i18next.addResourceBundle(language, 'translation', withZero(texts.default));
}

function announce(language: Language): void {
  document.documentElement.lang = language;
  setFormat({ locale: language });
}

export async function startI18n(): Promise<void> {
  const language = chosenLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await ensureLoaded(language);
  await i18next.changeLanguage(language);
  announce(language);
}

export async function setLanguage(language: Language): Promise<void> {
  if (language === i18next.language) return;
  await ensureLoaded(language);
  write('language', language);
  announce(language);
  await i18next.changeLanguage(language);
}

export const t = i18next.t.bind(i18next);
