// The page: submits jobs, lists them, and follows their states by server-sent events.
// What a guest or another caller wrote is only ever set as textContent.

const form = document.getElementById('submit');
const answer = document.getElementById('answer');
const live = document.getElementById('live');
const more = document.getElementById('more');
const body = document.querySelector('#jobs tbody');
const rows = new Map();
let next = null;

const field = (element, name) => element.querySelector(`[data-field="${name}"]`);

function milliseconds(value) {
  if (value === null) {
    return '';
  }
  return value < 1000 ? `${value.toFixed(1)} ms` : `${(value / 1000).toFixed(2)} s`;
}

function show(row, job) {
  row.dataset.jobId = job.id;
  field(row, 'submitted').textContent = new Date(job.submittedAt).toLocaleTimeString();
  field(row, 'submitted').title = job.submittedAt;
  field(row, 'name').textContent = job.name || 'module.wasm';
  const state = field(row, 'state');
  state.textContent = job.state;
  state.dataset.state = job.state;
  field(row, 'reason').textContent = job.reason === 'exit-code' ? `exit code ${job.exitCode}` : job.reason ?? '';
  field(row, 'queued').textContent = milliseconds(job.queueMilliseconds);
  field(row, 'ran').textContent = milliseconds(job.runMilliseconds);
  field(row, 'spans').textContent = job.telemetry?.spans ?? '';
  field(row, 'cancel').hidden = ['Completed', 'Failed', 'Cancelled'].includes(job.state);
  const trace = field(row, 'trace');
  trace.hidden = job.traceUrl === null;
  if (job.traceUrl !== null) {
    trace.href = job.traceUrl;
  }
}

function showDetails(row, job) {
  const details = row.nextElementSibling;
  if (!details?.classList.contains('details')) {
    return;
  }
  for (const name of ['id', 'node', 'exitCode', 'message', 'stdout', 'stderr']) {
    field(details, name).textContent = job[name] ?? '';
  }
  field(details, 'results').textContent = job.results.join(', ');
  field(details, 'stdoutLink').href = `jobs/${job.id}/stdout`;
  field(details, 'stderrLink').href = `jobs/${job.id}/stderr`;
}

function add(job) {
  let row = rows.get(job.id);
  if (!row) {
    row = document.getElementById('row').content.firstElementChild.cloneNode(true);
    rows.set(job.id, row);
    field(row, 'name').addEventListener('click', () => toggle(row));
    field(row, 'cancel').addEventListener('click', () => cancel(row));
    // Newest first: ids sort by time.
    const older = [...body.querySelectorAll('.job')].find(other => other.dataset.jobId < job.id);
    body.insertBefore(row, older ?? null);
  }
  show(row, job);
  showDetails(row, job);
  document.getElementById('none').hidden = true;
}

async function toggle(row) {
  const button = field(row, 'name');
  if (row.nextElementSibling?.classList.contains('details')) {
    row.nextElementSibling.remove();
    button.setAttribute('aria-expanded', 'false');
    return;
  }
  row.after(document.getElementById('details').content.firstElementChild.cloneNode(true));
  button.setAttribute('aria-expanded', 'true');
  await refresh(row.dataset.jobId);
}

async function cancel(row) {
  const button = field(row, 'cancel');
  button.disabled = true;
  try {
    const response = await fetch(`jobs/${encodeURIComponent(row.dataset.jobId)}/cancel`, { method: 'POST' });
    if (response.ok) {
      add(await response.json());
    } else {
      live.textContent = await explain(response);
    }
  } catch {
    live.textContent = 'The requester cannot be reached.';
  } finally {
    button.disabled = false;
  }
}

// One request at a time for each job; a change that comes meanwhile makes it ask once more.
const asking = new Map();
async function refresh(id) {
  if (asking.has(id)) {
    asking.set(id, true);
    return;
  }
  try {
    do {
      asking.set(id, false);
      const response = await fetch(`jobs/${encodeURIComponent(id)}`);
      if (response.ok) {
        add(await response.json());
      }
    } while (asking.get(id));
  } catch {
    // The list is loaded again when the requester is back.
  } finally {
    asking.delete(id);
  }
}

async function load(after) {
  try {
    const response = await fetch(`jobs?limit=50${after ? `&after=${encodeURIComponent(after)}` : ''}`);
    if (!response.ok) {
      live.textContent = await explain(response);
      return;
    }
    const page = await response.json();
    page.jobs.forEach(add);
    if (after || next === null) {
      next = page.next;
      more.hidden = next === null;
    }
    document.getElementById('none').hidden = rows.size > 0;
    if (events.readyState === EventSource.OPEN) {
      live.textContent = 'live';
    }
  } catch {
    live.textContent = 'The requester cannot be reached.';
  }
}

async function explain(response) {
  try {
    const problem = await response.json();
    const fields = Object.entries(problem.errors ?? {}).map(([name, errors]) => `${name}: ${errors.join(' ')}`);
    return [problem.detail ?? problem.title, ...fields].filter(Boolean).join('\n');
  } catch {
    return `The requester answered ${response.status}.`;
  }
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const values = new FormData(form);
  const spec = {};
  for (const name of ['name', 'entrypoint']) {
    if (values.get(name)) {
      spec[name] = values.get(name);
    }
  }
  if (values.get('args')) {
    spec.args = values.get('args').split(/\r?\n/);
  }
  if (values.get('stdin')) {
    // A form turns line ends into CR LF; a guest expects LF.
    spec.stdin = { text: values.get('stdin').replaceAll('\r\n', '\n') };
  }
  if (values.get('timeoutSeconds')) {
    spec.limits = { timeoutSeconds: Number(values.get('timeoutSeconds')) };
  }
  const job = new FormData();
  job.append('wasm', values.get('wasm'));
  job.append('spec', JSON.stringify(spec));

  const button = form.querySelector('button');
  button.disabled = true;
  answer.className = '';
  answer.textContent = 'Sending…';
  try {
    const response = await fetch('jobs', { method: 'POST', body: job });
    if (response.ok) {
      const accepted = await response.json();
      add(accepted);
      answer.textContent = `Accepted as ${accepted.id}.`;
    } else {
      answer.className = 'error';
      answer.textContent = await explain(response);
    }
  } catch {
    answer.className = 'error';
    answer.textContent = 'The requester cannot be reached.';
  } finally {
    button.disabled = false;
  }
});

more.addEventListener('click', () => load(next));

const events = new EventSource('jobs/events');
// Also after a break: what changed meanwhile was not told.
events.addEventListener('open', () => load(null));
events.addEventListener('job', event => refresh(JSON.parse(event.data).id));
events.addEventListener('error', () => {
  live.textContent = 'connection lost, trying again…';
});
// An event may get lost, and Redis may be gone for a while: what the page shows must not stay wrong.
setInterval(() => document.hidden || load(null), 10000);
load(null);
