// One line of the waterfall as an element.

const SVG = 'http://www.w3.org/2000/svg';

// deeper lines than this are no further to the right: the name would have no room
const DEEPEST_INDENT = 24;

// percent of the timeline that the text of a duration takes
const LABEL_ROOM = 14;

export function createRow() {
  const row = element('div', 'row');
  row.setAttribute('role', 'treeitem');
  row.dataset.testid = 'span-row';

  const name = element('div', 'name');
  name.append(
    element('span', 'guides'), twisty(), icon('kind'),
    element('span', 'operation'), element('span', 'flags'), element('span', 'resource'));

  const timeline = element('div', 'timeline');
  timeline.append(element('span', 'bar'), element('span', 'dots'), element('span', 'label'));

  row.append(name, timeline);
  return row;
}

export function updateRow(row, span) {
  row.id = `span-${span.id}`;
  row.className = `row ${span.resource.colour}${span.error ? ' error' : ''}`;
  row.title = `${span.resource.name}: ${span.label}\n${span.kind}, ${span.duration}${span.error ? '\nError' : ''}`;
  row.setAttribute('aria-level', span.depth + 1);
  row.setAttribute('aria-posinset', span.position);
  row.setAttribute('aria-setsize', span.siblings);
  row.setAttribute('aria-label', `${span.label}, ${span.resource.name}, ${span.kind}, ${span.duration}${span.error ? ', error' : ''}${span.orphan ? ', parent missing' : ''}`);
  Object.assign(row.dataset, {
    spanId: span.id,
    parentId: span.parent ?? '',
    depth: span.depth,
    spanName: span.name,
    resource: span.resource.name,
    kind: span.kind,
    error: span.error,
    orphan: span.orphan,
    logs: span.logs.length,
  });
  updateName(row.querySelector('.name'), span);
  updateTimeline(row.querySelector('.timeline'), span);
}

function updateName(name, span) {
  name.style.setProperty('--depth', Math.min(span.depth, DEEPEST_INDENT));
  name.querySelector('.twisty').classList.toggle('none', !span.hasChildren);
  name.querySelector('.kind use').setAttribute('href', `#icon-${span.icon}`);
  name.querySelector('.resource').textContent = span.resource.name;
  name.querySelector('.operation').textContent = span.label;
  const flags = [];
  if (span.error) {
    flags.push(icon('error-mark', 'error'));
  }
  if (span.orphan) {
    const badge = element('span', 'badge');
    badge.textContent = 'parent missing';
    badge.title = `Its parent ${span.parent} has not come yet`;
    flags.push(badge);
  }
  name.querySelector('.flags').replaceChildren(...flags);
}

function updateTimeline(timeline, span) {
  const bar = timeline.querySelector('.bar');
  bar.style.left = `${span.start}%`;
  bar.style.width = `${span.width}%`;
  const label = timeline.querySelector('.label');
  label.textContent = span.duration;
  // beside the bar, on the side that has more room; in it where neither has any
  const end = span.start + span.width;
  const isInside = span.start < LABEL_ROOM && end > 100 - LABEL_ROOM;
  const isRight = !isInside && span.start < 100 - end;
  label.classList.toggle('inside', isInside);
  label.style.left = isRight ? `${end}%` : 'auto';
  label.style.right = isRight ? 'auto' : `${100 - (isInside ? end : span.start)}%`;
  timeline.querySelector('.dots').replaceChildren(...span.logs.map(([at, severity]) => {
    const dot = element('i', severity);
    dot.style.left = `${at}%`;
    return dot;
  }));
}

function element(name, className) {
  const created = document.createElement(name);
  created.className = className;
  return created;
}

function twisty() {
  const box = element('span', 'twisty');
  box.append(icon('', 'chevron'));
  return box;
}

function icon(className, name = 'internal') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon ${className}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}
