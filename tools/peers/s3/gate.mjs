// A store of objects for tests: s3rver behind a gate that takes nothing on trust. It counts each
// signature again with a signer of its own (aws4), refuses old dates, bodies other than announced
// and ACLs, and can be told to be busy, slow, elsewhere, or to hang up in the middle.
//
//   node gate.mjs BUCKET FOLDER      then POST /-/told {…} and GET /-/seen
import crypto, { createHash } from 'node:crypto';
import http from 'node:http';
import aws4 from 'aws4';
import S3rver from '@20minutes/s3rver';

// s3rver hides the place where a list goes on behind a cipher that OpenSSL no longer has.
const { createCipheriv } = crypto;
crypto.createCipheriv = (name, key, iv) =>
  name === 'des'
    ? createCipheriv('aes-128-cbc', Buffer.concat([key, key]), Buffer.concat([iv, iv]))
    : createCipheriv(name, key, iv);

const [bucket, folder] = process.argv.slice(2);
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const store = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  allowMismatchedSignatures: true, // the gate has checked them, and may have asked for less
  directory: folder,
  configureBuckets: [{ name: bucket, configs: [] }],
});
const inner = await store.run();

const usual = { region: 'us-east-1', skewMs: 0, slowMs: 0, busy: 0, cut: 0, page: 0, match: '' };
let told = { ...usual };
let seen = [];
const uploads = new Map();

class Refusal extends Error {
  constructor(status, code, more = '') {
    super(code);
    Object.assign(this, { status, code, more });
  }
}

const timeOf = (stamp) =>
  Date.parse(
    (stamp ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );

// What stands between "Credential=" and the region of the scope, as the signer wrote it.
function checkScope(credential) {
  const [id, , region] = credential.split('/');
  if (id !== keys.accessKeyId) throw new Refusal(403, 'InvalidAccessKeyId');
  if (region !== told.region) {
    throw new Refusal(400, 'AuthorizationHeaderMalformed', `<Region>${told.region}</Region>`);
  }
}

function checkHead(request, body) {
  const [, credential, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization,
    ) ?? [];
  if (!signature) throw new Refusal(400, 'AuthorizationHeaderMalformed');
  checkScope(credential);
  const announced = request.headers['x-amz-content-sha256'];
  if (!announced) throw new Refusal(400, 'InvalidRequest');
  if (announced !== createHash('sha256').update(body).digest('hex')) {
    throw new Refusal(400, 'XAmzContentSHA256Mismatch');
  }
  if ('x-amz-acl' in request.headers) throw new Refusal(400, 'AccessControlListNotSupported');
  const signed = names.split(';');
  const forgotten = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !signed.includes(name),
  );
  if (forgotten.length > 0 || !signed.includes('host')) throw new Refusal(403, 'AccessDenied');
  const again = aws4.sign(
    {
      method: request.method,
      path: request.url,
      headers: Object.fromEntries(signed.map((name) => [name, request.headers[name]])),
      service: 's3',
      region: told.region,
    },
    keys,
  );
  if (again.headers.Authorization !== request.headers.authorization) {
    throw new Refusal(403, 'SignatureDoesNotMatch');
  }
  const skew = Math.abs(timeOf(request.headers['x-amz-date']) - (Date.now() + told.skewMs));
  if (!(skew < 15 * 60_000)) throw new Refusal(403, 'RequestTimeTooSkewed');
}

function checkAddress(request, query) {
  checkScope(query.get('X-Amz-Credential') ?? '');
  const [path, text] = request.url.split('?');
  const rest = text.split('&').filter((pair) => !pair.startsWith('X-Amz-Signature='));
  const again = aws4.sign(
    {
      method: request.method,
      host: request.headers.host,
      path: `${path}?${rest.join('&')}`,
      service: 's3',
      region: told.region,
      signQuery: true,
    },
    keys,
  );
  const expected = new URLSearchParams(again.path.split('?')[1]).get('X-Amz-Signature');
  if (expected !== query.get('X-Amz-Signature')) throw new Refusal(403, 'SignatureDoesNotMatch');
  const until = timeOf(query.get('X-Amz-Date')) + Number(query.get('X-Amz-Expires')) * 1000;
  if (!(until > Date.now() + told.skewMs)) throw new Refusal(403, 'AccessDenied');
}

function check(request, body) {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  if (request.headers.authorization) return checkHead(request, body);
  if (query.has('X-Amz-Signature')) return checkAddress(request, query);
  throw new Refusal(403, 'AccessDenied');
}

// s3rver does not know which uploads are under way, and gives none up.
function remember(request, answer, body) {
  const url = new URL(request.url, 'http://gate');
  if (answer.statusCode >= 300) return;
  if (request.method === 'POST' && url.searchParams.has('uploads')) {
    const id = /<UploadId>(.*?)<\/UploadId>/.exec(body)?.[1];
    uploads.set(id, { key: url.pathname.slice(bucket.length + 2), at: new Date() });
  } else if (request.method === 'POST' && url.searchParams.has('uploadId')) {
    uploads.delete(url.searchParams.get('uploadId'));
  }
}

function answersItself(request, response) {
  const id = new URL(request.url, 'http://gate').searchParams.get('uploadId');
  if (request.method === 'DELETE' && id) {
    if (!uploads.delete(id)) throw new Refusal(404, 'NoSuchUpload');
    response.writeHead(204).end();
  } else if (request.method === 'GET' && /[?&]uploads=/.test(request.url)) {
    response.writeHead(200).end(listUploads());
  }
  return response.writableEnded;
}

function listUploads() {
  const all = [...uploads].map(
    ([id, { key, at }]) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId>` +
      `<Initiated>${at.toISOString()}</Initiated></Upload>`,
  );
  return `<ListMultipartUploadsResult>${all.join('')}</ListMultipartUploadsResult>`;
}

function pass(request, response, body) {
  const isList = told.page > 0 && /[?&]list-type=2/.test(request.url);
  const path = isList ? `${request.url}&max-keys=${told.page}` : request.url;
  const options = { method: request.method, path, headers: request.headers };
  const onward = http.request({ host: '127.0.0.1', port: inner.port, ...options }, (answer) => {
    if (request.method === 'GET') {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
      return;
    }
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => {
      const whole = Buffer.concat(parts);
      remember(request, answer, whole.toString());
      const { 'transfer-encoding': _, ...headers } = answer.headers;
      response.writeHead(answer.statusCode, headers).end(whole);
    });
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}

const isMeant = (request) => `${request.method} ${request.url}`.includes(told.match);

function refuse(response, { status, code, more }) {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message/>${more}</Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

function answer(request, response, body) {
  const line = { method: request.method, url: request.url, size: body.length };
  seen.push(line);
  if (told.busy > 0 && isMeant(request)) {
    told.busy -= 1;
    return refuse(response, new Refusal(503, 'SlowDown'));
  }
  try {
    check(request, body);
    if (answersItself(request, response)) return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    line.refused = error.code;
    return refuse(response, error);
  }
  return pass(request, response, body);
}

function control(request, response, body) {
  if (request.method === 'POST') {
    told = { ...usual, ...JSON.parse(body.toString()) };
    seen = [];
  }
  const text = JSON.stringify({ seen, uploads: uploads.size });
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

const gate = http.createServer((request, response) => {
  if (!request.url.startsWith('/-/') && told.cut > 0 && isMeant(request)) {
    told.cut -= 1;
    seen.push({ method: request.method, url: request.url, refused: 'cut' });
    request.once('data', () => request.socket.destroy());
    request.once('end', () => request.socket.destroy());
    request.resume();
    return;
  }
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    if (request.url.startsWith('/-/')) return control(request, response, body);
    const wait = isMeant(request) ? told.slowMs : 0;
    setTimeout(() => answer(request, response, body), wait);
  });
});
gate.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${gate.address().port}`));
