import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { entity, field, serve, showPage } from '@/testing/page';
import { FieldValue } from './FieldValue';

const ID = '018f0000-0000-7000-8000-000000000001';
const contact = entity('contact', [field('name', 'Nome')], { titleField: 'name' });
const link = field('contactId', 'Cliente', {
  type: 'link',
  target: 'contact',
  linkedAs: 'contact',
});
const show = (of?: object, read = 'all') =>
  showPage(<FieldValue field={link} value={ID} of={of} />, {
    permissions: { contact: { read } },
    entities: [contact],
  });

it('a link shows what the answer calls it, leads there and asks nothing', async () => {
  const asked = serve(() => undefined);
  show({ contact: { id: ID, title: 'Ana Souza' } });

  const there = await screen.findByRole('link', { name: 'Ana Souza' });

  expect(there.getAttribute('href')).toMatch(new RegExp(`/${ID}$`));
  expect(asked.filter(({ path }) => path.endsWith('/contacts'))).toEqual([]);
});

it('an id that nothing names is asked for by itself', async () => {
  serve(({ query }) =>
    query.get('filter')?.includes(ID)
      ? [200, { data: [{ id: ID, name: 'Zilda' }], pagination: {} }]
      : undefined,
  );
  show();

  expect(await screen.findByRole('link', { name: 'Zilda' })).toBeVisible();
});

it('the title of another record is not that of this one', async () => {
  serve(() => undefined);
  show({ contact: { id: 'other', title: 'Ana Souza' } });

  expect(await screen.findByText('—')).toBeVisible();
  expect(screen.queryByText('Ana Souza')).toBeNull();
});

it('what lies in the bin is named and leads nowhere', async () => {
  serve(() => undefined);
  show({ contact: { id: ID, title: 'Ana Souza', deleted: true } });

  expect(await screen.findByText('Ana Souza')).toBeVisible();
  expect(screen.queryByRole('link')).toBeNull();
});
