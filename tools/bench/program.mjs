// The programs that are measured: ponte with its own PostgreSQL on a throw-away data directory.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const folder = resolve('build/bench');
// The database runs as another user when we are root, who must be able to reach its directory.
export const dataFolder = process.env.PONTE_BENCH_DATA ?? `/tmp/ponte-bench-${process.pid}`;
export const program = process.env.PONTE_PROGRAM ?? resolve('build/release/ponte');

const running = new Set();
export function child(command, args, options = {}) {
  const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  running.add(started);
  started.on('exit', () => running.delete(started));
  return started;
}
export function stopEverything() {
  for (const one of running) one.kill('SIGTERM');
}

export async function until(isTrue, what, patienceMs = 60_000) {
  for (const end = Date.now() + patienceMs; Date.now() < end; await pause(5)) {
    const found = await isTrue();
    if (found) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Runs a program to its end and gives its output. */
export function output(command, args, options = {}) {
  return new Promise((done, fail) => {
    let text = '';
    const started = child(command, args, options);
    started.stdout.on('data', (some) => (text += some));
    started.stderr?.on('data', (some) => (text += some));
    started.on('error', fail);
    started.on('exit', (code) =>
      code === 0 ? done(text) : fail(new Error(`${command} ended with ${code}\n${text}`)),
    );
  });
}

export class Ponte {
  /** Started on `data`, and ready; `readyMs` is how long that took. */
  static async start(data = `${dataFolder}/data`, more = []) {
    const self = new Ponte();
    self.data = data;
    const begin = performance.now();
    self.process = child(program, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...more], {
      env: { ...process.env, PONTE_RATE_LIMIT: 'off', LOG_LEVEL: 'error', DATABASE_URL: '' },
    });
    self.url = await new Promise((ready, fail) => {
      let text = '';
      self.process.stdout.on('data', (some) => {
        text += some;
        const found = /^ready (\S+)/m.exec(text);
        if (found) ready(found[1]);
      });
      self.process.on('exit', (code) => fail(new Error(`ponte ended with ${code}\n${text}`)));
    });
    self.readyMs = performance.now() - begin;
    return self;
  }

  async stop() {
    const ended = new Promise((done) => this.process.on('exit', done));
    this.process.kill('SIGTERM');
    await ended;
  }

  get pid() {
    return this.process.pid;
  }
  residentKb() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1]);
  }
  get socket() {
    return `${this.data}/run`;
  }

  /** SQL as the owner of everything; the rows as text, unaligned. */
  sql(text) {
    const args = ['-h', this.socket, '-U', 'ponte', '-qAtX', '-v', 'ON_ERROR_STOP=1', 'ponte'];
    return execFileSync('psql', args, { input: text, encoding: 'utf8', maxBuffer: 1 << 28 }).trim();
  }

  async call(method, path, { token, body, form } = {}) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: form ?? (body && JSON.stringify(body)),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** A company with an administrator who is signed in. */
  async company(name) {
    const email = `ana.${name}@exemplo.com`;
    const body = { company: name, name: 'Ana', email, password: 'uma-senha-bem-longa-1' };
    const session = await this.call('POST', '/auth/register', { body });
    const claims = JSON.parse(Buffer.from(session.accessToken.split('.')[1], 'base64url'));
    return { token: session.accessToken, tenant: claims.tid, user: claims.sub };
  }

  get log() {
    return `${this.data}/pg.log`;
  }
  logSize() {
    return existsSync(this.log) ? statSync(this.log).size : 0;
  }
  logSince(offset) {
    const size = this.logSize() - offset;
    const bytes = Buffer.alloc(size);
    const file = openSync(this.log, 'r');
    readSync(file, bytes, 0, size, offset);
    closeSync(file);
    return bytes.toString();
  }
}

export function clean() {
  rmSync(dataFolder, { recursive: true, force: true });
}
