// Calls to somebody else's server over kept connections, beside curl's own program.
import { createServer } from 'node:http';
import { dirname, resolve } from 'node:path';
import { alternate } from './measure.mjs';
import { dataFolder, output, program } from './program.mjs';

export async function calls(report, { quick }) {
  const count = quick ? 3_200 : 12_800;
  const server = createServer((_, answer) => answer.end('{"ok":true}'));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}/v1/things`;
  const ours = async () => {
    const env = { ...process.env, PONTE_BENCH_URL: url };
    const bench = resolve(dirname(program), 'ponte_bench');
    const said = await output(bench, ['calls', String(count), `${dataFolder}/calls`], { env });
    return Number(/([\d.]+) a second/.exec(said)[1]);
  };
  const curl = async () => {
    const begin = performance.now();
    await output('curl', ['-sZ', '--no-progress-meter', '--parallel-max', '64', '-o', '/dev/null', `${url}?[1-${count}]`]);
    return count / ((performance.now() - begin) / 1000);
  };
  try {
    const found = await alternate(3, { ours, curl });
    report.ratio('outgoing calls, each with its row', { ours: found.ours, yardstick: found.curl },
      { unit: '/s', least: 0.5, yardstick: 'curl -Z' });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
