import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { entity, field, serve, showPage } from '@/testing/page';
import { Attachments } from './Attachments';
import { acceptOf, isPreviewed, lookOf } from './kinds';

/** An upload as the browser makes it, answered by the test when it likes. */
class Call {
  static all: Call[] = [];
  upload: { onprogress?: (event: object) => void } = {};
  onload?: () => void;
  onabort?: () => void;
  responseText = '';
  status = 0;
  sent: File | null = null;
  constructor() {
    Call.all.push(this);
  }
  open() {}
  setRequestHeader() {}
  send(form: FormData) {
    this.sent = form.get('file') as File;
  }
  abort() {
    this.onabort?.();
  }
  answer(status: number, body: object) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
  }
}

const documents = entity(
  'document',
  [
    field('contactId', 'Cliente', { type: 'link', target: 'contact', linkedAs: 'contact' }),
    field('fileId', 'Arquivo', { type: 'file', target: 'file', linkedAs: 'file' }),
    field('name', 'Nome'),
  ],
  { titleField: 'name', labelPlural: 'Documentos' },
);
const ALL = { read: 'all', create: 'all', update: 'all', delete: 'all' };

function show() {
  Call.all = [];
  vi.stubGlobal('XMLHttpRequest', Call);
  const heard = serve(() => undefined);
  showPage(<Attachments entity={documents} to={{ field: 'contactId', id: 'ana' }} />, {
    entities: [documents],
    permissions: { document: ALL },
  });
  return heard;
}
const choose = async (...files: File[]) =>
  userEvent.upload(await screen.findByLabelText('Escolher arquivos', { selector: 'input' }), files);
const call = (place: number) => Call.all[place]!;
const text = (name: string) => new File(['oi'], name, { type: 'text/plain' });

afterEach(() => vi.unstubAllGlobals());

it('a few at a time are sent, with their progress, and attached when they are there', async () => {
  const heard = show();
  await choose(text('um.txt'), text('dois.txt'), text('três.txt'), text('quatro.txt'));

  await waitFor(() => expect(Call.all).toHaveLength(3));
  call(0).upload.onprogress?.({ loaded: 1, total: 2 });
  expect(await screen.findByText(/Enviando 50%/)).toBeVisible();
  call(0).answer(201, { id: 'f1', name: 'um.txt', size: 2, type: 'text/plain' });

  await waitFor(() => expect(Call.all).toHaveLength(4));
  const made = heard.find(({ method }) => method === 'POST');
  expect(made?.body).toEqual({ contactId: 'ana', fileId: 'f1', name: 'um.txt' });
  await waitFor(() => expect(screen.queryByText('um.txt')).toBeNull());
});

it('one is cancelled, and one that is refused says why', async () => {
  show();
  await choose(text('um.txt'), text('dois.txt'));
  await waitFor(() => expect(Call.all).toHaveLength(2));

  await userEvent.click(screen.getByRole('button', { name: 'Cancelar o envio de um.txt' }));
  await waitFor(() => expect(screen.queryByText('um.txt')).toBeNull());
  const errors = [{ field: 'file', code: 'file_too_large', message: 'O arquivo passa de 50 MB' }];
  call(1).answer(422, { status: 422, code: 'validation', title: 'Confira', errors });

  expect(await screen.findByRole('alert')).toHaveTextContent('O arquivo passa de 50 MB');
  await userEvent.click(screen.getByRole('button', { name: 'Tirar dois.txt da lista' }));
  expect(screen.queryByText('dois.txt')).toBeNull();
});

it('kinds have a look of their own, and only some are shown in place', () => {
  expect(lookOf('application/pdf').hue).toBe('red');
  expect(lookOf('text/csv').hue).toBe('green');
  expect(lookOf('application/octet-stream').hue).toBe('gray');
  expect(isPreviewed('image/png')).toBe(true);
  expect(isPreviewed('application/pdf')).toBe(true);
  expect(isPreviewed('image/svg+xml')).toBe(false);
  expect(acceptOf(['pdf'])).toBe('application/pdf');
  expect(acceptOf(undefined)).toBeUndefined();
});
