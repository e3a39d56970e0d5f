// The yardstick of jobs: node bullmq.cjs SOCKET COUNT. One process enqueues with 64 calls under way,
// a second one works.
const { fork } = require('node:child_process');
const { Queue, Worker } = require('bullmq');

const [socket, count, role] = process.argv.slice(2);
const connection = { path: socket, maxRetriesPerRequest: null };
const underWay = 64;

if (role === 'worker') {
  let done = 0;
  const worker = new Worker('bench', async () => {}, {
    connection,
    concurrency: underWay,
    removeOnComplete: { count: 0 },
  });
  worker.on('completed', () => {
    done += 1;
    if (done === Number(count)) process.send('done');
  });
  worker.waitUntilReady().then(() => process.send('ready'));
} else {
  const worker = fork(__filename, [socket, count, 'worker']);
  const queue = new Queue('bench', { connection });
  worker.on('message', async (message) => {
    if (message === 'done') {
      console.log(`${(count / ((performance.now() - begin) / 1000)).toFixed(1)} a second`);
      process.exit(worker.kill() ? 0 : 1);
    }
    begin = performance.now();
    let left = Number(count);
    const enqueue = async () => {
      while (left-- > 0) await queue.add('note', { text: String(left) });
    };
    await Promise.all(Array.from({ length: underWay }, enqueue));
  });
}
let begin;
