// A company's first day: an import into a new installation, whose statistics know nothing of it yet, and
// what is read in the very next seconds beside the same when the database has been put in order.
import { alternate, wrk } from './measure.mjs';
import { copy, throughTheApi, writePeople } from './import.mjs';
import { dataFolder, Ponte } from './program.mjs';
import { asker, spellings } from './requests.mjs';
import { idsOf } from './seed.mjs';

const pastTheCache = { 'If-None-Match': '"no-answer-of-ours"' };

export async function fresh(report, { quick }) {
  const rows = quick ? 50_000 : 200_000;
  const { withHeader, bare } = writePeople(rows);
  const ponte = await Ponte.start(`${dataFolder}/fresh`);
  const company = await ponte.company('fresh');
  const { perSecond } = await throughTheApi(ponte, company, withHeader, rows);

  const load = { connections: 2, seconds: quick ? 2 : 4 };
  const ids = idsOf(ponte, company, 5_000);
  const paths = {
    'get one': ids.map((id) => `/api/v1/contacts/${id}`),
    'first page': spellings(4_000).map((path) => `${path}&sortBy=createdAt`),
    'search for one address': spellings(4_000).map((path, n) => `${path}&search=pessoa${n}%40exemplo`),
  };
  const median = async (what) =>
    (await wrk(ponte, asker(paths[what], company.token, pastTheCache), load)).p50 / 1000;
  const soon = {}, later = {};
  for (const what of Object.keys(paths)) soon[what] = await median(what);
  ponte.sql('vacuum analyze; checkpoint');
  for (const what of Object.keys(paths)) {
    later[what] = (await alternate(3, { found: () => median(what) })).found;
    report.growth(`median right after an import on a new directory: ${what}`,
      { ours: soon[what], yardstick: later[what] }, { unit: ' ms', most: 1.5, yardstick: 'after vacuum and analyze' });
  }
  const copied = rows / (await copy(ponte, bare));
  const whole = (value) => Math.round(value).toLocaleString('en');
  report.row(`import of ${rows.toLocaleString('en')} rows on a new data directory`, `${whole(perSecond)} rows/s`,
    `${whole(copied)} rows/s (COPY)`, (perSecond / copied).toFixed(2),
    '≥ 10,000 rows/s or ≥ 0.25', perSecond >= 10_000 || perSecond / copied >= 0.25);
  await ponte.stop();
}
