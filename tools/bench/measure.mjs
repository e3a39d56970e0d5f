// Load and statistics: wrk asks ponte, pgbench asks PostgreSQL, in turns.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { folder, output } from './program.mjs';

const versions = '/usr/lib/postgresql';
const pgbenchProgram = readdirSync(versions)
  .sort((a, b) => Number(b) - Number(a))
  .map((version) => `${versions}/${version}/bin/pgbench`)
  .find((path) => existsSync(path));

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Alternating rounds; the medians of what each of `sides` measured. */
export async function alternate(rounds, sides) {
  const found = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let i = 0; i < rounds; i += 1) {
    for (const [name, measure] of Object.entries(sides)) found[name].push(await measure(i));
  }
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, median(values)]));
}

const wrkScript = (setup) => `
-- Written by tools/bench; there is one thread, so the counter is the only one.
local n = 0
${setup}
function request()
  n = n + 1
  return make(n)
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('{"requests":%d,"us":%d,"p50":%d,"p95":%d,"p99":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`;

/** Requests a second and latencies in µs. `setup` is Lua that defines make(n). */
export async function wrk(ponte, setup, { connections = 32, seconds = 5 } = {}) {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/load.lua`;
  writeFileSync(file, wrkScript(setup));
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', file, ponte.url];
  const text = await output('wrk', args);
  const found = JSON.parse(/^\{.*\}$/m.exec(text)[0]);
  if (found.errors > 0) throw new Error(`${found.errors} requests failed\n${text}`);
  return { ...found, perSecond: found.requests / (found.us / 1e6) };
}

/** Transactions a second of scripts, one of which each transaction picks. */
export async function pgbench(ponte, scripts, { clients = 8, seconds = 5, variables = {} } = {}) {
  mkdirSync(folder, { recursive: true });
  const files = scripts.map((text, i) => {
    const file = `${folder}/script${i}.sql`;
    writeFileSync(file, text);
    return file;
  });
  const args = ['-n', '-M', 'prepared', '-c', clients, '-j', 1, '-T', seconds];
  args.push(...Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]));
  args.push('-h', ponte.socket, '-U', 'ponte_app', ...files.flatMap((file) => ['-f', file]));
  const text = await output(pgbenchProgram, [...args.map(String), 'ponte'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const tps = /^tps = ([\d.]+)/m.exec(text);
  if (!tps || /number of failed transactions: [1-9]/.test(text)) throw new Error(text);
  return Number(tps[1]);
}
