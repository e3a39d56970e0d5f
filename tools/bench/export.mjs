// A large list as a file, with rights, labels and forms of the language, beside psql's \\copy of the same
// columns; and whether memory stays flat meanwhile.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { throughTheApi as importPeople, writePeople } from './import.mjs';
import { folder } from './program.mjs';

const columns = ['name', 'email', 'phone', 'company', 'status', 'city'];

async function throughTheApi(ponte, company, format, rows) {
  const before = ponte.residentKb();
  let most = before;
  const begin = performance.now();
  const { id } = await ponte.call('POST', '/exports',
    { token: company.token, body: { entity: 'contact', format, columns } });
  let state;
  do {
    await pause(100);
    most = Math.max(most, ponte.residentKb());
    state = await ponte.call('GET', `/exports/${id}`, { token: company.token });
  } while (state.state === 'queued' || state.state === 'running');
  const seconds = (performance.now() - begin) / 1000;
  if (state.state !== 'done' || state.rows !== rows) throw new Error(JSON.stringify(state));
  return { perSecond: rows / seconds, grownMb: (most - before) / 1024 };
}

function copyOut(ponte, tenant) {
  const begin = performance.now();
  const args = ['-h', ponte.socket, '-U', 'ponte', '-qX', '-v', 'ON_ERROR_STOP=1', 'ponte', '-c',
    `\\copy (select ${columns.join(', ')} from contacts where tenant_id = '${tenant}' and deleted_at is null order by created_at desc, id desc) to '${folder}/copied.csv' csv header`];
  return new Promise((done, fail) =>
    spawn('psql', args, { stdio: 'inherit' }).on('exit', (code) =>
      code === 0 ? done((performance.now() - begin) / 1000) : fail(new Error('copy failed'))));
}

export async function exporting(report, { ponte, quick }) {
  const rows = quick ? 20_000 : 200_000;
  const company = await ponte.company(`export${Date.now()}`);
  await importPeople(ponte, company, writePeople(rows).withHeader, rows);
  const their = rows / (await copyOut(ponte, company.tenant));
  for (const format of ['csv', 'xlsx']) {
    const { perSecond, grownMb } = await throughTheApi(ponte, company, format, rows);
    report.row(`export of ${rows.toLocaleString('en')} rows as ${format}`, `${Math.round(perSecond).toLocaleString('en')} rows/s`,
      `${Math.round(their).toLocaleString('en')} rows/s (\\copy)`, (perSecond / their).toFixed(2),
      '≥ 10,000 rows/s', perSecond >= 10_000);
    report.atMost(`memory that ponte needs more during that (${format})`, grownMb, 64, 'MB');
  }
}
export { exporting as export };
