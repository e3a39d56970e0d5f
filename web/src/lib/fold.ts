/** Letters as people compare them: without accents, without case, without blanks around. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
