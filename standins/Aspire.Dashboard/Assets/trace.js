// One trace: keeps the waterfall up to date, and shows the chosen span in the pane beside it.

import { localizeTimes } from './page.js';
import { Poll } from './poll.js';
import { Waterfall } from './waterfall.js';

const main = document.querySelector('main.trace');
const pane = document.getElementById('pane');
const filter = document.getElementById('filter');
const matches = document.querySelector('.matches');
const address = `/traces/detail/${main.dataset.traceId}`;

const waterfall = new Waterfall(document.getElementById('tree'), document.getElementById('rows'), select);
let shown = null;

function chosenSpan() {
  return new URLSearchParams(location.search).get('spanId') ?? location.hash.slice(1);
}

function select(id) {
  if (id !== shown) {
    history.replaceState(null, '', id ? `?spanId=${id}` : location.pathname);
  }
  waterfall.choose(id);
  return showSpan(id);
}

async function showSpan(id) {
  shown = id;
  if (!id) {
    pane.hidden = true;
    pane.replaceChildren();
    return;
  }
  const response = await fetch(`${address}/spans/${encodeURIComponent(id)}`, { cache: 'no-store' });
  const html = response.ok ? await response.text() : null;
  // the viewer may have gone on meanwhile
  if (html === null || shown !== id) {
    return;
  }
  const isSame = pane.dataset.spanId === id && !pane.hidden;
  const scroll = isSame ? pane.querySelector('.body').scrollTop : 0;
  const closed = new Set([...pane.querySelectorAll('details:not([open])')].map(section => section.dataset.section));
  pane.innerHTML = html;
  pane.dataset.spanId = id;
  localizeTimes(pane);
  if (isSame) {
    for (const section of pane.querySelectorAll('details')) {
      section.open = !closed.has(section.dataset.section);
    }
    pane.querySelector('.body').scrollTop = scroll;
  }
  pane.hidden = false;
}

function showHead(trace) {
  for (const [name, value] of Object.entries(trace.fields)) {
    for (const element of document.querySelectorAll(`[data-field="${name}"]`)) {
      element.textContent = value;
    }
  }
  document.querySelector('.fact-errors').classList.toggle('some', trace.fields.errors !== '0');
  document.getElementById('axis').replaceChildren(...trace.axis.map(label => {
    const tick = document.createElement('li');
    tick.textContent = label;
    return tick;
  }));
}

function showMatches() {
  const found = waterfall.matchCount;
  matches.textContent = found === null ? '' : `${found} of ${waterfall.count}`;
}

let isFirst = true;

async function showTrace(response) {
  const trace = await response.json();
  if (trace.rows.length === 0) {
    return;
  }
  if (!document.querySelector('.waiting').hidden) {
    // the head was written without the trace
    location.reload();
    return;
  }
  showHead(trace);
  waterfall.show(trace);
  showMatches();
  if (isFirst) {
    isFirst = false;
    const id = chosenSpan();
    if (id) {
      await select(id);
      waterfall.reveal(id);
    }
  } else if (shown) {
    await showSpan(shown);
  }
}

new Poll(`${address}/waterfall`, showTrace);

document.getElementById('collapse').addEventListener('click', () => waterfall.collapseAll());
document.getElementById('expand').addEventListener('click', () => waterfall.expandAll());
filter.addEventListener('input', () => {
  waterfall.filter(filter.value);
  showMatches();
});

pane.addEventListener('click', event => {
  if (event.target.closest('.close')) {
    close();
  }
  const link = event.target.closest('a[data-span]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    select(link.dataset.span);
    waterfall.reveal(link.dataset.span);
  }
});

function close() {
  select(null);
  document.getElementById('tree').focus();
}

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !pane.hidden && event.target !== filter) {
    close();
  } else if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    filter.focus();
  }
});

addEventListener('hashchange', () => {
  const id = chosenSpan();
  if (id) {
    select(id);
    waterfall.reveal(id);
  }
});
