import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { ChangeList } from '@/ui/RecordPage/changes';
import { FieldInput } from '@/ui/RecordForm/FieldInput';
import { FieldValue } from '@/ui/FieldValue';
import { entity, field, serve, showPage } from '@/testing/page';

const token = field('token', 'Token', { type: 'secret', filterable: false, sortable: false });
const gateway = entity('gateway', [field('name', 'Nome'), token], { titleField: 'name' });

function edit(initial: unknown, required = false) {
  serve(() => undefined);
  const heard = vi.fn();
  function Held() {
    const [value, setValue] = useState<unknown>(initial);
    const take = (next: unknown) => {
      heard(next);
      setValue(next);
    };
    return <FieldInput field={{ ...token, required }} value={value} onChange={take} />;
  }
  showPage(<Held />, { entities: [gateway] });
  return heard;
}

it('a new one is typed unseen', async () => {
  const heard = edit(null);

  const input = await screen.findByLabelText('Token');
  await userEvent.type(input, 'abc');

  expect(input).toHaveAttribute('type', 'password');
  expect(heard).toHaveBeenLastCalledWith('abc');
});

it('what is there is told and replaced; nothing typed keeps it', async () => {
  const heard = edit({ set: true });
  expect(await screen.findByText('Definido')).toBeVisible();

  await userEvent.click(screen.getByRole('button', { name: 'Substituir' }));
  const input = screen.getByLabelText('Token');
  expect(input).toHaveFocus();
  await userEvent.type(input, 'x');
  expect(heard).toHaveBeenLastCalledWith('x');
  await userEvent.clear(input);
  expect(heard).toHaveBeenLastCalledWith({ set: true });
  await userEvent.tab();

  expect(await screen.findByText('Definido')).toBeVisible();
});

it('is removed, unless it is needed', async () => {
  const heard = edit({ set: true });

  await userEvent.click(await screen.findByRole('button', { name: 'Remover' }));

  expect(heard).toHaveBeenLastCalledWith(null);
});

it('one that is needed is only replaced', async () => {
  edit({ set: true }, true);

  expect(await screen.findByRole('button', { name: 'Substituir' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Remover' })).toBeNull();
});

it('a cell and the history say that there is one, and that it changed', async () => {
  serve(() => undefined);
  showPage(
    <>
      <FieldValue field={token} value="abc" />
      <ChangeList
        entity={gateway}
        changes={{ token: { from: { set: true }, to: { set: true } } }}
      />
    </>,
    { entities: [gateway] },
  );

  expect(await screen.findByText('substituído')).toBeVisible();
  expect(screen.getByText('Definido')).toBeVisible();
  expect(screen.queryByText('abc')).toBeNull();
});
