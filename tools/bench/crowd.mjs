// Thousands of sockets: the stock client's crowd, which knows nothing of this server but its address.
import { output } from './program.mjs';

export async function crowd(report, { ponte, quick }) {
  const sockets = quick ? 1_000 : 5_000;
  const script = 'server/kernel/realtime/tests/stock_client/crowd.mjs';
  const env = { ...process.env, PONTE_URL: ponte.url, PONTE_PID: String(ponte.pid) };
  const text = await output('node', [script, String(sockets), '50', quick ? '5' : '15'], { env });
  const each = Number(/([\d.]+) kB each/.exec(text)[1]);
  const p99 = Number(/p99 ([\d.]+) ms/.exec(text)[1]);
  report.atMost(`one person's write to another's socket, p99, ${sockets.toLocaleString('en')} sockets`, p99, 50, 'ms');
  report.atMost('memory of an idle socket', each, 10, 'kB');
}
