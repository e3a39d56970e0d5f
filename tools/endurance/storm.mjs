// Kill storms: SIGKILL to the program and to its database, by turns, while people write, import and
// change in bulk. Afterwards everything that was answered is there, once, and all long work has ended.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { dataFolder, Ponte } from '../bench/program.mjs';
import { People } from './people.mjs';

const rowsOfImport = 2_000;

function csv(round) {
  const rows = Array.from({ length: rowsOfImport }, (_, n) => `Importada ${round}.${n},i${round}.${n}@exemplo.com.br`);
  const form = new FormData();
  form.append('entity', 'contact');
  form.append('mode', 'create');
  form.append('file', new Blob([`Nome,E-mail\n${rows.join('\n')}\n`]), `r${round}.csv`);
  return form;
}

async function killByTurns(house, kills) {
  for (let n = 0; n < kills; n += 1) {
    await pause(800 + Math.random() * 2_500);
    if (n % 2 === 0) {
      const ended = new Promise((done) => house.ponte.process.on('exit', done));
      house.ponte.process.kill('SIGKILL');
      await ended;
      house.ponte = await Ponte.start(house.data);
    } else {
      const postmaster = Number(readFileSync(`${house.data}/pg/postmaster.pid`, 'utf8').split('\n')[0]);
      process.kill(postmaster, 'SIGKILL');
    }
    process.stdout.write(`\r${n + 1} of ${kills} kills`);
  }
  process.stdout.write('\n');
}

// What is promised is written down as it is answered.
function busy(people, promised) {
  const writer = (who) =>
    people.repeat(async (n) => {
      const name = `Escrita ${who}.${n}`;
      const body = { name, phone: `+55119${who}${String(n).padStart(7, '0')}` };
      if (await people.ask('POST', '/contacts', { body })) promised.names.add(name);
    });
  const importer = people.repeat(async (n) => {
    const begun = await people.ask('POST', '/imports', { form: csv(n) });
    if (begun) promised.imports.push(await people.ended(`/imports/${begun.id}`));
  });
  const changer = people.repeat(async (n) => {
    const body = { action: 'update', search: 'Importada', values: { city: `Cidade ${n}` } };
    const begun = await people.ask('POST', '/contacts/bulk', { body });
    if (begun) promised.operations.push(await people.ended(`/operations/${begun.id}`));
    await pause(500);
  });
  return Promise.all([...[1, 2, 3, 4].map(writer), importer, changer]);
}

export async function trial({ kills }) {
  const data = `${dataFolder}/storm`;
  const house = { data, ponte: await Ponte.start(data) };
  const people = new People(house, await house.ponte.company('storm'));
  const promised = { names: new Set(), imports: [], operations: [] };
  const work = busy(people, promised);
  await killByTurns(house, kills);
  people.isOver = true;
  await work;

  const of = (where) =>
    Number(house.ponte.sql(`begin; set local ponte.maintenance = 'on'; ${where}; commit`));
  const created = "name = 'contact.created'";
  const written = of("select count(*) from contacts where name like 'Escrita %'");
  const names = of("select count(distinct name) from contacts where name like 'Escrita %'");
  const imported = of("select count(*) from contacts where name like 'Importada %'");
  const told = of(`select count(*) from (select entity_id from events where ${created} group by 1 having count(*) > 1) x`);
  const untold = of(`select count(*) from contacts c where not exists (select from events e
    where e.tenant_id = c.tenant_id and e.entity_id = c.id and e.${created})`);
  const stuck = of("select count(*) from jobs where state in ('running', 'dead')");
  await house.ponte.stop();

  const { imports, operations } = promised;
  const unlucky = (work) => (work.state === 'done' ? '' : ` (${work.state}: ${work.error})`);
  const wholeImports = imports.filter(({ state, created: n }) => state === 'done' && n === rowsOfImport);
  const wholeChanges = operations.filter(({ state, failed }) => state === 'done' && failed === 0);
  return [
    [`${kills} kills; ${promised.names.size} writes answered, ${written} rows, ${names} names`, written === promised.names.size && names === written],
    [`${imports.length} imports of ${rowsOfImport}, ${wholeImports.length} whole; ${imported} rows${imports.map(unlucky).join('')}`, wholeImports.length === imports.length && imported === imports.length * rowsOfImport],
    [`${operations.length} bulk changes, ${wholeChanges.length} whole${operations.map(unlucky).join('')}`, wholeChanges.length === operations.length],
    [`${told} records told of twice, ${untold} never`, told === 0 && untold === 0],
    [`${people.resumed} times work was given up and resumed; ${stuck} jobs stuck`, stuck === 0],
    [`answers that nobody should get: ${people.strange.length} ${[...new Set(people.strange)].slice(0, 5).join(' | ')}`, people.strange.length === 0],
  ].map(([text, holds]) => ({ text, holds }));
}
