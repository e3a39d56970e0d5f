import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { entity, field, serve, showPage } from '@/testing/page';
import { MentionTextarea } from './MentionTextarea';

const people = {
  data: [
    { id: '1', name: 'Carlos Meireles', active: true },
    { id: '2', name: 'Carla Dias', active: false },
  ],
};

const entities = [
  entity('user', [field('name', 'Nome')], { titleField: 'name', searchable: true }),
];

function Box({ onSend }: { onSend: () => void }) {
  const [text, setText] = useState('');
  return (
    <MentionTextarea
      of="user"
      aria-label="Nota"
      value={text}
      onChange={setText}
      onKeyDown={({ key }) => key === 'Enter' && onSend()}
    />
  );
}

it('offers people behind an @ and writes the name of the chosen one', async () => {
  const heard = serve(({ path }) => (path.endsWith('/users') ? [200, people] : undefined));
  const send = vi.fn();
  showPage(<Box onSend={send} />, { entities });

  await userEvent.type(await screen.findByLabelText('Nota'), 'Falar com @car');
  await screen.findByRole('option', { name: /Carlos Meireles/ });
  expect(screen.queryByRole('option', { name: /Carla Dias/ })).not.toBeInTheDocument();
  await userEvent.keyboard('{ArrowDown}{Enter}');

  await waitFor(() =>
    expect(screen.getByLabelText('Nota')).toHaveValue('Falar com @Carlos Meireles '),
  );
  expect(send).not.toHaveBeenCalled();
  expect(heard.some(({ query }) => query.get('search') === 'car')).toBe(true);
  await userEvent.keyboard('{Enter}');
  expect(send).toHaveBeenCalledOnce();
});

it('an address in the text names nobody', async () => {
  const heard = serve(({ path }) => (path.endsWith('/users') ? [200, people] : undefined));
  showPage(<Box onSend={() => {}} />, { entities });

  await userEvent.type(await screen.findByLabelText('Nota'), 'ana@exemplo');

  expect(heard.filter(({ path }) => path.endsWith('/users'))).toHaveLength(0);
});
