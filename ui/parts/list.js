// @ts-check
/**
 * The list: any number of rows of one height, of which at most 140 are in the page.
 *
 * 1. Rows are asked for in windows of a hundred, when they come near; after a `refresh` the shown ones are asked again and the old ones stay
 *    until the answer is there.
 * 2. One row is active, any number are picked: click, Shift for a range, Ctrl for one more; arrows, Home, End, Page Up and Down, Space, Ctrl+A, Esc.
 *    Enter or a double click opens.
 * 3. Dragging, or Alt with an arrow, moves the picked rows; the list says between which rows, the screen runs the command. Where rows can be put
 *    into another one, that is the row in whose middle the pointer rests for a moment: who only passes by changes the order.
 * 4. The element itself has the focus and names the active row to screen readers, so that a redraw never loses the focus.
 * 5. Keys typed in a field inside a row are the field's own.
 */
import { html, nothing, redraw, render, repeat, vars } from "./draw.js";
import { generation, refusal } from "../host.js";
import { isTyping, keyOf } from "./keys.js";
import { openMenu } from "./menu.js";
import { watchDrag } from "./drag.js";

/**
 * @typedef {object} Place where moved rows come to stand
 * @property {string | null} before key of the row that will follow, null at the end
 * @property {string | null} after key of the row that will precede, null at the start
 */

/**
 * @template Row
 * @typedef {object} ListOptions
 * @property {string} id of the element; unique in the page
 * @property {string} label what the list holds, for screen readers
 * @property {(from: number, limit: number) => Promise<{rows: Row[], total: number}>} source answers a window of the rows and how many there are
 * @property {string} question changes when the source asks for something else (filter, search text); the list then starts at the top
 * @property {(row: Row) => string} key
 * @property {(row: Row, state: {index: number, active: boolean, picked: boolean}) => unknown[]} row draws the cells, one for each column; the main one has the class `is-title` inside
 * @property {import("./picks.js").Picks} picks
 * @property {number} [first] the row that becomes active where the list gets the focus and none is, default 0
 * @property {string} columns CSS grid columns, in em so that they grow with the projector: "1.2em minmax(0, 1fr) 7.5em 4.5em"
 * @property {unknown[]} [head] titles of the columns, each text or a template; `unseen("Kind")` where only signs stand
 * @property {number[]} [numeric] columns (from 0) whose values are numbers, aligned at the right
 * @property {string} [keep] key of a row that stays in the page when it is scrolled away, because someone types in it
 * @property {(row: Row) => string} [tone] a class for the whole row: "is-chosen", "is-quiet", "is-grave"
 * @property {(row: Row) => void} [open] by Enter or double click
 * @property {(keys: string[], place: Place) => unknown} [move] absent: the order cannot be changed here
 * @property {(keys: string[], onto: string) => unknown} [nest] what a drop onto a row does; needs `move`
 * @property {(row: Row) => string} [nested] what rows become that are dropped onto one: "part of PAY-12"
 * @property {(row: Row) => import("./keys.js").Act[]} [menu] by right click or the menu key
 * @property {unknown} [empty] shown when there are no rows
 */

/**
 * @template Row
 * @param {ListOptions<Row>} options
 */
export function list(options) {
  return html`<evenkeel-list id=${options.id} data-start .options=${options}></evenkeel-list>`;
}

const windowSize = 100;
const mostRows = 140;

/** @template Row */
class List extends HTMLElement {
  /** @type {ListOptions<Row> | undefined} */
  #options;
  /** @type {Map<number, {rows: Row[], generation: number}>} windows by their number */
  #windows = new Map();
  /** @type {Set<string>} */
  #pending = new Set();
  #total = -1;
  #question = "";
  #rowHeight = 33;
  /** Where dragged rows would be put, -1 while none are dragged. */
  #gap = -1;
  /** The row into which dragged rows would be put, -1 while there is none. */
  #target = -1;
  #error = "";
  /** Whether the active row was shown, when the list came into the page. */
  #begun = false;
  /** @type {ResizeObserver | undefined} */
  #observer;

  /** @param {ListOptions<Row>} options */
  set options(options) {
    const first = this.#options === undefined;
    this.#options = options;
    if (options.question !== this.#question || first) {
      this.#question = options.question;
      for (const held of this.#windows.values()) held.generation = -1;
      this.#error = "";
      if (!first) {
        this.scrollTop = 0;
        options.picks.clear();
      }
    }
    if (this.isConnected) this.#draw();
  }

  connectedCallback() {
    this.tabIndex = 0;
    this.setAttribute("role", "grid");
    this.setAttribute("aria-multiselectable", "true");
    this.#observer = new ResizeObserver(() => this.#draw());
    this.#observer.observe(this);
    this.addEventListener("scroll", this.#draw, { passive: true });
    this.addEventListener("keydown", this.#onKey);
    this.addEventListener("click", this.#onClick);
    this.addEventListener("dblclick", this.#onDoubleClick);
    this.addEventListener("pointerdown", this.#onPress);
    this.addEventListener("contextmenu", this.#onMenu);
    this.addEventListener("focus", this.#onFocus);
    this.#draw();
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
    this.removeEventListener("scroll", this.#draw);
    this.removeEventListener("keydown", this.#onKey);
    this.removeEventListener("click", this.#onClick);
    this.removeEventListener("dblclick", this.#onDoubleClick);
    this.removeEventListener("pointerdown", this.#onPress);
    this.removeEventListener("contextmenu", this.#onMenu);
    this.removeEventListener("focus", this.#onFocus);
  }

  /**
   * @param {number} index
   * @returns {Row | undefined}
   */
  #rowAt(index) {
    return this.#windows.get(Math.floor(index / windowSize))?.rows[index % windowSize];
  }

  #visible() {
    const height = this.clientHeight || 900;
    const first = Math.floor(this.scrollTop / this.#rowHeight);
    const count = Math.ceil(height / this.#rowHeight) + 1;
    const margin = Math.min(14, Math.max(0, Math.floor((mostRows - count) / 2)));
    const from = Math.max(0, first - margin);
    return { from, to: Math.max(from, Math.min(this.#total, first + count + margin, from + mostRows)) };
  }

  /** @param {number} number of the window */
  async #ask(number) {
    const options = this.#options;
    const question = this.#question;
    const asked = generation();
    const ticket = `${number} ${asked} ${question}`;
    if (!options || this.#pending.has(ticket)) return;
    this.#pending.add(ticket);
    try {
      const { rows, total } = await options.source(number * windowSize, windowSize);
      if (question !== this.#question) return;
      if (total !== this.#total) {
        this.#total = total;
        for (const held of this.#windows.keys()) if (held * windowSize >= total) this.#windows.delete(held);
      }
      this.#windows.set(number, { rows, generation: asked });
      this.#error = "";
      this.#settle(options);
    } catch (error) {
      if (question !== this.#question) return;
      this.#windows.set(number, { rows: this.#windows.get(number)?.rows ?? [], generation: asked });
      this.#total = Math.max(this.#total, 0);
      this.#error = [refusal(error).message, refusal(error).hint].filter(Boolean).join(" ");
    } finally {
      this.#pending.delete(ticket);
    }
    this.#draw();
    if (!this.#begun && options.picks.index > 0) this.#show(options.picks.index);
    // It had the focus before it had rows: where that is must be seen.
    if (!this.#begun && document.activeElement === this) this.#onFocus();
    this.#begun = true;
    redraw();
  }

  /**
   * Finds the active row again after an answer, and drops picked rows that are gone. Where the active one is gone from a list that is not here as
   * a whole, nobody knows of the others: then none is picked.
   * @param {ListOptions<Row>} options
   */
  #settle(options) {
    const { picks, key } = options;
    if (picks.active) {
      const there = this.#rowAt(picks.index);
      if (there === undefined || key(there) !== picks.active) {
        const found = this.#indexOf(picks.active);
        if (found >= 0) picks.index = found;
        // It may be in a window that is still asked for.
        else if (this.#pending.size > 1) return;
        else if (there !== undefined || this.#total === 0 || picks.index >= this.#total) {
          picks.index = Math.min(picks.index, this.#total - 1);
          const next = this.#rowAt(picks.index);
          picks.active = next === undefined ? "" : key(next);
          if (this.#total > windowSize * this.#windows.size) picks.keys.clear();
        }
        picks.anchor = picks.index;
      }
    }
    if (picks.keys.size > 0 && this.#total <= windowSize * this.#windows.size) {
      const all = new Set([...this.#windows.values()].flatMap((held) => held.rows.map(key)));
      if (all.size === this.#total) for (const picked of picks.keys) if (!all.has(picked)) picks.keys.delete(picked);
    }
  }

  /** @param {string} wanted */
  #indexOf(wanted) {
    const key = this.#options?.key;
    if (!key) return -1;
    let old = -1;
    for (const [number, held] of this.#windows) {
      const at = held.rows.findIndex((row) => key(row) === wanted);
      if (at < 0) continue;
      if (held.generation === generation()) return number * windowSize + at;
      old = number * windowSize + at;
    }
    return old;
  }

  #draw = () => {
    const options = this.#options;
    if (!options) return;
    this.#rowHeight = parseFloat(getComputedStyle(this).getPropertyValue("--row")) || 33;
    const { from, to } = this.#visible();
    const firstWindow = Math.floor(from / windowSize);
    const lastWindow = Math.max(firstWindow, Math.floor((to - 1) / windowSize));
    for (let number = firstWindow; number <= lastWindow; number += 1) {
      if (this.#windows.get(number)?.generation !== generation()) void this.#ask(number);
    }
    const kept = options.keep ? this.#indexOf(options.keep) : -1;
    for (const number of this.#windows.keys()) {
      if (this.#windows.size > 8 && (number < firstWindow - 2 || number > lastWindow + 2) && number !== Math.floor(kept / windowSize)) this.#windows.delete(number);
    }

    const { picks } = options;
    const activeShown = picks.index >= from && picks.index < to;
    this.setAttribute("aria-label", options.label);
    this.setAttribute("aria-rowcount", String(Math.max(this.#total, 0) + (options.head ? 1 : 0)));
    if (activeShown) this.setAttribute("aria-activedescendant", `${options.id}-${picks.index}`);
    else this.removeAttribute("aria-activedescendant");
    this.style.setProperty("--columns", options.columns);
    this.style.setProperty("--total", String(Math.max(this.#total, 0)));

    const indexes = Array.from({ length: to - from }, (_, at) => from + at);
    if (kept >= to) indexes.push(kept);
    else if (kept >= 0 && kept < from) indexes.unshift(kept);
    // A row keeps its element, and so what is typed in it, when others come in above; while two windows overlap, the place stands for the key.
    /** @type {Set<string | number>} */
    const used = new Set();
    const rowKeys = new Map(indexes.map((index) => {
      const row = this.#rowAt(index);
      const key = row === undefined ? index : options.key(row);
      const own = used.has(key) ? index : key;
      used.add(own);
      return [index, own];
    }));
    const held = this.contains(document.activeElement) ? document.activeElement : null;
    render(html`
      ${options.head ? html`<div class="list-head" role="row" aria-rowindex="1">
        ${options.head.map((title, column) => html`<span role="columnheader" class=${options.numeric?.includes(column) ? "is-number" : ""}>${title}</span>`)}
      </div>` : nothing}
      ${this.#error ? html`<p class="list-note is-grave" role="alert">${this.#error}</p>` : nothing}
      ${this.#total === 0 && !this.#error ? html`<div class="list-note">${options.empty ?? nothing}</div>` : nothing}
      <div class="list-body" role="rowgroup">
        ${repeat(indexes, (index) => rowKeys.get(index) ?? index, (index) => this.#drawRow(options, index))}
        ${this.#gap >= 0 ? html`<div class="list-gap" ${vars({ "--at": this.#gap })}></div>` : nothing}
      </div>`, this);
    // An element that is put elsewhere in the page loses the focus.
    if (held instanceof HTMLElement && held.isConnected && document.activeElement !== held) held.focus({ preventScroll: true });
  };

  /**
   * @param {ListOptions<Row>} options
   * @param {number} index
   */
  #drawRow(options, index) {
    const row = this.#rowAt(index);
    if (row === undefined) return html`<div class="list-row is-coming" role="row" aria-rowindex=${index + 1 + (options.head ? 1 : 0)} ${vars({ "--at": index })}></div>`;
    const key = options.key(row);
    const active = index === options.picks.index;
    const picked = options.picks.keys.has(key);
    return html`<div
      class="list-row ${active ? "is-active" : ""} ${picked ? "is-picked" : ""} ${index === this.#target ? "is-target" : ""} ${options.tone?.(row) ?? ""}"
      id="${options.id}-${index}" data-index=${index} role="row"
      aria-rowindex=${index + 1 + (options.head ? 1 : 0)} aria-selected=${picked ? "true" : "false"}
      ${vars({ "--at": index })}>${options.row(row, { index, active, picked }).map((cell, column) =>
        html`<span role="gridcell" class=${options.numeric?.includes(column) ? "is-number" : ""}>${cell}</span>`)}</div>`;
  }

  /** @param {number} index */
  #show(index) {
    const head = this.querySelector(".list-head")?.clientHeight ?? 0;
    const top = index * this.#rowHeight;
    if (top < this.scrollTop) this.scrollTop = top;
    else if (top + this.#rowHeight + head > this.scrollTop + this.clientHeight) this.scrollTop = top + this.#rowHeight + head - this.clientHeight;
  }

  /**
   * Makes a row active; asks for it first when it is far away.
   * @param {number} to
   * @param {"only" | "range" | "none"} how
   */
  async #activate(to, how) {
    const options = this.#options;
    if (!options || this.#total <= 0) return;
    const index = Math.max(0, Math.min(this.#total - 1, to));
    this.#show(index);
    if (this.#rowAt(index) === undefined) await this.#ask(Math.floor(index / windowSize));
    const row = this.#rowAt(index);
    if (row === undefined) return;
    const key = options.key(row);
    if (how === "only") options.picks.only(key, index);
    else if (how === "range") options.picks.range(await this.#keysOf(Math.max(0, options.picks.anchor), index), key, index);
    else {
      options.picks.active = key;
      options.picks.index = index;
    }
    redraw();
  }

  /**
   * The keys of a range, asked for when not all of it is here.
   * @param {number} one
   * @param {number} other
   */
  async #keysOf(one, other) {
    const options = this.#options;
    if (!options) return [];
    const from = Math.min(one, other);
    const to = Math.max(one, other) + 1;
    const rows = [];
    for (let index = from; index < to; index += 1) {
      const row = this.#rowAt(index);
      if (row === undefined) break;
      rows.push(row);
    }
    while (rows.length < to - from) {
      const answer = await options.source(from + rows.length, Math.min(500, to - from - rows.length));
      if (answer.rows.length === 0) break;
      rows.push(...answer.rows);
    }
    return rows.map(options.key);
  }

  /** @param {EventTarget | null} target */
  #indexAt(target) {
    const row = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(".list-row")) : null;
    return row?.dataset.index === undefined ? -1 : Number(row.dataset.index);
  }

  #onFocus = () => {
    const { picks } = this.#options ?? {};
    if (picks && picks.index < 0 && this.#total > 0) void this.#activate(this.#options?.first ?? 0, "none");
  };

  /** @param {MouseEvent} event */
  #onClick = (event) => {
    const options = this.#options;
    const index = this.#indexAt(event.target);
    const row = this.#rowAt(index);
    if (!options || index < 0 || row === undefined || isControl(event.target)) return;
    if (event.shiftKey) void this.#activate(index, "range");
    else if (event.ctrlKey || event.metaKey) options.picks.toggle(options.key(row), index);
    else options.picks.only(options.key(row), index);
    redraw();
  };

  /** @param {MouseEvent} event */
  #onDoubleClick = (event) => {
    const row = this.#rowAt(this.#indexAt(event.target));
    if (row !== undefined && !isControl(event.target)) this.#options?.open?.(row);
  };

  /** @param {MouseEvent} event */
  #onMenu = (event) => {
    const options = this.#options;
    if (!options?.menu || isTyping(event.target)) return;
    const index = this.#indexAt(event.target);
    const at = index >= 0 ? index : options.picks.index;
    const row = this.#rowAt(at);
    if (row === undefined) return;
    event.preventDefault();
    const key = options.key(row);
    if (!options.picks.keys.has(key)) options.picks.only(key, at);
    redraw();
    const box = this.querySelector(`#${CSS.escape(`${options.id}-${at}`)}`)?.getBoundingClientRect();
    const byMouse = event.button === 2 && event.clientX > 0;
    openMenu(byMouse || !box ? { x: event.clientX, y: event.clientY } : { x: box.left + 24, y: box.bottom }, options.menu(row));
  };

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    const options = this.#options;
    if (!options) return;
    if (event.target !== this) {
      if (event.key === "Escape" && isTyping(event.target)) this.focus();
      return;
    }
    const { picks } = options;
    const page = Math.max(1, Math.floor(this.clientHeight / this.#rowHeight) - 1);
    const key = keyOf(event);
    /** @type {Record<string, number>} */
    const steps = { up: picks.index - 1, down: picks.index + 1, home: 0, end: this.#total - 1, pageup: picks.index - page, pagedown: picks.index + page };
    const bare = key.replace(/^(ctrl\+|shift\+)/, "");
    const step = steps[bare];
    if (step !== undefined) void this.#activate(step, key.startsWith("shift+") ? "range" : key.startsWith("ctrl+") ? "none" : "only");
    else if ((key === "alt+up" || key === "alt+down") && options.move) void this.#shift(key === "alt+up" ? -1 : 1);
    else if (bare === "space" && picks.index >= 0) picks.toggle(picks.active, picks.index);
    else if (key === "ctrl+a" && this.#total > 0) {
      picks.anchor = 0;
      void this.#activate(this.#total - 1, "range");
    } else if (key === "escape" && picks.keys.size > 0) picks.keys.clear();
    else if (key === "enter" && options.open) {
      const row = this.#rowAt(picks.index);
      if (row !== undefined) options.open(row);
    } else return;
    event.preventDefault();
    event.stopPropagation();
    redraw();
  };

  /**
   * Moves the picked rows one place up or down.
   * @param {-1 | 1} by
   */
  async #shift(by) {
    const options = this.#options;
    if (!options?.move) return;
    const places = options.picks.targets().map((key) => this.#indexOf(key)).filter((index) => index >= 0).sort((a, b) => a - b);
    const first = places[0];
    const last = places.at(-1);
    if (first === undefined || last === undefined) return;
    const gap = by < 0 ? first - 1 : last + 2;
    if (gap < 0 || gap > this.#total) return;
    await this.#moveTo(gap);
    if (options.picks.index >= 0) this.#show(options.picks.index);
  }

  /**
   * The rows that commands act on, as they stand.
   * @param {ListOptions<Row>} options
   */
  #inOrder(options) {
    const places = new Map(options.picks.targets().map((key) => [key, this.#indexOf(key)]));
    return [...places.keys()].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  }

  /** @param {number} gap the rows go before the row that now has this place */
  async #moveTo(gap) {
    const options = this.#options;
    if (!options?.move) return;
    const moved = this.#inOrder(options);
    const places = new Set(moved);
    // The neighbours may be beyond the rows that are here.
    const keyAt = async (/** @type {number} */ index) => {
      if (index < 0 || index >= this.#total) return null;
      if (this.#rowAt(index) === undefined) await this.#ask(Math.floor(index / windowSize));
      const row = this.#rowAt(index);
      return row === undefined ? null : options.key(row);
    };
    let below = gap;
    let before = await keyAt(below);
    while (before !== null && places.has(before)) before = await keyAt((below += 1));
    let above = gap - 1;
    let after = await keyAt(above);
    while (after !== null && places.has(after)) after = await keyAt((above -= 1));
    await options.move(moved, { before, after });
  }

  /** @param {PointerEvent} event */
  #onPress = (event) => {
    const options = this.#options;
    const index = this.#indexAt(event.target);
    const row = this.#rowAt(index);
    if (!options || row === undefined || isControl(event.target) || !options.move) return;
    const key = options.key(row);
    const count = options.picks.keys.has(key) ? options.picks.keys.size : 1;
    let pointerY = 0;
    let timer = 0;
    let resting = -1;
    let rest = 0;
    const note = options.nest ? "Rest on another item to make this one its part" : undefined;
    const inside = (/** @type {PointerEvent} */ move) => {
      const box = this.getBoundingClientRect();
      return move.clientX >= box.left && move.clientX <= box.right && move.clientY >= box.top - 20 && move.clientY <= box.bottom + 20;
    };
    /** @type {(note: string) => void} */
    let say = () => {};
    const restOn = (/** @type {number} */ place) => {
      if (place === resting) return;
      clearTimeout(rest);
      resting = place;
      if (this.#target >= 0) say(note ?? "");
      this.#target = -1;
      const onto = this.#rowAt(place);
      if (onto === undefined || options.picks.keys.has(options.key(onto))) return;
      rest = setTimeout(() => {
        this.#target = place;
        this.#gap = -1;
        say(options.nested?.(onto) ?? "");
        this.#draw();
      }, 600);
    };
    const aim = () => {
      const body = this.querySelector(".list-body")?.getBoundingClientRect();
      const at = body ? (pointerY - body.top) / this.#rowHeight : -1;
      if (options.nest) restOn(Math.abs(at - Math.floor(at) - 0.5) < 0.25 ? Math.floor(at) : -1);
      this.#gap = this.#target >= 0 ? -1 : Math.max(0, Math.min(this.#total, Math.round(at)));
      this.#draw();
    };
    const scroll = () => {
      const box = this.getBoundingClientRect();
      const near = 40;
      const by = pointerY < box.top + near + 24 ? -12 : pointerY > box.bottom - near ? 12 : 0;
      if (by === 0 || (this.#gap < 0 && this.#target < 0)) return;
      this.scrollTop += by;
      aim();
    };
    watchDrag(event, {
      ...(note === undefined ? {} : { note }),
      label: count === 1 ? (this.querySelector(`[data-index="${index}"] .is-title`)?.textContent?.trim() || "1 row") : `${count} rows`,
      start: () => {
        if (!options.picks.keys.has(key)) options.picks.only(key, index);
        timer = setInterval(scroll, 16);
        redraw();
      },
      move: (move, place, sayBelow) => {
        pointerY = move.clientY;
        say = sayBelow;
        if (!place && inside(move)) aim();
        else if (this.#gap >= 0 || resting >= 0) {
          restOn(-1);
          this.#gap = -1;
          this.#draw();
        }
      },
      drop: () => {
        const onto = this.#rowAt(this.#droppedOnto);
        if (onto !== undefined) void options.nest?.(this.#inOrder(options), options.key(onto));
        else if (this.#dropped >= 0) void this.#moveTo(this.#dropped);
      },
      end: () => {
        clearInterval(timer);
        clearTimeout(rest);
        this.#dropped = this.#gap;
        this.#droppedOnto = this.#target;
        this.#gap = this.#target = -1;
        this.#draw();
      },
    });
  };

  /** The gap that was aimed at when the drag ended, and the row on which it rested. */
  #dropped = -1;
  #droppedOnto = -1;
}

/** @param {EventTarget | null} target */
function isControl(target) {
  return target instanceof Element && target.closest("input, textarea, select, button, a") !== null;
}

customElements.define("evenkeel-list", List);
