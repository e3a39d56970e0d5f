// Durable jobs, enqueued one a transaction, run and completed, beside BullMQ on a Redis that writes
// every command to disk before it answers, as PostgreSQL does.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { alternate } from './measure.mjs';
import { child, dataFolder, folder, output, program, until } from './program.mjs';

const version = '5.58.5';

async function bullmq() {
  const place = `${folder}/bullmq`;
  if (!existsSync(`${place}/node_modules/bullmq`)) {
    mkdirSync(place, { recursive: true });
    writeFileSync(`${place}/package.json`, '{"private":true,"type":"module"}\n');
    await output('npm', ['install', '--silent', '--no-audit', '--no-fund', `bullmq@${version}`], { cwd: place });
  }
  return place;
}

async function redis(fsync) {
  const place = `${dataFolder}/redis-${fsync}`;
  const socket = `${place}/socket`;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const server = child('redis-server', ['--port', '0', '--unixsocket', socket, '--dir', place,
    '--appendonly', 'yes', '--appendfsync', fsync, '--save', ''], { stdio: 'ignore' });
  await until(() => existsSync(socket), 'redis');
  return { socket, stop: () => server.kill('SIGTERM') };
}

export async function jobs(report, { quick }) {
  const count = quick ? 5_000 : 20_000;
  const place = await bullmq();
  const ours = async () => {
    const data = `${dataFolder}/jobs`;
    const bench = resolve(dirname(program), 'ponte_bench');
    return Number(/([\d.]+) a second/.exec(await output(bench, ['jobs', String(count), data]))[1]);
  };
  const theirs = (fsync) => async () => {
    const server = await redis(fsync);
    try {
      const env = { ...process.env, NODE_PATH: `${place}/node_modules` };
      const script = resolve('tools/bench/bullmq.cjs');
      return Number(/([\d.]+) a second/.exec(await output('node', [script, server.socket, String(count)], { env }))[1]);
    } finally {
      server.stop();
    }
  };
  const found = await alternate(3, { ours, always: theirs('always'), second: theirs('everysec') });
  report.ratio('jobs enqueued, run and completed', { ours: found.ours, yardstick: found.always },
    { unit: '/s', least: 1, yardstick: 'BullMQ, Redis fsync always' });
  report.row('the same, as a figure', `${Math.round(found.ours).toLocaleString('en')}/s`,
    `${Math.round(found.second).toLocaleString('en')}/s (BullMQ, Redis fsync each second, not durable)`,
    (found.ours / found.second).toFixed(2), '≥ 3,000/s', found.ours >= 3_000);
}
