// @ts-check
/**
 * Prioritisation: the open items by their scores, the picture of value and effort, what debt cost in interrupts.
 *
 * 1. A score advises: nothing here changes the order but “Order by score”, which shows first what moves.
 * 2. In the picture an item is put elsewhere by dragging, or by Alt and an arrow; arrows alone go from item to item.
 * 3. Every figure and every sentence comes from Rust.
 */
import { html, nothing, redraw, repeat, vars } from "../parts/draw.js";
import { ask, onOpened } from "../host.js";
import { button, empty } from "../parts/button.js";
import { watchDrag } from "../parts/drag.js";
import { isOffered, kbd } from "../parts/keys.js";
import { kindMark, workText } from "../parts/kinds.js";
import { list } from "../parts/list.js";
import { Picks } from "../parts/picks.js";
import { table } from "../parts/table.js";
import { capital, countText, numberText, sizeText } from "../parts/text.js";
import { act } from "../parts/toast.js";
import { compare, howWeScore, interrupts, orderByScore, scoreItems } from "./scoring.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[PriorityOverview, PriorityPicture | DebtInterestList | null]} View */

const picks = new Picks();

/** The item of the picture that the keys are on. */
let at = "";

onOpened(() => { at = ""; });

const ways = /** @type {const} */ ([["", "By score"], ["picture", "Value and effort"], ["interest", "Debt interest"]]);

/**
 * @param {View[1]} view
 * @returns {view is PriorityPicture}
 */
function isPicture(view) {
  return view !== null && "quarters" in view;
}

/**
 * The items that a command acts on: picked in the list, or the one of the picture that has the keys.
 * @param {View} view
 */
function targets([, view]) {
  if (view === null) return picks.targets();
  return isPicture(view) && chip(view, at) ? [at] : [];
}

/**
 * @param {PriorityPicture} view
 * @param {string} id
 * @returns {PicturedItem | UnplacedItem | undefined}
 */
function chip(view, id) {
  return view.items.find(({ item }) => item === id) ?? view.unplaced.find(({ item }) => item === id);
}

/**
 * @param {View} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(view, context) {
  const [overview, shown] = view;
  const some = () => targets(view);
  return [
    { id: "score", title: "Score items…", key: "s", main: true, when: () => overview.open > 0, run: () => scoreItems(picks.keys.size > 1 && shown === null ? [...picks.keys] : null) },
    { id: "scoreThis", title: "Score this item…", key: "shift+s", when: () => some().length > 0, run: () => scoreItems(some()) },
    { id: "orderByScore", title: "Order by score…", key: "o", when: () => overview.open > 1, run: () => orderByScore(shown === null && picks.keys.size > 1 ? [...picks.keys] : null) },
    { id: "compare", title: "Compare…", key: "c", when: () => some().length > 0 && overview.open > 1, run: () => compare(some()) },
    { id: "howWeScore", title: "How we score…", key: "w", run: () => howWeScore() },
    { id: "openScored", title: "Open the item", key: "enter", when: () => some().length > 0, run: () => context.go("item", { id: some()[0] ?? "" }) },
    ...ways.map(([name, title], n) => ({ id: `way-${name || "list"}`, title: `Show: ${title.toLowerCase()}`, key: String(n + 1), when: () => (context.params.view ?? "") !== name, run: () => context.set({ view: name }) })),
  ];
}

/**
 * @param {View} view
 * @param {Context} context
 */
function draw(view, context) {
  const [overview, shown] = view;
  const acts = commands(view, context);
  const one = (/** @type {string} */ id) => acts.find((act) => act.id === id);
  return html`
    <div class="screen-head">
      <div><h1>Priority</h1><p class="is-quiet">${summary(overview)}</p></div>
      <div class="screen-acts">${button(one("howWeScore"), { plain: true })}${button(one("compare"))}${button(one("orderByScore"))}${button(one("score"))}</div>
    </div>
    <div class="filter-bar">${ways.map(([name, title]) => {
      const on = (context.params.view ?? "") === name;
      return html`<button class="chip ${on ? "is-on" : ""}" aria-pressed=${on ? "true" : "false"} @click=${() => context.set({ view: name })}>${title}</button>`;
    })}
    ${shown === null && overview.aged > 0 ? html`<button class="chip ${context.params.aged ? "is-on" : ""}" aria-pressed=${context.params.aged ? "true" : "false"} @click=${() => context.set({ aged: context.params.aged ? "" : "1" })}>old inputs ${numberText(overview.aged)}</button>` : nothing}</div>
    ${overview.open === 0 && overview.withInterest === 0 ? nothingYet(context) : shown === null ? scores(view, context) : isPicture(shown) ? pictured(shown, view, context) : debt(shown, context)}`;
}

/**
 * "Scored by WSJF: … 12 of 31 open items have a score, 14 wait for a rating, 5 for a size. 3 were rated more than 90 days ago."
 * @param {PriorityOverview} overview
 */
function summary({ rules, open, scored, toRate, toSize, apart, aged }) {
  const waiting = [
    toRate > 0 ? `${numberText(toRate)} ${toRate === 1 ? "waits" : "wait"} for a rating` : "",
    toSize > 0 ? `${numberText(toSize)} for a size or a severity` : "",
    apart > 0 ? `to ${numberText(apart)} it does not apply` : "",
  ].filter(Boolean);
  const items = countText(open, "open item");
  const have = scored === 1 ? "has" : "have";
  const whose = open > 1 && scored === open ? `All ${items}` : `${numberText(scored)} of ${items}`;
  const sentences = [
    `Scored by ${rules.title}${rules.title === rules.formula ? "" : `: ${rules.formula}`}.`,
    open > 0 ? `${whose} ${have} a score${["", ...waiting].join(", ")}.` : "",
    aged > 0 ? `${countText(aged, "item")} ${aged === 1 ? "was" : "were"} rated more than ${countText(rules.limitDays, "day")} ago.` : "",
    "A score advises; the order is the Product Owner’s.",
  ];
  return sentences.filter(Boolean).join(" ");
}

/** @param {Context} context */
function nothingYet(context) {
  return empty({
    title: "Nothing to prioritise yet",
    text: "Scores help to order the open items of the Product Backlog. Add or import items first.",
    acts: [{ id: "toBacklog", title: "Go to the Product Backlog", main: true, run: () => context.go("backlog") }],
  });
}

/**
 * The open items by their scores.
 * @param {View} view
 * @param {Context} context
 */
function scores(view, context) {
  const [{ rules }] = view;
  /** @type {BacklogFilter} */
  const filter = { whereabouts: "open", kinds: [], unsorted: false, severities: [], lanes: [], withoutSize: false, ratedBefore: context.params.aged ? rules.agedBefore : null, text: "" };
  return list({
    id: "scores",
    label: `Open items by ${rules.title}`,
    source: (from, limit) => ask({ backlog: { window: { filter, sort: "score", from, limit } } }),
    question: JSON.stringify([filter, rules.method]),
    key: (row) => row.id,
    columns: "calc(var(--size) * 3.2) calc(var(--size) * 5.6) minmax(0, 1fr) minmax(0, calc(var(--size) * 27)) calc(var(--size) * 5.6)",
    head: ["Place", "", "By score", "How it is made", rules.title.length > 12 ? "Score" : capital(rules.title)],
    numeric: [0, 3, 4],
    picks,
    row: (row) => [
      html`<span class="is-quiet">${row.place ?? "–"}</span>`,
      html`<span class="is-quiet">${row.label}</span>`,
      html`<span class="cell-title">${kindMark(row.kind, row.severity)}<span class="cell-words"><span class="is-title">${row.title}</span>${row.aged ? html`<span class="cell-tail score-old">old inputs</span>` : nothing}${row.hasParts ? html`<span class="cell-tail is-quiet">has parts</span>` : nothing}</span></span>`,
      html`<span class="is-quiet" title=${row.scoreText}>${row.scoreText}</span>`,
      row.score === null ? html`<span class="is-quiet">no score</span>` : sizeText(row.score),
    ],
    open: (row) => context.go("item", { id: row.id }),
    menu: () => commands(view, context).filter((one) => ["scoreThis", "compare", "openScored"].includes(one.id) && isOffered(one)),
    empty: empty({ title: "No item", text: context.params.aged ? html`No open item was rated more than ${countText(rules.limitDays, "day")} ago.` : "There is no open item.", acts: [{ id: "all", title: "Show all open items", run: () => context.set({ aged: "" }) }] }),
  });
}

/**
 * The picture of value and effort: a grid of their steps, an item is a button in a cell.
 * @param {PriorityPicture} picture
 * @param {View} view
 * @param {Context} context
 */
function pictured(picture, view, context) {
  const active = chip(picture, at) ?? picture.items[0] ?? picture.unplaced[0];
  const rows = [...picture.values.keys()].reverse();
  const columns = [...picture.efforts.keys()];
  return html`<div class="value-effort" @keydown=${(/** @type {KeyboardEvent} */ event) => onArrow(event, picture)}>
    <p class="value-finding">${picture.finding}${picture.beyond > 0 ? ` ${countText(picture.beyond, "more item")} further down the Product Backlog ${picture.beyond === 1 ? "is" : "are"} not shown.` : ""}</p>
    <div class="value-plot">
      <div class="value-axis" aria-hidden="true"><span>value →</span></div>
      <div class="value-grid" role="group" aria-label="Value and effort: ${picture.finding}">
        ${picture.quarters.map(({ quarter, title, items }) => html`<span class="value-quarter is-${quarter}">${title} <span class="is-number">${items}</span></span>`)}
        ${rows.map((row) => html`<span class="value-step is-row" ${vars({ "--row": rows.length - row })}>${sizeText(picture.values[row])}</span>`)}
        ${rows.map((row) => columns.map((column) => html`<div class="value-cell" data-drop="${row},${column}" ${vars({ "--row": rows.length - row, "--column": column + 2 })}>
          ${repeat(picture.items.filter(({ spot }) => spot.row === row && spot.column === column), ({ item }) => item, (item) => chipOf(item, picture, active?.item === item.item, context))}</div>`))}
        ${columns.map((column) => html`<span class="value-step is-column" ${vars({ "--column": column + 2 })}>${sizeText(picture.efforts[column])}</span>`)}
        <span class="value-effort-name" aria-hidden="true">effort, or size →</span>
      </div>
    </div>
    <p class="value-says" role="status">${active ? says(active) : "No open item yet."}</p>
    ${picture.without > 0 ? html`<section><h2>Not in the picture: ${numberText(picture.without)}</h2>
      <p class="is-quiet">They lack a value, or an effort and a size. Drag one into the picture, or press ${kbd("alt+up")}.</p>
      <div class="value-tray">${repeat(picture.unplaced, ({ item }) => item, (item) => chipOf(item, picture, active?.item === item.item, context))}
      ${picture.without > picture.unplaced.length ? html`<span class="is-quiet">and ${countText(picture.without - picture.unplaced.length, "more", "more")}</span>` : nothing}</div></section>` : nothing}
    <details class="value-table"><summary>The same as a table</summary>${table({
      caption: "Value and effort of the items",
      columns: [
        { title: "Item", cell: (row) => `${row.label} ${row.title}` },
        { title: "Value", numeric: true, cell: (row) => sizeText(row.value) },
        { title: "Effort", numeric: true, cell: (row) => `${sizeText(row.effort)}${row.bySize ? " (size)" : ""}` },
        { title: "Quarter", cell: (row) => picture.quarters.find(({ quarter }) => quarter === row.spot.quarter)?.title ?? "" },
      ],
      rows: picture.items,
    })}</details>
  </div>`;
}

/** @param {PicturedItem | UnplacedItem} item */
function says(item) {
  const own = "lacks" in item ? item.lacks : `value ${sizeText(item.value)}, ${item.bySize ? "size" : "effort"} ${sizeText(item.effort)}, place ${item.place}`;
  return `${item.label} ${item.title}: ${own}`;
}

/**
 * @param {PicturedItem | UnplacedItem} item
 * @param {PriorityPicture} picture
 * @param {boolean} active
 * @param {Context} context
 */
function chipOf(item, picture, active, context) {
  const placed = "spot" in item;
  return html`<button id="chip-${item.item}" class="value-chip ${active ? "is-active" : ""}" tabindex=${active ? "0" : "-1"} aria-label=${says(item)} title=${item.title}
    @focus=${() => { if (at !== item.item) { at = item.item; redraw(); } }}
    @dblclick=${() => context.go("item", { id: item.item })}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.altKey || event.ctrlKey) return;
      event.preventDefault();
      event.stopPropagation();
      context.go("item", { id: item.item });
    }}
    @pointerdown=${(/** @type {PointerEvent} */ press) => watchDrag(press, {
      label: item.label,
      drop: (_, place) => {
        const [row, column] = (place?.dataset.drop ?? "").split(",").map(Number);
        if (place && row !== undefined && column !== undefined) void put(item, picture, row, column);
      },
    })}>${placed ? kindMark(item.kind, item.severity) : nothing}<span>${item.label}</span>${picture.items.length <= 30 ? html`<span class="is-title">${item.title}</span>` : nothing}</button>`;
}

/**
 * Puts an item to a cell; only what changes is written.
 * @param {PicturedItem | UnplacedItem} item
 * @param {PriorityPicture} picture
 * @param {number} row
 * @param {number} column
 */
async function put(item, picture, row, column) {
  const placed = "spot" in item ? item.spot : { row: -1, column: -1 };
  const value = row === placed.row ? null : (picture.values[row] ?? null);
  const effort = column === placed.column ? null : (picture.efforts[column] ?? null);
  at = item.item;
  if (value === null && effort === null) return;
  await act({ priority: { place: { item: item.item, value, effort } } });
  document.getElementById(`chip-${item.item}`)?.focus();
}

/**
 * Arrows go to the nearest item in their direction; with Alt they carry the item along.
 * @param {KeyboardEvent} event
 * @param {PriorityPicture} picture
 */
function onArrow(event, picture) {
  const step = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
  const item = chip(picture, at);
  if (!step || !item || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement) || !event.target.classList.contains("value-chip")) return;
  event.preventDefault();
  event.stopPropagation();
  const [up = 0, right = 0] = step;
  if (event.altKey) {
    const last = { row: picture.values.length - 1, column: picture.efforts.length - 1 };
    const now = "spot" in item ? item.spot : null;
    // What has no place yet comes into the middle, or to what it has.
    const middle = Math.floor(last.row / 2);
    const row = now ? Math.min(last.row, Math.max(0, now.row + up)) : nearest(picture.values, item.value, middle);
    const column = now ? Math.min(last.column, Math.max(0, now.column + right)) : nearest(picture.efforts, item.effort, middle);
    void put(item, picture, row, column);
    return;
  }
  const chips = [...document.querySelectorAll(".value-chip")].map((element) => ({ element: /** @type {HTMLElement} */ (element), box: element.getBoundingClientRect() }));
  const from = event.target.getBoundingClientRect();
  // How far it is in the direction, and how far beside it.
  const along = (/** @type {DOMRect} */ box) => (up !== 0 ? (from.top - box.top) * up : (box.left - from.left) * right);
  const beside = (/** @type {DOMRect} */ box) => Math.abs(up !== 0 ? box.left - from.left : box.top - from.top);
  const found = chips.filter(({ box }) => along(box) > 1).sort((one, other) => along(one.box) + 3 * beside(one.box) - along(other.box) - 3 * beside(other.box))[0];
  found?.element.focus();
}

/**
 * The step nearest to an amount; the one that is given where there is no amount.
 * @param {number[]} steps
 * @param {number | null} amount
 * @param {number} none
 */
function nearest(steps, amount, none) {
  if (amount === null) return none;
  return steps.reduce((best, step, at) => (Math.abs(step - amount) < Math.abs((steps[best] ?? 0) - amount) ? at : best), 0);
}

/**
 * What items cost in interrupts.
 * @param {DebtInterestList} view
 * @param {Context} context
 */
function debt({ rows }, context) {
  return table({
    caption: "Open items that caused interrupts, the dearest first",
    columns: [
      { title: "Item", cell: (row) => html`<button class="item-link" @click=${() => context.go("item", { id: row.item })}>${row.label} ${row.title}</button> <span class="is-quiet">${workText(row.kind, null)}</span>` },
      { title: "Debt interest", cell: (row) => row.interest.text },
      { title: "Hours a point", numeric: true, cell: (row) => row.formula ?? html`<span class="is-quiet">${row.size === null ? "unsized" : "–"}</span>` },
      { title: "Interrupts behind it", cell: (row) => interrupts(row) },
    ],
    rows,
    key: (row) => row.item,
    empty: empty({
      title: "No item caused an interrupt",
      text: "Debt interest is what technical debt costs: the hours of the interrupts that an item caused. Say at an interrupt which item caused it.",
      acts: [{ id: "toInterrupts", title: "Go to the interrupts", main: true, run: () => context.go("interrupts") }],
    }),
  });
}

/** @type {import("../main.js").Screen} */
export const priority = {
  name: "priority",
  title: "Priority",
  group: "Planning",
  key: "g v",
  query: (params) => [
    { priority: { overview: {} } },
    ...(params.view === "picture" ? [{ priority: { picture: {} } }] : params.view === "interest" ? [{ priority: { debtInterest: {} } }] : []),
  ],
  draw: (view, context) => draw([view[0], view[1] ?? null], context),
  commands: (view, context) => commands([view[0], view[1] ?? null], context),
  keys: [["left right up down", "In the picture, go to the next item; with Alt move it"]],
};
