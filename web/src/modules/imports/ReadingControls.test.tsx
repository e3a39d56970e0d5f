import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { serve, showPage } from '@/testing/page';
import type { ImportPreview } from './queries';
import { newDraft } from './importDraft';
import { ReadingControls } from './ReadingControls';

const column = (index: number, header: string, suggestedField: string) => ({
  ...{ index, header, suggestedField, sample: [], unmatchedValues: [] },
});
const preview = {
  ...{ uploadId: 'u', encoding: 'windows-1252', separator: ';', headerLine: 1, lines: [] },
  ...{ sheets: [], sheet: null },
  columns: [column(0, 'Nome', 'name'), column(1, 'SituaÃ§Ã£o', 'city')],
} as unknown as ImportPreview;
const better = {
  ...{ ...preview, uploadId: 'v', encoding: 'utf-8' },
  columns: [column(0, 'Nome', 'name'), column(1, 'Situação', 'status')],
};

function Controls({ preview: known = preview }: { preview?: ImportPreview }) {
  const first = newDraft('contact', 'a.csv', known);
  const [draft, setDraft] = useState({ ...first, chosen: { ...first.chosen, 0: 'company' } });
  return (
    <>
      <ReadingControls draft={draft} onDraft={setDraft as never} />
      <output>{JSON.stringify([draft.preview.uploadId, draft.chosen])}</output>
    </>
  );
}

it('reads the file in another encoding without sending it again, and keeps what was chosen', async () => {
  const heard = serve(({ path }) => (path.endsWith('/preview') ? [200, better] : undefined));
  showPage(<Controls />);

  await userEvent.click(await screen.findByRole('combobox', { name: 'Codificação' }));
  await userEvent.click(await screen.findByRole('option', { name: 'UTF-8' }));

  await waitFor(() =>
    expect(screen.getByRole('status')).toHaveTextContent('["v",{"0":"company","1":"status"}]'),
  );
  const [asked] = heard.filter(({ path }) => path.endsWith('/preview'));
  expect(asked!.body).toMatchObject({ uploadId: 'u', encoding: 'utf-8', separator: ';' });
});

it('reads another sheet of a workbook, which says itself how it is written', async () => {
  const workbook = { ...preview, sheets: ['Ativos', 'Antigos'], sheet: 1 };
  const heard = serve(({ path }) =>
    path.endsWith('/preview') ? [200, { ...better, sheets: workbook.sheets, sheet: 2 }] : undefined,
  );
  showPage(<Controls preview={workbook} />);

  await userEvent.click(await screen.findByRole('combobox', { name: 'Planilha' }));
  expect(screen.queryByRole('combobox', { name: 'Separador' })).not.toBeInTheDocument();
  await userEvent.click(await screen.findByRole('option', { name: 'Antigos' }));

  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('"v"'));
  const [asked] = heard.filter(({ path }) => path.endsWith('/preview'));
  expect(asked!.body).toMatchObject({ uploadId: 'u', sheet: 2 });
});
