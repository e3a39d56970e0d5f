import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import type { MetaField } from '@/api/types';
import { setFormat } from '@/lib/format';
import { field } from '@/testing/page';
import { check } from './check';
import { DateField } from './DateField';
import { InlineEditor } from './InlineEditor';

afterEach(() => setFormat({ locale: 'pt-BR' }));

const draw = (content: React.ReactNode) =>
  render(<MantineProvider env="test">{content}</MantineProvider>);

function show(type: string, initial: unknown = null) {
  const heard = vi.fn();
  function Held() {
    const [value, setValue] = useState<unknown>(initial);
    const change = (next: unknown) => (heard(next), setValue(next));
    return <DateField type={type} label="Fundação" value={value} onChange={change} />;
  }
  draw(<Held />);
  return { input: screen.getByLabelText('Fundação'), heard };
}

it.each([
  ['pt-BR', 'date', '18021975', '1975-02-18', '18/02/1975'],
  ['pt-BR', 'date', '18/2/75', '1975-02-18', '18/02/1975'],
  ['pt-BR', 'date', '1975-02-18', '1975-02-18', '18/02/1975'],
  ['en', 'date', '2/18/75', '1975-02-18', '02/18/1975'],
  ['pt-BR', 'datetime', '18/2/75 14:30', '1975-02-18T14:30', '18/02/1975 14:30'],
])('%s: %s typed as %s is %s', async (locale, type, typed, value, shown) => {
  setFormat({ locale });
  const { input, heard } = show(type);

  await userEvent.type(input, typed);
  expect(input).toHaveValue(typed);
  await userEvent.tab();

  expect(heard).toHaveBeenLastCalledWith(value);
  expect(input).toHaveValue(shown);
});

it('reads on Enter too, and takes a pasted date', async () => {
  const { input, heard } = show('date');

  await userEvent.click(input);
  await userEvent.paste('18/02/75');
  expect(heard).toHaveBeenLastCalledWith('1975-02-18');
  await userEvent.keyboard('{Enter}');

  expect(input).toHaveValue('18/02/1975');
});

it('keeps what it cannot read, for the form to say so', async () => {
  const { input, heard } = show('date', '2026-11-24');

  await userEvent.clear(input);
  await userEvent.type(input, '31/02/2026');
  await userEvent.tab();

  expect(heard).toHaveBeenLastCalledWith('31/02/2026');
  expect(input).toHaveValue('31/02/2026');
  const date = { type: 'date', required: false } as MetaField;
  expect(check(date, '31/02/2026')?.code).toBe('format');
  expect(check(date, '2026-02-28')).toBeNull();
});

it('offers a calendar, from the keyboard too', async () => {
  const { input, heard } = show('date', '1975-02-18');

  await userEvent.click(input);
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await userEvent.click(await screen.findByRole('button', { name: '20 fevereiro 1975' }));

  expect(heard).toHaveBeenLastCalledWith('1975-02-20');
  expect(input).toHaveValue('20/02/1975');
  expect(input).toHaveFocus();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('is edited in a cell: Enter saves, and what is no date stays with its reason', async () => {
  const onSave = vi.fn();
  const founded = field('founded', 'Fundação', { type: 'date' });
  draw(
    <Suspense>
      <InlineEditor field={founded} value="2020-01-31" onSave={onSave} onCancel={() => undefined} />
    </Suspense>,
  );
  const input = await screen.findByLabelText('Fundação');
  expect(input).toHaveValue('31/01/2020');

  await userEvent.clear(input);
  await userEvent.type(input, 'ontem{Enter}');
  expect(screen.getByText('Data inválida. Use dd/mm/aaaa')).toBeVisible();
  expect(onSave).not.toHaveBeenCalled();
  await userEvent.clear(input);
  await userEvent.type(input, '18021975{Enter}');

  expect(onSave).toHaveBeenCalledExactlyOnceWith('1975-02-18', 'stay');
});
