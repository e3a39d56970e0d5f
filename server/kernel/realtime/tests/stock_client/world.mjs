// What the behaviours need of the world: a company, its people, a stock client, a raw socket. The
// packages are those of the web interface, so that what is tested is what runs in the browser.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../../../web/package.json', import.meta.url));
const { io } = require('socket.io-client');
const ws = createRequire(require.resolve('engine.io-client'))('ws');

export const base = process.env.PONTE_URL;
const deadlineMs = 15_000;

export async function call(method, path, { token, body } = {}) {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

let made = 0;
const unique = () => `${Date.now().toString(36)}${process.pid}${made++}`;

/** A company with an administrator who is signed in. */
export async function company() {
  const email = `ana.${unique()}@exemplo.com`;
  const password = 'uma-senha-bem-longa-1';
  const session = await call('POST', '/auth/register', {
    body: { company: `Empresa ${unique()}`, name: 'Ana', email, password },
  });
  return { ...session, token: session.accessToken, email, password };
}

export async function colleague(admin, role) {
  const email = `rui.${unique()}@exemplo.com`;
  const password = 'uma-senha-bem-longa-2';
  await call('POST', '/users', {
    token: admin.token,
    body: { name: 'Rui', email, role, password },
  });
  const session = await call('POST', '/auth/login', { body: { email, password } });
  return { ...session, token: session.accessToken };
}

export const contact = (who, values = {}) =>
  call('POST', '/contacts', {
    token: who.token,
    body: { name: `Contato ${unique()}`, email: `c.${unique()}@exemplo.com`, ...phone(), ...values },
  });
let line = Number(String(Date.now()).slice(-7));
const phone = () => ({ phone: `+55119${String(10_000_000 + (line++ % 89_999_999))}` });

const open = [];
export function client(token, options = {}) {
  const socket = io(base, {
    auth: typeof token === 'function' ? token : { token },
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 200,
    ...options,
  });
  open.push(() => socket.close());
  return socket;
}

/** A plain WebSocket that keeps what it hears. */
export async function raw(query = 'EIO=4&transport=websocket') {
  const socket = new ws(`${base.replace('http', 'ws')}/socket.io/?${query}`);
  const heard = [];
  let isClosed = false;
  socket.on('message', (data, isBinary) => heard.push(isBinary ? data : data.toString()));
  socket.on('close', () => (isClosed = true));
  socket.on('error', () => {});
  open.push(() => socket.terminate());
  await until(() => socket.readyState !== ws.CONNECTING, 'the socket to open or fail');
  return {
    heard,
    say: (text) => socket.send(text),
    hear: async (start) => {
      const found = () => heard.find((one) => typeof one === 'string' && one.startsWith(start));
      await until(found, `a message that begins with ${start}; heard ${heard}`);
      return found();
    },
    closed: () => until(() => isClosed, `the socket to be closed; heard ${heard}`),
    isClosed: () => isClosed,
    listen: (hear) => socket.on('message', (data) => hear(data.toString())),
    isOpen: () => socket.readyState === ws.OPEN,
  };
}

export async function until(condition, what, ms = deadlineMs) {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const once = (socket, name, ms = deadlineMs) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`waited in vain for ${name}`)), ms);
    socket.once(name, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const behaviours = [];
export const behaviour = (name, run, options = {}) => behaviours.push({ name, run, ...options });

/** Runs everything and ends the process: 0 when all went well. */
export async function runAll() {
  const wanted = process.argv[2];
  let failed = 0;
  for (const { name, run, slow } of behaviours) {
    if ((wanted && !name.includes(wanted)) || (slow && !process.env.PONTE_SLOW)) continue;
    try {
      await run();
      console.log(`ok     ${name}`);
    } catch (problem) {
      failed += 1;
      console.log(`FAILED ${name}\n       ${problem.stack}`);
    }
    for (const end of open.splice(0)) end();
  }
  process.exit(failed ? 1 : 0);
}
