// What the page does beyond being read: search, copying, light and dark, and trying requests out.
// Every text that it shows stands in the page already, in the reader's language.
const find = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const texts = find('#texts').dataset;

const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();

function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

// --- search ---------------------------------------------------------------------------------------

// The guide, section by section: a heading and what follows it.
function guideSections() {
  const sections = [];
  for (const element of find('.guide').children) {
    if (element.tagName === 'H3') sections.push([element]);
    else sections.at(-1)?.push(element);
  }
  return sections;
}

function filter(wanted) {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  const fits = (element) => {
    const text = (element.searchText ??= plain(element.textContent));
    return words.every((word) => text.includes(word));
  };
  let found = 0;
  for (const section of guideSections()) {
    const shown = section.some(fits);
    for (const element of section) element.hidden = !shown;
    found += Number(shown);
  }
  find('.guide').hidden = found === 0;
  for (const entry of all('main .op')) {
    entry.hidden = !fits(entry);
    found += Number(!entry.hidden);
  }
  for (const group of all('main .group')) {
    group.hidden = all('.op', group).every((entry) => entry.hidden);
  }
  find('#nothing').textContent = found === 0 ? find('#nothing').dataset.text : '';
  scrollTo(0, 0);
}

// --- light and dark -------------------------------------------------------------------------------

function setUpTheme() {
  const kept = localStorage.getItem('apidocs.theme');
  if (kept) document.documentElement.dataset.theme = kept;
  const button = find('#theme');
  button.hidden = false;
  button.addEventListener('click', () => {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const now = document.documentElement.dataset.theme ?? system;
    const next = now === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    localStorage.setItem('apidocs.theme', next);
  });
}

// --- copying --------------------------------------------------------------------------------------

function addCopyButtons(inside) {
  if (!navigator.clipboard) return;
  for (const block of all('.code', inside)) {
    if (find('button', block)) continue;
    const button = make('button', { type: 'button', textContent: texts.copy });
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(find('pre', block).textContent);
      button.textContent = texts.copied;
      setTimeout(() => (button.textContent = texts.copy), 1500);
    });
    block.append(button);
  }
}

// --- trying ---------------------------------------------------------------------------------------

const token = () => find('#token')?.value.trim() ?? '';

function setUpToken() {
  find('#reference').after(find('#token-part').content.cloneNode(true));
  const input = find('#token');
  input.value = sessionStorage.getItem('apidocs.token') ?? '';
  input.addEventListener('input', () => sessionStorage.setItem('apidocs.token', token()));
}

function labelled(name, input) {
  return make('label', {}, make('code', { textContent: name }), input);
}

function inputsOf(operation) {
  const inputs = all('tr[data-in]', operation).map((row) => {
    const { in: place, name } = row.dataset;
    const input = make('input', { name, autocomplete: 'off' });
    input.dataset.in = place;
    input.required = place === 'path';
    return labelled(name, input);
  });
  const example = find('.aside pre', operation).textContent;
  const body = example.match(/-d '([^]*)'$/);
  if (body) {
    const area = make('textarea', { name: 'body', value: body[1], spellcheck: false });
    inputs.push(labelled(texts.body, area));
  }
  if (example.includes('-F file=')) {
    const file = make('input', { type: 'file', name: 'file' });
    const entity = make('input', { name: 'entity', value: 'contact' });
    const mode = make('input', { name: 'mode', value: 'upsert' });
    for (const part of [file, entity, mode]) {
      part.dataset.in = 'form';
      inputs.push(labelled(part.name, part));
    }
  }
  return inputs;
}

function requestOf(operation, form) {
  const { method, path } = operation.dataset;
  const address = new URL(path, location.origin);
  const headers = new Headers({ 'Accept-Language': document.documentElement.lang });
  if (token()) headers.set('Authorization', `Bearer ${token()}`);
  const parts = new FormData();
  for (const input of all('input', form)) {
    const { in: place } = input.dataset;
    const value = input.type === 'file' ? input.files[0] : input.value;
    if (!value) continue;
    if (place === 'path') {
      address.pathname = decodeURI(address.pathname).replace(
        `{${input.name}}`,
        encodeURIComponent(value),
      );
    } else if (place === 'query') address.searchParams.set(input.name, value);
    else if (place === 'header') headers.set(input.name, value);
    else parts.set(input.name, value);
  }
  const area = find('textarea', form);
  if (area) headers.set('Content-Type', 'application/json');
  const body = area ? area.value : [...parts].length > 0 ? parts : undefined;
  return new Request(address, { method, headers, body });
}

async function answerText(response) {
  const text = await response.text();
  const kept = ['etag', 'location', 'retry-after', 'x-request-id', 'x-ratelimit-remaining'];
  const headers = kept
    .filter((name) => response.headers.has(name))
    .map((name) => `${name}: ${response.headers.get(name)}`);
  let shown = text;
  try {
    shown = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not every answer is JSON: a CSV is shown as it is.
  }
  return [`${response.status} ${response.statusText}`, ...headers, '', shown].join('\n').trim();
}

async function send(operation, form) {
  const place = find('.answer', form);
  place.textContent = texts.sending;
  let shown = texts.unreachable;
  try {
    shown = await answerText(await fetch(requestOf(operation, form)));
  } catch {
    // The network's own message is in the browser's language, not in the page's.
  }
  const pre = make('pre', { tabIndex: 0 }, make('code', { textContent: shown }));
  place.replaceChildren(make('div', { className: 'code' }, pre));
  addCopyButtons(place);
}

function addForm(operation) {
  if (!operation.dataset.method || find('.try', operation)) return;
  const part = find('#try').content.cloneNode(true);
  const form = find('form', part);
  find('.inputs', form).append(...inputsOf(operation));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(operation, form);
  });
  find('.aside', operation).append(form);
}

// --- opening --------------------------------------------------------------------------------------

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const entry = target?.closest('details.op');
  if (!entry) return;
  entry.hidden = false;
  entry.open = true;
  entry.scrollIntoView();
}

function setUpEntries() {
  for (const entry of all('details.op')) {
    entry.addEventListener('toggle', () => {
      if (!entry.open) return;
      addForm(entry);
      addCopyButtons(entry);
      history.replaceState(null, '', `#${entry.id}`);
    });
  }
}

const input = find('#find');
input.hidden = false;
input.addEventListener('input', () => filter(input.value));
document.addEventListener('keydown', (event) => {
  const types = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (event.key !== '/' || types) return;
  event.preventDefault();
  input.focus();
});
if (matchMedia('(max-width: 860px)').matches) find('.side details').open = false;
setUpTheme();
setUpToken();
setUpEntries();
addCopyButtons(find('.guide'));
addEventListener('hashchange', openTarget);
openTarget();
