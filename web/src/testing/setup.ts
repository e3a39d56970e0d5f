import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeAll, vi } from 'vitest';
import { startI18n } from '@/i18n';
import { write } from '@/lib/storage';

beforeAll(async () => {
  vi.stubGlobal(
    'matchMedia',
    (query: string) =>
      ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as never,
  );
  write('language', 'pt-BR');
  await startI18n();
});

afterEach(cleanup);
