// Lists must cost the same with a million contacts as with ten thousand: the 95th percentile of
// answers that no cache has, few at a time, so that it is the query that takes the time.
import { alternate, wrk } from './measure.mjs';
import { asker, spellings } from './requests.mjs';
import { seed } from './seed.mjs';

// Whoever says that they know an answer is not given one that was kept.
const pastTheCache = { 'If-None-Match': '"no-answer-of-ours"' };
const encoded = (text) => encodeURIComponent(text);
const questions = {
  'first page': () => 'sortBy=createdAt',
  'filter on status': () => 'status=inactive',
  'filter on city and status': (n) =>
    `filter=${encoded(JSON.stringify({ and: [{ field: 'city', op: 'is', value: ['Santos', 'Recife'][n % 2] }, { field: 'status', op: 'is', value: 'active' }] }))}`,
  'sorted by name': () => 'sortBy=name&sortOrder=asc',
  'search for a common name': (n) => `search=${['ana', 'oliveira', 'mariana'][n % 3]}`,
  'search for one address': (n) => `search=${encoded(`p${1 + ((n * 7919) % 10_000)}@cliente`)}`,
  'search for two letters': (n) => `search=${['an', 'be', 'qu'][n % 3]}`,
  'search that finds nothing': (n) => `search=zzxxyy${n}`,
};

// What lies before a page costs next to nothing: deep pages beside the first one, in one company.
async function depth(report, ponte, company, load) {
  const ask = (order, page) => async () => {
    const paths = spellings(4_000).map((path) => `${path}&sortBy=${order}&page=${page}`);
    return (await wrk(ponte, asker(paths, company.token, pastTheCache), load)).p50 / 1000;
  };
  for (const order of ['createdAt', 'name']) {
    for (const page of [30, 1_000, 3_000]) {
      const found = await alternate(3, { yardstick: ask(order, 1), ours: ask(order, page) });
      report.growth(`median of a list by ${order}: page ${page.toLocaleString('en')}`, found, {
        unit: ' ms', most: page === 30 ? 1.2 : page === 1_000 ? 5 : 12, yardstick: 'page 1' });
    }
  }
}

export async function growth(report, { ponte, quick }) {
  const many = quick ? 200_000 : 1_000_000;
  const small = await ponte.company(`small${Date.now()}`);
  const large = await ponte.company(`large${Date.now()}`);
  seed(ponte, small, 10_000);
  seed(ponte, large, many);
  const load = { connections: 2, seconds: quick ? 2 : 5 };
  for (const [what, question] of Object.entries(questions)) {
    const paths = spellings(4_000).map((path, n) => `${path}&${question(n)}`);
    const setup = (company) => asker(paths, company.token, pastTheCache);
    const p95 = (company) => async () => (await wrk(ponte, setup(company), load)).p95 / 1000;
    try {
      const found = await alternate(3, { yardstick: p95(small), ours: p95(large) });
      report.growth(`p95 of a list: ${what}`, found, { unit: ' ms', most: 1.5, yardstick: '10,000 contacts' });
    } catch (problem) {
      report.note(`${what}: ${problem.message.split('\n')[0]}`);
    }
  }
  await depth(report, ponte, large, load);
  report.size(`growth: ${many.toLocaleString('en')} against 10,000 contacts, two connections, answers not cached`);
}
