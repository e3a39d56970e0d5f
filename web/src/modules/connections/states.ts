import type { TFunction } from 'i18next';
import { callTrouble } from '@/lib/callTrouble';
import type { Hue } from '@/lib/hues';
import type { Card, Connection } from './queries';

export const HUE_OF_STATE: Record<Card['state'], Hue> = {
  planned: 'gray',
  unused: 'gray',
  unfinished: 'gray',
  connected: 'green',
  needs_attention: 'amber',
};

export const HUE_OF_CONNECTION: Record<Connection['state'], Hue> = {
  unfinished: 'gray',
  connected: 'green',
  needs_attention: 'amber',
  disconnected: 'gray',
};

export const HUE_OF_STAGE: Record<Card['stage'], Hue> = {
  active: 'green',
  beta: 'blue',
  planned: 'gray',
};

/** What the filter above the catalogue asks for. */
export const SHOWN = ['all', 'used', 'available', 'planned'] as const;
export type Shown = (typeof SHOWN)[number];
export const isShown = (value: unknown): value is Shown => SHOWN.includes(value as Shown);

const isUsed = ({ state }: Card) => state === 'connected' || state === 'needs_attention';
const asks: Record<Shown, (card: Card) => boolean> = {
  all: () => true,
  used: isUsed,
  available: (card) => card.stage !== 'planned' && !isUsed(card),
  planned: ({ stage }) => stage === 'planned',
};

/** Those that are asked for, by words in any of what a card says. */
export function matching(cards: Card[], shown: Shown, words: string, said: (c: Card) => string) {
  const wanted = words.trim().toLocaleLowerCase();
  return cards.filter(
    (card) => asks[shown](card) && said(card).toLocaleLowerCase().includes(wanted),
  );
}

/** What went wrong and what to do about it; of a code that nobody knows, the code. */
export function problemText(t: TFunction, code: string | null | undefined): string | undefined {
  if (!code) return undefined;
  const known = t(`connections.problem.${code}`, { defaultValue: '' });
  const down = code.startsWith('status_') ? t('connections.problem.down') : undefined;
  return known || callTrouble(t, code) || down || t('connections.problem.other', { code });
}

/** Nothing more is to come of what was begun. */
export const isSettled = ({ state, problem, checkedAt }: Connection): boolean =>
  Boolean(problem) || state === 'disconnected' || (state !== 'unfinished' && checkedAt !== null);
