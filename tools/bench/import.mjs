// A large CSV through the API, with validation and the search for duplicates, beside COPY of the same
// contacts into a table of the same shape; and whether memory stays flat meanwhile.
import { createReadStream, openAsBlob, openSync, writeSync, closeSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { folder } from './program.mjs';

function writeFile(path, rows, makeRow, header = '') {
  const file = openSync(path, 'w');
  writeSync(file, header);
  for (let n = 0; n < rows; ) {
    let block = '';
    for (const end = Math.min(n + 10_000, rows); n < end; n += 1) block += makeRow(n);
    writeSync(file, block);
  }
  closeSync(file);
}

const person = (n) => [`Pessoa ${n} da Silva`, `pessoa${n}@exemplo${n % 1013}.com.br`,
  `+55${11 + 10 * (n % 8)}9${10_000_000 + n}`, `Empresa ${n % 5003}`, 'active', 'Santos'];

export async function throughTheApi(ponte, company, file, rows) {
  const form = new FormData();
  form.append('entity', 'contact');
  form.append('mode', 'upsert');
  form.append('file', await openAsBlob(file), 'pessoas.csv');
  const before = ponte.residentKb();
  let most = before;
  const begin = performance.now();
  const { id } = await ponte.call('POST', '/imports', { token: company.token, form });
  let state;
  do {
    await pause(200);
    most = Math.max(most, ponte.residentKb());
    state = await ponte.call('GET', `/imports/${id}`, { token: company.token });
  } while (state.state === 'queued' || state.state === 'running');
  const seconds = (performance.now() - begin) / 1000;
  if (state.state !== 'done' || state.created !== rows) throw new Error(JSON.stringify(state));
  return { perSecond: rows / seconds, grownMb: (most - before) / 1024 };
}

export function copy(ponte, file) {
  ponte.sql(`drop table if exists copied; create table copied (like contacts including all);
             alter table copied alter column tenant_id set default '${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}'`);
  const begin = performance.now();
  return new Promise((done, fail) => {
    const args = ['-h', ponte.socket, '-U', 'ponte', '-qX', '-v', 'ON_ERROR_STOP=1', 'ponte', '-c',
      'copy copied (name, email, phone, company, status, city) from stdin (format csv)'];
    const psql = spawn('psql', args, { stdio: ['pipe', 'inherit', 'inherit'] });
    createReadStream(file).pipe(psql.stdin);
    psql.on('exit', (code) =>
      code === 0 ? done((performance.now() - begin) / 1000) : fail(new Error('copy failed')));
  });
}

/** Writes the people of a benchmark as a file to import and as one for COPY. */
export function writePeople(rows) {
  const withHeader = `${folder}/pessoas.csv`, bare = `${folder}/bare.csv`;
  const row = (n) => `${person(n).join(',')}\n`;
  writeFile(withHeader, rows, row, 'Nome,E-mail,Telefone,Empresa,Status,Cidade\n');
  writeFile(bare, rows, row);
  return { withHeader, bare };
}

export async function importing(report, { ponte, quick }) {
  const rows = quick ? 100_000 : 1_000_000;
  const { withHeader, bare } = writePeople(rows);
  const ours = [], theirs = [], grown = [];
  for (let round = 0; round < (quick ? 3 : 1); round += 1) {
    const company = await ponte.company(`import${Date.now()}`);
    const found = await throughTheApi(ponte, company, withHeader, rows);
    ours.push(found.perSecond);
    grown.push(found.grownMb);
    theirs.push(rows / (await copy(ponte, bare)));
  }
  ponte.sql('drop table copied; vacuum analyze contacts');
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const [our, their] = [middle(ours), middle(theirs)];
  report.row(`import of ${rows.toLocaleString('en')} rows`, `${Math.round(our).toLocaleString('en')} rows/s`,
    `${Math.round(their).toLocaleString('en')} rows/s (COPY)`, (our / their).toFixed(2),
    '≥ 20,000 rows/s or ≥ 0.25', our >= 20_000 || our / their >= 0.25);
  report.atMost('memory that ponte needs more during the import', Math.max(...grown), 64, 'MB');
}
export { importing as import };
