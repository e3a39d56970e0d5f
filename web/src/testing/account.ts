/** Somebody signed in, and what the server declares: just enough for every screen to stand. */
const ALL = { read: 'all', create: 'all', update: 'all', delete: 'all', import: 'all' };
const ENTITIES = ['contact', 'note', 'tag', 'user', 'team', 'custom_field', 'role'];

const field = (key: string, type: string, more: object = {}) => ({
  ...{ key, type, label: key, required: false, readOnly: false, custom: false, options: [] },
  ...{ filterable: true, sortable: false, inList: true, ops: [], ...more },
});

const FIELDS = [
  field('name', 'text', { sortable: true, required: true }),
  field('email', 'email'),
  field('phone', 'phone'),
  field('status', 'choice', { options: [{ value: 'active', label: 'Ativo', color: 'green' }] }),
  field('tags', 'tags', { target: 'tag' }),
  field('assignedTo', 'user', { target: 'user' }),
  field('createdAt', 'datetime', { readOnly: true, sortable: true }),
];

const entity = (name: string, permissions: object) => ({
  ...{
    name,
    plural: `${name}s`,
    label: name,
    labelPlural: `${name}s`,
    titleField: 'name',
    owner: 'assignedTo',
  },
  ...{ fields: FIELDS, permissions, counters: ['status'], aliases: [], actions: [] },
  timeline: name === 'contact' ? ['note'] : [],
  history: 'full',
  ...{ defaultSort: { field: 'createdAt', order: 'desc' }, searchable: true, softDelete: true },
  ...{ custom: name === 'contact', inMenu: name === 'contact', importable: name === 'contact' },
});

/** An administrator may all of it; with `permissions` somebody who may less. */
export function account(permissions?: Record<string, object>) {
  const granted = permissions ?? Object.fromEntries(ENTITIES.map((name) => [name, ALL]));
  return {
    me: {
      user: {
        ...{ id: 'me', name: 'Marina Lopes', email: 'marina@exemplo.com.br', teamId: null },
        ...{ role: permissions ? 'few' : 'admin', language: 'pt-BR', preferences: {} },
        permissions: granted,
      },
      tenant: { id: 't', name: 'Padaria', timezone: 'America/Sao_Paulo', currency: 'BRL' },
    },
    meta: {
      // The server tells nobody of what he may not read.
      entities: Object.entries(granted).map(([name, rights]) => entity(name, rights)),
      roles: [{ name: 'admin', label: 'Administrador' }],
    },
  };
}
