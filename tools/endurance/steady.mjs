// Minutes of mixed load: people read, search, page, write, delete, restore, import and listen. Memory and
// descriptors of the last third against those of the second: what grows with time, not with data.
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../bench/measure.mjs';
import { dataFolder, Ponte } from '../bench/program.mjs';
import { seed } from '../bench/seed.mjs';
import { People } from './people.mjs';

const words = ['ana', 'silva', 'p77', 'oliveira', 'santos moraes', 'zzz'];
const any = (list) => list[Math.floor(Math.random() * list.length)];

function csv() {
  const rows = Array.from({ length: 300 }, (_, n) => `Vinda ${n},v${n}@exemplo.com.br`);
  const form = new FormData();
  form.append('entity', 'contact');
  form.append('mode', 'upsert');
  form.append('file', new Blob([`Nome,E-mail\n${rows.join('\n')}\n`]), 'vindas.csv');
  return form;
}

function busy(people, done) {
  const reader = () =>
    people.repeat(async () => {
      const order = any(['-createdAt', 'name', 'company']);
      const { data } = await people.ask('GET', `/contacts?sort=${order}&page=${1 + Math.floor(Math.random() * 60)}`);
      await people.ask('GET', `/contacts?search=${any(words)}`);
      // Those that a writer is about to delete are left alone.
      const { id } = any(data.filter(({ name }) => !name.startsWith('Nova'))) ?? data[0];
      await people.ask('GET', `/contacts/${id}`);
      await people.ask('GET', `/contacts/${id}/timeline`);
      done.count += 4;
    });
  const writer = () =>
    people.repeat(async (n) => {
      const { id } = await people.ask('POST', '/contacts', { body: { name: `Nova ${n}`, phone: '+5511987654321' } });
      await people.ask('PATCH', `/contacts/${id}`, { body: { city: 'Olinda' } });
      await people.ask('DELETE', `/contacts/${id}`);
      done.count += 3;
    });
  const importer = people.repeat(async () => {
    const { id } = await people.ask('POST', '/imports', { form: csv() });
    await people.ended(`/imports/${id}`);
    await pause(1_000);
  });
  return Promise.all([reader(), reader(), reader(), writer(), writer(), importer]);
}

const descriptors = (ponte) => readdirSync(`/proc/${ponte.pid}/fd`).length;

export async function trial({ minutes }) {
  const data = `${dataFolder}/steady`;
  const ponte = await Ponte.start(data);
  const company = await ponte.company('steady');
  seed(ponte, company, 20_000);
  const people = new People({ ponte }, company);
  const done = { count: 0 };
  const work = busy(people, done);
  const samples = [];
  for (let second = 0; second < minutes * 60; second += 2) {
    await pause(2_000);
    samples.push({ mb: ponte.residentKb() / 1024, fds: descriptors(ponte) });
    process.stdout.write(`\r${second + 2} s, ${samples.at(-1).mb.toFixed(1)} MB, ${samples.at(-1).fds} descriptors `);
  }
  process.stdout.write('\n');
  people.isOver = true;
  await work;
  await ponte.stop();

  const third = Math.floor(samples.length / 3);
  const of = (from, what) => median(samples.slice(from, from + third).map((sample) => sample[what]));
  const [mb, laterMb] = [of(third, 'mb'), of(2 * third, 'mb')];
  const [fds, laterFds] = [of(third, 'fds'), of(2 * third, 'fds')];
  return [
    { text: `${minutes} min, ${done.count} requests: ${mb.toFixed(1)} MB, then ${laterMb.toFixed(1)} MB`, holds: laterMb < mb * 1.1 + 4 },
    { text: `${fds} descriptors, then ${laterFds}`, holds: laterFds <= fds + 8 },
    { text: `answers that nobody should get: ${people.strange.length} ${[...new Set(people.strange)].slice(0, 5).join(' | ')}`, holds: people.strange.length === 0 },
  ];
}
