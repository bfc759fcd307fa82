// The list of traces: filters that work as one types, and rows that come by themselves.

import { localizeTimes } from './page.js';
import { Poll } from './poll.js';

const form = document.querySelector('.filters');
const results = document.getElementById('results');
const live = form.querySelector('.live');

// the number of rows that were asked for ("Show more") goes with the address, not with the form
const show = new URLSearchParams(location.search).get('show');

function query() {
  const values = [...new FormData(form)].filter(([, value]) => value !== '' && value !== '0');
  if (show) {
    values.push(['show', show]);
  }
  const text = new URLSearchParams(values).toString();
  return text ? `?${text}` : '';
}

function rowsAddress() {
  return `/traces/rows${query()}`;
}

async function replaceRows(response) {
  const html = await response.text();
  const focused = document.activeElement?.closest('[data-trace-id]')?.dataset.traceId;
  const scroll = results.querySelector('.scroll')?.scrollTop ?? 0;
  results.innerHTML = html;
  localizeTimes(results);
  results.querySelector('.scroll')?.scrollTo(0, scroll);
  if (focused) {
    results.querySelector(`[data-trace-id="${focused}"] a`)?.focus({ preventScroll: true });
  }
  updateResources();
}

function updateResources() {
  const select = form.elements.resource;
  const options = results.querySelector('template[data-resources]').content;
  if (options.textContent !== select.textContent) {
    const chosen = select.value;
    select.replaceChildren(options);
    select.value = chosen;
  }
}

const poll = new Poll(rowsAddress(), replaceRows);

function filter() {
  history.replaceState(null, '', `/traces${query()}`);
  poll.restart(rowsAddress());
}

form.addEventListener('input', filter);
form.addEventListener('submit', event => {
  event.preventDefault();
  filter();
});

live.hidden = false;
live.addEventListener('click', () => {
  poll.isPaused = !poll.isPaused;
  live.setAttribute('aria-pressed', String(poll.isPaused));
  live.querySelector('span').textContent = poll.isPaused ? 'Resume' : 'Pause';
  live.querySelector('use').setAttribute('href', poll.isPaused ? '#icon-play' : '#icon-pause');
});

// a click anywhere in a row opens its trace; the link in it serves the keyboard and a new tab
results.addEventListener('click', event => {
  const row = event.target.closest('[data-trace-id]');
  if (row && !event.target.closest('a') && getSelection().isCollapsed) {
    row.querySelector('a').click();
  }
});
