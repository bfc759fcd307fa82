// The spans of a trace as a tree beside a time axis. Only the lines in sight are elements, so that 20,000 are no burden.
// Every text comes from telemetry: it is set as text, never as markup.

import { createRow, updateRow } from './row.js';

// the style sheet's --row
const ROW_HEIGHT = 32;
const LINES_AROUND = 12;

export class Waterfall {
  #viewport;
  #canvas;
  #onSelect;
  #trace = { rows: [], resources: [] };
  #version = 0;
  #byId = new Map();
  #visible = [];
  #collapsed = new Set();
  #words = [];
  #matching = null;
  #chosen = null;
  #active = null;
  #elements = new Map();

  constructor(viewport, canvas, onSelect) {
    this.#viewport = viewport;
    this.#canvas = canvas;
    this.#onSelect = onSelect;
    viewport.addEventListener('scroll', () => this.#render());
    viewport.addEventListener('click', event => this.#click(event));
    viewport.addEventListener('keydown', event => this.#key(event));
    new ResizeObserver(() => this.#render()).observe(viewport);
  }

  get count() {
    return this.#trace.rows.length;
  }

  // null without a filter
  get matchCount() {
    return this.#matching?.size ?? null;
  }

  // The trace as it is now; what is collapsed, chosen and in sight stays so.
  show(trace) {
    this.#trace = trace;
    this.#version++;
    this.#byId = new Map();
    const open = [];
    trace.rows.forEach((row, index) => {
      open.length = row.depth;
      row.above = open.at(-1);
      open.push(row);
      row.hasChildren = trace.rows[index + 1]?.depth > row.depth;
      row.resource = trace.resources[row.resource];
      this.#byId.set(row.id, row);
    });
    this.#layOut();
  }

  filter(text) {
    this.#words = text.toLowerCase().split(/\s+/).filter(word => word);
    this.#viewport.scrollTop = 0;
    this.#layOut();
  }

  choose(id) {
    this.#chosen = id;
    this.#active = id ?? this.#active;
    this.#render();
  }

  // Opens what it is in, and scrolls to it.
  reveal(id) {
    const row = this.#byId.get(id);
    if (!row) {
      return;
    }
    this.#ancestors(row).forEach(ancestor => this.#collapsed.delete(ancestor.id));
    this.#layOut();
    this.#scrollTo(this.#visible.indexOf(row));
  }

  collapseAll() {
    this.#collapsed = new Set(this.#trace.rows.filter(row => row.hasChildren).map(row => row.id));
    this.#layOut();
  }

  expandAll() {
    this.#collapsed.clear();
    this.#layOut();
  }

  #toggle(row, isOpen) {
    if (row.hasChildren && isOpen) {
      this.#collapsed.delete(row.id);
    } else if (row.hasChildren) {
      this.#collapsed.add(row.id);
    }
    this.#layOut();
  }

  #ancestors(row) {
    const found = [];
    for (let above = row.above; above; above = above.above) {
      found.push(above);
    }
    return found;
  }

  // Which lines there are to see.
  #layOut() {
    const rows = this.#trace.rows;
    this.#matching = null;
    if (this.#words.length > 0) {
      this.#visible = this.#filtered();
    } else {
      this.#visible = [];
      for (let index = 0; index < rows.length;) {
        const row = rows[index++];
        this.#visible.push(row);
        if (this.#collapsed.has(row.id)) {
          while (index < rows.length && rows[index].depth > row.depth) {
            index++;
          }
        }
      }
    }
    if (!this.#visible.includes(this.#byId.get(this.#active))) {
      this.#active = this.#visible[0]?.id ?? null;
    }
    this.#canvas.style.height = `${this.#visible.length * ROW_HEIGHT}px`;
    this.#version++;
    this.#render();
  }

  // Those that have the words, and what they are in.
  #filtered() {
    const shown = new Set();
    this.#matching = new Set();
    for (const row of this.#trace.rows) {
      const text = `${row.name} ${row.label} ${row.resource.name} ${row.id} ${row.kind} ${row.error ? 'error' : ''}`.toLowerCase();
      if (this.#words.every(word => text.includes(word))) {
        this.#matching.add(row);
        shown.add(row);
        // above one that is shown, all are
        for (let above = row.above; above && !shown.has(above); above = above.above) {
          shown.add(above);
        }
      }
    }
    return this.#trace.rows.filter(row => shown.has(row));
  }

  // Elements for the lines in sight; those that stay in sight stay the same elements, or a click between would be lost.
  #render() {
    const first = Math.max(0, Math.floor(this.#viewport.scrollTop / ROW_HEIGHT) - LINES_AROUND);
    const last = Math.ceil((this.#viewport.scrollTop + this.#viewport.clientHeight) / ROW_HEIGHT) + LINES_AROUND;
    const lines = this.#visible.slice(first, last);
    const kept = new Map();
    lines.forEach((row, offset) => {
      const element = this.#elements.get(row.id) ?? createRow();
      if (element.version !== this.#version) {
        updateRow(element, row);
        element.style.top = `${(first + offset) * ROW_HEIGHT}px`;
        element.version = this.#version;
      }
      this.#mark(element, row);
      kept.set(row.id, element);
    });
    for (const [id, element] of this.#elements) {
      if (!kept.has(id)) {
        element.remove();
      }
    }
    this.#elements = kept;
    this.#place([...kept.values()]);
    this.#viewport.setAttribute('aria-activedescendant', this.#active === null ? '' : `span-${this.#active}`);
  }

  #mark(element, row) {
    element.classList.toggle('active', row.id === this.#active);
    element.classList.toggle('dim', this.#matching !== null && !this.#matching.has(row));
    element.classList.toggle('match', this.#matching !== null && this.#matching.has(row));
    element.setAttribute('aria-selected', String(row.id === this.#chosen));
    if (row.hasChildren) {
      element.setAttribute('aria-expanded', String(this.#words.length > 0 || !this.#collapsed.has(row.id)));
    } else {
      element.removeAttribute('aria-expanded');
    }
  }

  // In the order of the lines, for those who read the page by ear; moving only what is not in its place.
  #place(elements) {
    elements.forEach((element, index) => {
      const there = this.#canvas.children[index];
      if (there !== element) {
        this.#canvas.insertBefore(element, there ?? null);
      }
    });
  }

  #click(event) {
    const element = event.target.closest('[role=treeitem]');
    if (!element) {
      return;
    }
    const row = this.#byId.get(element.dataset.spanId);
    this.#active = row.id;
    if (event.target.closest('.twisty') && row.hasChildren) {
      this.#toggle(row, this.#collapsed.has(row.id));
    } else {
      this.#onSelect(row.id);
    }
  }

  #key(event) {
    const index = this.#visible.findIndex(row => row.id === this.#active);
    const row = this.#visible[index];
    const page = Math.max(1, Math.floor(this.#viewport.clientHeight / ROW_HEIGHT) - 1);
    const moves = {
      ArrowDown: () => this.#activate(index + 1),
      ArrowUp: () => this.#activate(index - 1),
      PageDown: () => this.#activate(index + page),
      PageUp: () => this.#activate(index - page),
      Home: () => this.#activate(0),
      End: () => this.#activate(this.#visible.length - 1),
      ArrowRight: () => this.#collapsed.has(row.id) ? this.#toggle(row, true) : row.hasChildren && this.#activate(index + 1),
      ArrowLeft: () => row.hasChildren && !this.#collapsed.has(row.id) ? this.#toggle(row, false) : this.#activate(this.#visible.indexOf(this.#ancestors(row)[0])),
      Enter: () => this.#onSelect(row.id),
      ' ': () => this.#onSelect(row.id),
    };
    if (row && moves[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      moves[event.key]();
    }
  }

  #activate(index) {
    if (index < 0 && this.#visible.length === 0) {
      return;
    }
    const row = this.#visible[Math.min(Math.max(index, 0), this.#visible.length - 1)];
    this.#active = row.id;
    this.#scrollTo(this.#visible.indexOf(row));
    // with the pane open, it follows
    if (this.#chosen !== null) {
      this.#onSelect(row.id);
    }
  }

  #scrollTo(index) {
    const top = index * ROW_HEIGHT;
    const view = this.#viewport;
    if (top < view.scrollTop) {
      view.scrollTop = top;
    } else if (top + ROW_HEIGHT > view.scrollTop + view.clientHeight) {
      view.scrollTop = top + ROW_HEIGHT - view.clientHeight;
    }
    this.#render();
  }
}
