import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll, vi } from 'vitest';
import { startI18n } from '@/i18n';
import { write } from '@/lib/storage';

// A part that comes late, on a machine that is busy: waited for, with a deadline.
configure({ asyncUtilTimeout: 10_000 });

beforeAll(async () => {
  vi.stubGlobal(
    'matchMedia',
    (query: string) =>
      ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as never,
  );
  // Where text grows with what is typed, its measure waits for the fonts.
  const fonts = { addEventListener() {}, removeEventListener() {} };
  Object.defineProperty(document, 'fonts', { value: fonts, configurable: true });
  write('language', 'pt-BR');
  await startI18n();
});

// Dragging would tell every test that this is no real page.
Object.assign(window, { '__@hello-pangea/dnd-disable-dev-warnings': true });

afterEach(cleanup);
