// The stock client and a raw socket against our server: the conformance list of the contract, and
// what a browser of ours rests on besides. Run: PONTE_URL=http://… node conformance.mjs [part of a name]
import assert from 'node:assert/strict';
import {
  base, behaviour, call, client, colleague, company, contact, once, pause, raw, runAll, until,
} from './world.mjs';

const websocket = { transports: ['websocket'] };

behaviour('a raw socket shakes hands, connects and gets an answer', async () => {
  const ana = await company();
  const record = await contact(ana);
  const socket = await raw();

  const hello = JSON.parse((await socket.hear('0')).slice(1));
  assert.equal(hello.pingInterval, 25_000);
  assert.equal(hello.pingTimeout, 20_000);
  assert.equal(hello.maxPayload, 1_000_000);
  assert.deepEqual(hello.upgrades, []);
  socket.say(`40{"token":"${ana.token}"}`);
  const welcome = JSON.parse((await socket.hear('40')).slice(2));
  assert.ok(welcome.sid && welcome.pid);
  assert.notEqual(welcome.sid, hello.sid);
  socket.say(`420["viewing",{"entity":"contact","id":"${record.id}"}]`);
  const answer = JSON.parse((await socket.hear('430')).slice(3));
  assert.deepEqual(answer, [{ users: [{ id: ana.user.id, name: 'Ana' }] }]);
});

behaviour('a bad token is refused and the socket stays for another try', async () => {
  const ana = await company();
  const socket = await raw();

  socket.say('40{"token":"bad"}');
  assert.equal(await socket.hear('44'), '44{"message":"unauthorized","data":{"code":401}}');
  socket.say(`40{"token":"${ana.token}"}`);
  await socket.hear('40');
});

behaviour('another namespace does not exist', async () => {
  const socket = await raw();

  socket.say('40/nope,');

  assert.equal(await socket.hear('44'), '44/nope,{"message":"Invalid namespace"}');
});

behaviour('who never answers a ping is closed', async () => {
  const ana = await company();
  const socket = await raw();
  const start = Date.now();
  socket.say(`40{"token":"${ana.token}"}`);

  await until(socket.isClosed, 'the end', 50_000);

  const seconds = (Date.now() - start) / 1000;
  assert.ok(seconds > 25 && seconds < 47, `closed after ${seconds} s`);
  assert.ok(socket.heard.includes('2'));
}, { slow: true });

behaviour('an event before CONNECT closes the socket', async () => {
  const socket = await raw();
  await socket.hear('0');

  socket.say('42["x"]');

  await socket.closed();
});

for (const text of ['42{}', '42["connect"]', '42', '47', '450-[]', '41{}', '2', '5', '9']) {
  behaviour(`${text} closes the socket`, async () => {
    const ana = await company();
    const socket = await raw();
    socket.say(`40{"token":"${ana.token}"}`);
    await socket.hear('40');

    socket.say(text);

    await socket.closed();
  });
}

behaviour('text where bytes are owed, and bytes where none are, close the socket', async () => {
  const ana = await company();
  for (const say of [
    (socket) => {
      socket.say('451-["file",{"_placeholder":true,"num":0}]');
      socket.say('42["x"]');
    },
    (socket) => socket.say(Buffer.from([1, 2, 3])),
  ]) {
    const socket = await raw();
    socket.say(`40{"token":"${ana.token}"}`);
    await socket.hear('40');
    say(socket);
    await socket.closed();
  }
});

behaviour('a wrong handshake is refused as the reference server does', async () => {
  const ask = async (query, options) => {
    const response = await fetch(`${base}/socket.io/?${query}`, options);
    return [response.status, (await response.json()).code];
  };
  assert.deepEqual(await ask('EIO=4'), [400, 0]);
  assert.deepEqual(await ask('EIO=4&transport=smoke'), [400, 0]);
  assert.deepEqual(await ask('EIO=4&transport=polling&sid=nobody'), [400, 1]);
  assert.deepEqual(await ask('EIO=4&transport=polling', { method: 'POST', body: '40' }), [400, 2]);
  assert.deepEqual(await ask('EIO=4&transport=websocket'), [400, 3]);
  assert.deepEqual(await ask('EIO=3&transport=polling'), [400, 5]);
  for (const query of ['EIO=3&transport=websocket', 'EIO=4&transport=websocket&sid=nobody']) {
    assert.equal((await raw(query)).isOpen(), false);
  }
});

behaviour('the stock client polls, upgrades and hears what others write', async () => {
  const ana = await company();
  const socket = client(ana.token);
  await once(socket, 'connect');
  await until(() => socket.io.engine.transport.name === 'websocket', 'the upgrade');

  const told = once(socket, 'contact.created');
  const record = await contact(ana, { name: 'João Açaí' });
  const [event, offset] = await told;

  assert.equal(event.entity, 'contact');
  assert.equal(event.entityId, record.id);
  assert.equal(event.version, 1);
  assert.equal(event.actorId, ana.user.id);
  assert.equal(event.operationId, null);
  assert.equal(event.changes.name, 'João Açaí');
  assert.ok(Date.parse(event.at) > Date.now() - 60_000);
  assert.match(offset, /^\d+\.\d+$/);
});

behaviour('polling alone does as well', async () => {
  const ana = await company();
  const socket = client(ana.token, { transports: ['polling'] });
  await once(socket, 'connect');

  const told = once(socket, 'contact.updated');
  const record = await contact(ana);
  await call('PATCH', `/contacts/${record.id}`, {
    token: ana.token,
    body: { name: 'Outro nome' },
  });
  const [event] = await told;

  assert.equal(event.changes.name, 'Outro nome');
  assert.equal(event.version, 2);
});

behaviour('an unknown event gets an error as its answer', async () => {
  const ana = await company();
  const socket = client(ana.token, websocket);
  await once(socket, 'connect');

  const answer = await socket.timeout(5_000).emitWithAck('make me coffee', 1);

  assert.deepEqual(answer, { error: { code: 'unknown_event' } });
});

behaviour('bytes are accepted and ignored', async () => {
  const ana = await company();
  const socket = client(ana.token, websocket);
  await once(socket, 'connect');

  socket.emit('file', { name: 'a', bytes: Buffer.from([1, 2, 3]) });
  const answer = await socket.timeout(5_000).emitWithAck('file', Buffer.alloc(10), Buffer.alloc(20));

  assert.deepEqual(answer, { error: { code: 'unknown_event' } });
  assert.ok(socket.connected);
});

behaviour('one byte more than a megabyte closes the socket', async () => {
  const ana = await company();
  const socket = client(ana.token, { ...websocket, reconnection: false });
  await once(socket, 'connect');

  socket.emit('x', 'a'.repeat(1_000_001));

  const [reason] = await once(socket, 'disconnect');
  assert.match(reason, /transport/);
});

behaviour('another company hears nothing', async () => {
  const [ana, eva] = [await company(), await company()];
  const socket = client(eva.token, websocket);
  await once(socket, 'connect');
  const heard = [];
  socket.onAny((name) => heard.push(name));

  await contact(ana);
  const told = once(socket, 'contact.created');
  await contact(eva);
  await told;

  assert.deepEqual(heard, ['contact.created']);
});

behaviour('an event names what its links point to, to whom may read that', async () => {
  const ana = await company();
  const permissions = { contacts: { read: 'all' } };
  await call('POST', '/roles', {
    token: ana.token, body: { name: 'sem_pessoas', label: 'Sem pessoas', permissions },
  });
  const rui = await colleague(ana, 'sem_pessoas');
  const [hers, his] = [client(ana.token, websocket), client(rui.token, websocket)];
  await Promise.all([once(hers, 'connect'), once(his, 'connect')]);
  const heard = { hers: [], his: [] };
  for (const [name, socket] of Object.entries({ hers, his })) {
    for (const event of ['contact.created', 'contact.updated']) {
      socket.on(event, ({ changes }) => heard[name].push(changes.assignedToUser));
    }
  }
  const id = ana.user.id;

  const given = await contact(ana, { assignedTo: id });
  await call('PATCH', `/contacts/${given.id}`, { token: ana.token, body: { assignedTo: null } });
  await until(() => heard.hers.length > 1 && heard.his.length > 1, 'both events', 5_000);

  assert.deepEqual(heard.hers, [{ id, title: 'Ana' }, null]);
  assert.deepEqual(heard.his, [{ id, title: null }, null]);
});

behaviour('who may read only their own hears only of their own', async () => {
  const ana = await company();
  await call('POST', '/roles', {
    token: ana.token,
    body: { name: 'own_only', label: 'Só os seus', permissions: { contacts: { read: 'own' } } },
  });
  const rui = await colleague(ana, 'own_only');
  const socket = client(rui.token, websocket);
  await once(socket, 'connect');
  const heard = [];
  socket.on('contact.created', (event) => heard.push(event.entityId));

  await contact(ana);
  const his = await contact(ana, { assignedTo: rui.user.id });
  await until(() => heard.length > 0, 'his contact');
  await pause(100);

  assert.deepEqual(heard, [his.id]);
});

behaviour("progress of somebody else's work is not for everybody", async () => {
  const ana = await company();
  await call('POST', '/roles', {
    token: ana.token,
    body: { name: 'own_only', label: 'Só os seus', permissions: { contacts: { read: 'own' } } },
  });
  const rui = await colleague(ana, 'own_only');
  const sockets = [client(ana.token, websocket), client(rui.token, websocket)];
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const heard = [];
  sockets[1].on('operation.progress', (told) => heard.push(told));
  const finished = new Promise((resolve) => {
    sockets[0].on('operation.progress', ({ state }) => state === 'done' && resolve());
  });
  const hers = await contact(ana);

  await call('POST', '/contacts/bulk', {
    token: ana.token,
    body: { action: 'update', ids: [hers.id], values: { status: 'active' } },
  });
  await finished;
  await pause(100);

  assert.deepEqual(heard, []);
});

behaviour('signing out ends the socket at once, and for good', async () => {
  const ana = await company();
  const socket = client(ana.token, websocket);
  await once(socket, 'connect');
  const ended = once(socket, 'disconnect', 2_000);

  await call('POST', '/auth/logout', { token: ana.token, body: { refreshToken: ana.refreshToken } });

  assert.deepEqual((await ended)[0], 'io server disconnect');
  assert.equal(socket.active, false);
  socket.connect();
  const [problem] = await once(socket, 'connect_error');
  assert.equal(problem.message, 'unauthorized');
  assert.deepEqual(problem.data, { code: 401 });
});

behaviour('a refreshed token is asked for at the next connect', async () => {
  const ana = await company();
  const tokens = ['stale', ana.token];
  const socket = client((give) => give({ token: tokens.shift() }), websocket);

  const [problem] = await once(socket, 'connect_error');
  assert.deepEqual(problem.data, { code: 401 });
  assert.equal(socket.active, false);
  socket.connect();

  await once(socket, 'connect');
});

/** The line breaks as in a tunnel: no farewell. */
async function breakLine(socket) {
  const ended = once(socket, 'disconnect');
  socket.io.engine.transport.ws.terminate();
  await ended;
}

behaviour('after a broken line the client gets what it missed, once, and is itself again', async () => {
  const ana = await company();
  const socket = client(ana.token, { ...websocket, reconnectionDelay: 400, randomizationFactor: 0 });
  await once(socket, 'connect');
  const heard = [];
  socket.on('contact.created', (event) => heard.push(event.entityId));
  const first = await contact(ana);
  await until(() => heard.length === 1, 'the first');
  const sid = socket.id;

  await breakLine(socket);
  const missed = [await contact(ana), await contact(ana)];
  await once(socket, 'connect');

  assert.equal(socket.recovered, true);
  assert.equal(socket.id, sid);
  const later = await contact(ana);
  await until(() => heard.length >= 4, 'the last');
  await pause(50);
  assert.deepEqual(heard, [first, ...missed, later].map((one) => one.id));
});

behaviour('a client that never heard anything is brought up to date, too', async () => {
  const ana = await company();
  const socket = client(ana.token, { ...websocket, reconnectionDelay: 400, randomizationFactor: 0 });
  await once(socket, 'connect');
  const heard = [];
  socket.on('contact.created', (event) => heard.push(event.entityId));

  await breakLine(socket);
  const missed = await contact(ana);
  await once(socket, 'connect');

  assert.equal(socket.recovered, true);
  assert.deepEqual(heard, [missed.id]);
});

behaviour('the pid of somebody else recovers nothing', async () => {
  const [ana, eva] = [await company(), await company()];
  const hers = await raw();
  hers.say(`40{"token":"${ana.token}"}`);
  const { sid, pid } = JSON.parse((await hers.hear('40')).slice(2));
  await contact(ana);

  const thief = await raw();
  thief.say(`40${JSON.stringify({ token: eva.token, pid, offset: '1.1' })}`);
  const welcome = JSON.parse((await thief.hear('40')).slice(2));

  assert.notEqual(welcome.sid, sid);
  assert.equal(thief.heard.filter((one) => one.startsWith('42')).length, 0);
});

behaviour('a recovery with a revoked token is refused', async () => {
  const ana = await company();
  const socket = await raw();
  socket.say(`40{"token":"${ana.token}"}`);
  const { pid } = JSON.parse((await socket.hear('40')).slice(2));
  await call('POST', '/auth/logout', { token: ana.token, body: { refreshToken: ana.refreshToken } });

  const again = await raw();
  again.say(`40${JSON.stringify({ token: ana.token, pid, offset: '1.1' })}`);

  await again.hear('44');
});

behaviour('nothing is lost or doubled while sockets upgrade', async () => {
  const ana = await company();
  const sockets = Array.from({ length: 12 }, () => client(ana.token));
  const heard = sockets.map((socket) => {
    const list = [];
    socket.on('connect', () => list.push('connected'));
    socket.on('contact.created', (event) => list.push(event.changes.name));
    return list;
  });

  const count = 150;
  for (let i = 0; i < count; i += 1) await contact(ana, { name: `N${i}` });
  await until(() => heard.every((list) => list.includes(`N${count - 1}`)), 'the last of them');

  for (const [index, list] of heard.entries()) {
    assert.equal(list[0], 'connected');
    const numbers = list.slice(1).map((name) => Number(name.slice(1)));
    const expected = Array.from({ length: count - numbers[0] }, (_, i) => numbers[0] + i);
    assert.deepEqual(numbers, expected, `socket ${index}`);
    assert.equal(sockets[index].io.engine.transport.name, 'websocket');
  }
});

behaviour('every client of a crowd completes its upgrade', async () => {
  const ana = await company();
  for (let round = 0; round < 10; round += 1) {
    const sockets = Array.from({ length: 20 }, () => client(ana.token, { reconnection: false }));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const isDone = () => sockets.every((one) => one.io.engine.transport.name === 'websocket');
    await until(isDone, 'all of them to upgrade', 5_000);
    sockets.forEach((socket) => socket.close());
  }
});

behaviour('two people at one record know of each other', async () => {
  const ana = await company();
  const rui = await colleague(ana, 'agent');
  const record = await contact(ana);
  const where = { entity: 'contact', id: record.id };
  const [hers, his] = [client(ana.token, websocket), client(rui.token, websocket)];
  await Promise.all([once(hers, 'connect'), once(his, 'connect')]);

  const seen = [];
  hers.on('viewers', ({ users }) => seen.push(users.map((user) => user.name).join(' and ')));

  const alone = await hers.timeout(5_000).emitWithAck('viewing', where);
  const both = await his.timeout(5_000).emitWithAck('viewing', where);
  await until(() => seen.at(-1) === 'Ana and Rui', 'the two');
  his.close();
  await until(() => seen.at(-1) === 'Ana', 'one to be left');

  assert.deepEqual(alone.users.map((user) => user.name), ['Ana']);
  assert.deepEqual(both.users.map((user) => user.name), ['Ana', 'Rui']);
});

behaviour('a socket looks at five records, not more, and at none that it may not read', async () => {
  const ana = await company();
  const socket = client(ana.token, websocket);
  await once(socket, 'connect');
  const view = (id, entity = 'contact') =>
    socket.timeout(5_000).emitWithAck('viewing', { entity, id });
  const ids = [];
  for (let i = 0; i < 6; i += 1) ids.push((await contact(ana)).id);

  for (const id of ids.slice(0, 5)) assert.ok((await view(id)).users);

  assert.deepEqual(await view(ids[5]), { error: { code: 'too_many' } });
  assert.deepEqual(await view(ids[0], 'nothing'), { error: { code: 'forbidden' } });
  assert.deepEqual(await view('x'), { error: { code: 'bad_request' } });
});

// Somebody with reach `own`, and a record of their colleague's.
async function limited() {
  const ana = await company();
  const permissions = { contacts: { read: 'own', update: 'own' } };
  await call('POST', '/roles', {
    token: ana.token, body: { name: 'so_meus', label: 'So meus', permissions },
  });
  const rui = await colleague(ana, 'so_meus');
  return { ana, rui };
}

behaviour('who may not read a record does not learn who looks at it', async () => {
  const { ana, rui } = await limited();
  const record = await contact(ana);
  const where = { entity: 'contact', id: record.id };
  const [hers, his] = [client(ana.token, websocket), client(rui.token, websocket)];
  await Promise.all([once(hers, 'connect'), once(his, 'connect')]);
  const told = [];
  his.on('viewers', (payload) => told.push(payload));

  const alone = await hers.timeout(5_000).emitWithAck('viewing', where);
  const refused = await his.timeout(5_000).emitWithAck('viewing', where);
  const again = await hers.timeout(5_000).emitWithAck('viewing', where);

  assert.deepEqual(refused, { error: { code: 'not_found' } });
  assert.deepEqual(again, alone);
  assert.deepEqual(told, []);
});

behaviour('who loses a record is told so, without a word of what it says', async () => {
  const { ana, rui } = await limited();
  const record = await contact(ana, { assignedTo: rui.user.id });
  const where = { entity: 'contact', id: record.id };
  const [hers, his] = [client(ana.token, websocket), client(rui.token, websocket)];
  await Promise.all([once(hers, 'connect'), once(his, 'connect')]);
  const heard = [];
  his.onAny((name, payload) => heard.push([name, payload]));
  await his.timeout(5_000).emitWithAck('viewing', where);

  const change = (body) =>
    call('PATCH', `/contacts/${record.id}`, { token: ana.token, body });
  await change({ assignedTo: null, city: 'Rio' });
  await until(() => heard.some(([name]) => name === 'contact.gone'), 'the loss', 5_000);
  await change({ city: 'Santos' });
  const left = await hers.timeout(5_000).emitWithAck('viewing', where);

  const [, gone] = heard.find(([name]) => name === 'contact.gone');
  assert.deepEqual(Object.keys(gone).sort(), ['entity', 'entityId', 'id']);
  assert.equal(gone.entityId, record.id);
  assert.ok(!heard.some(([name]) => name === 'contact.updated'));
  assert.deepEqual(left.users.map((user) => user.name), ['Ana']);
});

behaviour('an event says which other records it is about, also when it changes no link', async () => {
  const ana = await company();
  const socket = client(ana.token, websocket);
  await once(socket, 'connect');
  const heard = [];
  socket.onAny((name, { about }) => heard.push([name, about]));
  const record = await contact(ana);
  const note = await call('POST', '/notes', {
    token: ana.token, body: { contactId: record.id, body: 'Achou caro' },
  });
  await call('PATCH', `/notes/${note.id}`, { token: ana.token, body: { pinned: true } });
  await until(() => heard.some(([name]) => name === 'note.updated'), 'the change', 5_000);

  const told = heard.filter(([name]) => /^(contact|note)\.(created|updated)$/.test(name));
  assert.deepEqual(told.find(([name]) => name === 'contact.created'), ['contact.created', []]);
  assert.deepEqual(told.find(([name]) => name === 'note.created'), ['note.created', [record.id]]);
  assert.deepEqual(told.find(([name]) => name === 'note.updated'), ['note.updated', [record.id]]);
});

behaviour('notes are told where their contact may be read', async () => {
  const ana = await company();
  const permissions = { contacts: { read: 'own' }, notes: { read: 'all' } };
  await call('POST', '/roles', {
    token: ana.token, body: { name: 'notas', label: 'Notas', permissions },
  });
  const rui = await colleague(ana, 'notas');
  const his = client(rui.token, websocket);
  await once(his, 'connect');
  const heard = [];
  his.on('note.created', ({ changes }) => heard.push(changes.body));
  const [mine, other] = [await contact(ana, { assignedTo: rui.user.id }), await contact(ana)];

  const note = (about, body) =>
    call('POST', '/notes', { token: ana.token, body: { contactId: about.id, body } });
  await note(other, 'de outro');
  await note(mine, 'do meu');
  await until(() => heard.length > 0, 'the note', 5_000);

  assert.deepEqual(heard, ['do meu']);
});

behaviour('with reach to a team one hears of, and sees beside oneself, what is the team’s', async () => {
  const ana = await company();
  const permissions = { contacts: { read: 'team', update: 'team' } };
  await call('POST', '/roles', {
    token: ana.token, body: { name: 'equipe', label: 'Equipe', permissions },
  });
  const people = [await colleague(ana, 'equipe'), await colleague(ana, 'equipe')];
  const [rui, mate] = people;
  const stranger = await colleague(ana, 'equipe');
  const team = await call('POST', '/teams', { token: ana.token, body: { name: 'Sul' } });
  for (const { user } of people) {
    await call('PATCH', `/users/${user.id}`, { token: ana.token, body: { teamId: team.id } });
  }
  const his = client(rui.token, websocket);
  await once(his, 'connect');
  const heard = [];
  his.onAny((name, { entityId }) => name.startsWith('contact.') && heard.push([name, entityId]));

  const far = await contact(ana, { assignedTo: stranger.user.id });
  const near = await contact(ana, { assignedTo: mate.user.id });
  const view = (id) => his.timeout(5_000).emitWithAck('viewing', { entity: 'contact', id });
  await until(() => heard.length > 0, 'the record of the team');
  assert.deepEqual(await view(far.id), { error: { code: 'not_found' } });
  assert.equal((await view(near.id)).users.length, 1);
  const give = (to) =>
    call('PATCH', `/contacts/${near.id}`, {
      token: ana.token, body: { assignedTo: to.user.id, city: 'Rio' },
    });
  await give(rui);
  await give(stranger);
  await until(() => heard.some(([name]) => name === 'contact.gone'), 'the loss');

  assert.deepEqual(heard, [
    ['contact.created', near.id], ['contact.updated', near.id], ['contact.gone', near.id],
  ]);
  assert.deepEqual(await view(near.id), { error: { code: 'not_found' } });
});

behaviour('who writes a note hears of it, though the customer he made is another’s by now', async () => {
  const ana = await company();
  const permissions = {
    contacts: { read: 'own', create: 'all' },
    notes: { read: 'own', create: 'all', update: 'own' },
  };
  await call('POST', '/roles', {
    token: ana.token, body: { name: 'captador', label: 'Captador', permissions },
  });
  const rui = await colleague(ana, 'captador');
  const his = client(rui.token, websocket);
  await once(his, 'connect');
  const heard = [];
  his.onAny((name, { changes }) => name.startsWith('note.') && heard.push([name, changes.body]));
  const made = await contact(rui, { assignedTo: ana.user.id });
  const write = (who, body) =>
    call('POST', '/notes', { token: who.token, body: { contactId: made.id, body } });

  await write(ana, 'dela');
  const note = await write(rui, 'dele');
  await call('PATCH', `/notes/${note.id}`, { token: rui.token, body: { body: 'mudada' } });
  await until(() => heard.length > 1, 'both events');

  assert.deepEqual(heard, [['note.created', 'dele'], ['note.updated', 'mudada']]);
});

await runAll();
