import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { recordList } from '@/api/records';
import { entity, field, serve, showPage } from '@/testing/page';
import type { Leaf } from './filter';
import { LeafEditor } from './LeafEditor';

const founded = field('founded', 'Fundação', { type: 'date', ops: ['is', 'between'] });

const counting = (filter?: object) => recordList(entity('contact', []), { filter });

async function show(leaf: Leaf) {
  serve(() => undefined);
  const heard = vi.fn();
  const onDone = vi.fn();
  function Held() {
    const [now, setNow] = useState(leaf);
    const change = (next: Leaf) => (heard(next), setNow(next));
    return <LeafEditor fields={[founded]} leaf={now} onChange={change} {...{ onDone, counting }} />;
  }
  showPage(<Held />);
  await screen.findAllByPlaceholderText('dd/mm/aaaa');
  return { heard, onDone };
}

it('asks for a date as it is typed', async () => {
  const { heard, onDone } = await show({ field: 'founded', op: 'is' });

  await userEvent.type(screen.getByLabelText('Valor'), '18/2/75{Enter}');

  expect(heard).toHaveBeenLastCalledWith({ field: 'founded', op: 'is', value: '1975-02-18' });
  expect(onDone).toHaveBeenCalled();
});

it('asks for nothing while a date cannot be read, and says so', async () => {
  const value = ['2020-01-31', '2020-12-31'];
  const { onDone } = await show({ field: 'founded', op: 'between', value });
  expect(screen.getByLabelText('De')).toHaveValue('31/01/2020');

  await userEvent.clear(screen.getByLabelText('Até'));
  await userEvent.type(screen.getByLabelText('Até'), '31/02/2020{Enter}');

  expect(screen.getByText('Data inválida. Use dd/mm/aaaa')).toBeVisible();
  expect(screen.getByLabelText('Até')).toHaveValue('31/02/2020');
  expect(onDone).not.toHaveBeenCalled();
});
