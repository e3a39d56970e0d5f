// Budgets of single requests: get one, list 20, create one, each beside pgbench with the very same
// statements; then the same reads again and again, which the server answers from memory.
import { capture, script, startQuiet, startWritingDown } from './captured.mjs';
import { alternate, pgbench, wrk } from './measure.mjs';
import { idOfNumber, idsOf, seed } from './seed.mjs';

const lua = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
// Requests are written out before the clock starts: the load generator shares the machine.
export const asker = (paths, token, more = {}) => `
local paths = { ${paths.map(lua).join(',\n')} }
local requests = {}
function init()
  local headers = { ["Authorization"] = "Bearer ${token}" }
  ${Object.entries(more).map(([name, value]) => `headers[${lua(name)}] = ${lua(value)}`).join('\n')}
  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path, headers) end
end
function make(n) return requests[n % #requests + 1] end`;

// The same list under many names: letters may be written as %xx and empty parameters are ignored,
// so each address has its own place in the server's memory and that is soon full.
export function spellings(count) {
  const hex = (c) => `%${c.charCodeAt(0).toString(16)}`;
  return Array.from({ length: count }, (_, n) => {
    const word = [...'limit'].map((c, bit) => ((n >> bit) & 1 ? hex(c) : c)).join('');
    return `/api/v1/contacts?${word}=20${'&'.repeat(n >> 5)}`;
  });
}

const writer = (token) => `
local headers = { ["Authorization"] = "Bearer ${token}", ["Content-Type"] = "application/json" }
local first = os.time() % 1000000 * 1000
function make(n)
  local k = first + n
  return wrk.format("POST", "/api/v1/contacts", headers, string.format(
    '{"name":"Contato %d","email":"c%d@exemplo.com","phone":"+5511%09d"}', k, k, 910000000 + k % 80000000))
end`;

// Ids and keys that are new each time, made of numbers, since pgbench has no strings.
function createScript(statements, variables) {
  const [insert] = statements.filter((one) => one.sql.startsWith('insert into contacts '));
  const [columns, values] = insert.sql.split(') values (').map((text) => text.split(', '));
  columns[0] = columns[0].split('(')[1];
  const valueOf = (column) => insert.values[values[columns.indexOf(column)].slice(1) - 1];
  const made = {
    [valueOf('id')]: idOfNumber(':k::bigint'),
    [valueOf('email')]: "'p' || :k::bigint || '@exemplo.com'",
    [valueOf('phone')]: "'+5521' || (910000000 + :k::bigint % 80000000)",
  };
  const event = statements.find((one) => one.sql.startsWith('insert into events '));
  made[event.values[1]] = "('01900000-0000-7000-9000-' || lpad(to_hex(:k::bigint), 12, '0'))::uuid";
  const text = script(statements, variables, (value) => made[value]);
  return `\\set i :i + 1\n\\set k :client_id * 1000000000 + :first + :i\n${text}`;
}

async function captureAll(data, company, id) {
  const ponte = await startWritingDown(data);
  const { token } = company;
  const warm = () => ponte.call('GET', `/contacts/${id}?&`, { token });
  await warm();
  const byText = (start) => (one) => one.sql.includes(start);
  const get = await capture(ponte, () => ponte.call('GET', `/contacts/${id}`, { token }), (one) =>
    one.values.includes(id));
  const list = await capture(ponte, () => ponte.call('GET', '/contacts?limit=20', { token }),
    byText('from contacts t where t.tenant_id = $1'));
  const body = { name: 'Contato Zero', email: 'zero@exemplo.com', phone: '+5511999990000' };
  await ponte.call('POST', '/contacts', { token, body: { ...body, email: 'x@exemplo.com', phone: '+5511999990001' } });
  const create = await capture(ponte, () => ponte.call('POST', '/contacts', { token, body }),
    byText('insert into contacts '));
  return { ponte: await startQuiet(ponte), get, list, create };
}

export async function requests(report, { ponte: first, quick }) {
  const rounds = 3;
  const seconds = quick ? 3 : 8;
  const people = quick ? 50_000 : 200_000;
  const company = await first.company(`requests${Date.now()}`);
  await seed(first, company, people, { isNumbered: true });
  const ids = idsOf(first, company, people);
  await first.stop();
  const { ponte, get, list, create } = await captureAll(first.data, company, ids[0]);
  const variables = {};
  // Any of them, like the requests: a few asked again and again would be in the processor's caches.
  const anyId = (value) => (value === ids[0] ? idOfNumber(':n::bigint') : undefined);
  const getScript = `\\set n random(1, ${people})\n${script(get, variables, anyId)}`;
  const listing = {}, creating = {};
  const listScript = script(list, listing);
  const createText = createScript(create, creating);
  const addresses = ids.map((id) => `/api/v1/contacts/${id}`);
  const lists = spellings(8_000);
  const time = { seconds };
  const sides = {
    'get one contact': {
      ours: () => wrk(ponte, asker(addresses, company.token), time),
      yardstick: () => pgbench(ponte, [getScript], { ...time, variables }),
    },
    'list 20 contacts': {
      ours: () => wrk(ponte, asker(lists, company.token), time),
      yardstick: () => pgbench(ponte, [listScript], { ...time, variables: listing }),
    },
    'create one contact': {
      ours: () => wrk(ponte, writer(company.token), time),
      yardstick: (i) =>
        pgbench(ponte, [createText], {
          ...time,
          variables: { ...creating, i: 0, first: (i + 1) * 10_000_000 },
        }),
    },
  };
  const yardsticks = {};
  for (const [what, { ours, yardstick }] of Object.entries(sides)) {
    const found = await alternate(rounds, { ours: async () => (await ours()).perSecond, yardstick });
    yardsticks[what] = found.yardstick;
    report.ratio(what, found, { unit: '/s', least: 0.8, yardstick: 'pgbench, same statements' });
  }
  const again = {
    'get one contact, repeated': ['get one contact', asker(addresses.slice(0, 100), company.token)],
    'list 20 contacts, repeated': ['list 20 contacts', asker(lists.slice(0, 32), company.token)],
  };
  for (const [what, [name, setup]] of Object.entries(again)) {
    const found = await alternate(rounds, { ours: async () => (await wrk(ponte, setup, time)).perSecond });
    found.yardstick = yardsticks[name];
    report.ratio(what, found, { unit: '/s', least: 3, yardstick: 'the same pgbench' });
  }
  report.size(`contacts of the company asked about single records: ${people.toLocaleString('en')}`);
  return ponte;
}
