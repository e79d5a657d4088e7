// @ts-check
/**
 * The Product Backlog: one ordered list.
 *
 * 1. The filter, the text and the sorting live in the address; sorting for the eye never changes the order.
 * 2. Rows are moved by dragging, by Alt and arrows, to the top, to the bottom, to a place; between which rows is said here, the order is kept in Rust.
 *    Dropped onto a row they become its parts, as by Alt and the right arrow.
 * 3. Titles, sizes, kinds and severities are changed in the row; several picked items are changed together. A digit begins sizing.
 * 4. Ordering by score shows first what moves.
 * 5. The panel goes with the active row, except while a description is written in it.
 */
import { html, live, nothing, redraw, ref } from "../parts/draw.js";
import { ask, onOpened, refusal, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { openForm } from "../parts/dialog.js";
import { field } from "../parts/field.js";
import { kbd } from "../parts/keys.js";
import { carriedText, kindChoices, kindMark, kinds, kindText, severities, workText } from "../parts/kinds.js";
import { list } from "../parts/list.js";
import { menuButton, openMenu } from "../parts/menu.js";
import { Picks } from "../parts/picks.js";
import { capital, countText, numberText, sizeText } from "../parts/text.js";
import { act, fail, say, sayDone } from "../parts/toast.js";
import { compare, orderByScore, scoreItems } from "./scoring.js";
import { block, digitOf, isWriting, itemPanel, panelActs, remove, sizeItems } from "./item.js";
import { findDuplicates, refinements } from "./refinement.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */

const picks = new Picks();

/** @type {Map<string, BacklogRow>} rows that were drawn, for the commands that act on them */
const seen = new Map();

/** @type {{key: string, cell: "title" | "size", text: string | null, wrong: boolean} | null} the cell that is being edited, and what was typed */
let editing = null;

/** @type {{title: string, kind: string, size: string, place: "last" | "first" | "above", error: import("../host.js").Refusal | undefined} | null} the item that is being added */
let adding = null;

/** @type {string | null} what is being typed into the search; the address follows a moment later */
let searching = null;

/** The active row that the panel knows of. */
let followed = "";

addEventListener("hashchange", () => { editing = null; });
onOpened(() => {
  editing = adding = searching = null;
  followed = "";
  seen.clear();
});

/** @type {[Whereabouts, string][]} */
const places = [["open", "Open"], ["backlog", "Not selected"], ["selected", "Selected"], ["ended", "Done or cancelled"], ["all", "All"]];

/** @type {[SortView, string][]} */
const sorts = [
  ["order", "Their order"],
  ["score", "Score"],
  ["severityReach", "Severity × reach"],
  ["largest", "Largest first"],
  ["smallest", "Smallest first"],
  ["oldest", "Oldest first"],
  ["youngest", "Youngest first"],
];

/** @param {string | undefined} text */
function parts(text) {
  return text ? text.split(",") : [];
}

/**
 * What the address asks for; words that nobody knows are left out.
 * @param {Record<string, string>} params
 * @param {BacklogOverview} overview
 * @returns {{filter: BacklogFilter, sort: SortView}}
 */
function asked(params, overview) {
  const kind = parts(params.kind);
  return {
    filter: {
      whereabouts: places.find(([place]) => place === params.where)?.[0] ?? "open",
      kinds: kinds.filter((one) => kind.includes(one)),
      unsorted: kind.includes("unsorted"),
      severities: severities.filter((one) => parts(params.severity).includes(one)),
      lanes: overview.lanes.map(({ id }) => id).filter((id) => parts(params.lane).includes(id)),
      withoutSize: params.unsized === "1",
      ready: params.ready === "1" ? true : params.ready === "0" ? false : null,
      labels: parts(params.labels).map(decodeURIComponent),
      ratedBefore: params.aged === "1" ? overview.scoring.agedBefore : null,
      text: params.text ?? "",
    },
    sort: sorts.find(([sort]) => sort === params.sort)?.[0] ?? "order",
  };
}

const everything = { ready: "", kind: "", severity: "", lane: "", unsized: "", labels: "", aged: "", text: "", where: "" };

/** @param {Record<string, string>} params */
function isFiltered(params) {
  return Object.keys(everything).some((name) => params[name]);
}

function targets() {
  return picks.targets();
}

/** "PAY-12" or "3 items". */
function label() {
  const items = targets();
  return items.length === 1 ? (seen.get(items[0] ?? "")?.label ?? "1 item") : countText(items.length, "item");
}

/** @returns {BacklogRow[]} */
function targetRows() {
  return targets().flatMap((key) => seen.get(key) ?? []);
}

/**
 * @param {OrderPlace} to
 * @param {string[]} [items]
 */
async function move(to, items = targets()) {
  try {
    const outcome = await run({ backlog: { move: { items, to } } });
    if (outcome.note) say(outcome.note);
  } catch (error) {
    fail(error);
  }
}

/**
 * @param {BacklogOverview} overview
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(overview, context) {
  const any = () => picks.any();
  const rows = targetRows;
  const open = () => any() && rows().every((row) => row.place !== null);
  return [
    { id: "add", title: "Add an item", key: "n", main: true, run: () => startAdding() },
    { id: "find", title: "Search the Product Backlog", key: "/", run: () => document.getElementById("search")?.focus() },
    { id: "orderByScore", title: "Order by score…", key: "o", when: () => overview.counts.open > 1, run: () => orderByScore(picks.keys.size > 1 ? [...picks.keys] : null) },
    { id: "scoreItems", title: "Score…", key: "s", when: open, run: () => scoreItems(targets()) },
    { id: "compareItems", title: "Compare…", key: "c", when: () => open() && targets().length <= 2 && overview.counts.open > 1, run: () => compare(targets()) },
    { id: "openItem", title: "Open the item", key: "enter", when: any, run: () => context.set({ item: picks.active }) },
    { id: "renameItem", title: "Rename", key: "e", when: any, run: () => edit(picks.active, "title") },
    { id: "sizeItems", title: "Size", key: "z", when: any, run: () => size() },
    { id: "kindItems", title: "Kind of work", key: "k", when: any, run: () => openMenu(atActive(), kindActs()) },
    { id: "severityItems", title: "Severity", key: "v", when: () => any() && rows().every((row) => row.kind === "bug"), run: () => openMenu(atActive(), severityActs()) },
    { id: "ownerItems", title: "Owner", key: "w", when: () => any() && overview.members.length > 0, run: () => openMenu(atActive(), ownerActs(overview)) },
    { id: "topItems", title: "Move to the top", key: "alt+home", when: open, run: () => move("top") },
    { id: "bottomItems", title: "Move to the bottom", key: "alt+end", when: open, run: () => move("bottom") },
    { id: "placeItems", title: "Move to a place…", key: "m", when: open, run: () => moveToPlace(overview) },
    ...refinements({ items: targets, label, rows }),
    { id: "indentItems", title: "Make part of the item above", key: "alt+right", when: open, run: () => indent() },
    { id: "forecastItems", title: "When will they be done?", key: "shift+f", when: open, run: () => context.go("forecast", { ask: "when", of: "items", value: targets().join(" ") }) },
    { id: "duplicates", title: "Find duplicates…", key: "shift+d", when: () => overview.counts.open > 1, run: findDuplicates },
    { id: "blockItems", title: "Blocked…", key: "b", when: () => open() && rows().some((row) => row.blocked === null), run: () => block(targets()) },
    { id: "unblockItems", title: "Unblock", key: "shift+b", when: () => rows().some((row) => row.blocked !== null), run: () => act({ backlog: { unblock: { items: targets() } } }, `${label()} can go on`) },
    { id: "removeItems", title: "Remove…", key: "delete", when: any, run: () => remove(targets(), label(), () => picks.gone()) },
    ...(context.params.item ? panelActs() : []),
    { id: "closeItem", title: "Close the item", key: "escape", when: () => Boolean(context.params.item), run: () => close(context) },
    { id: "findEnded", title: "Look in done and cancelled ones too", key: "a", when: () => isFiltered(context.params) && !["ended", "all"].includes(asked(context.params, overview).filter.whereabouts), run: () => context.set({ where: "all" }) },
    { id: "oldInputs", title: `Show items rated more than ${countText(overview.scoring.limitDays, "day")} ago`, when: () => context.params.aged !== "1", run: () => context.set({ aged: "1", sort: "" }) },
    { id: "clearFilter", title: "Show all open items", when: () => isFiltered(context.params), run: () => context.set(everything) },
    {
      id: "criticalFirst",
      title: overview.criticalFirst ? "Leave critical bugs where they are" : "Put critical bugs first",
      run: () => act({ team: { setCriticalFirst: { on: !overview.criticalFirst } } }, overview.criticalFirst ? "Critical bugs stay where they are" : "A bug that becomes critical comes first"),
    },
  ];
}

/** Makes the picked items parts of the item right above the active one, or of what that is a part of: like an outline. */
function indent() {
  const items = targets();
  const above = document.getElementById(`backlog-${picks.index - 1}`)?.querySelector(".is-title")?.getAttribute("data-key");
  const row = above ? seen.get(above) : undefined;
  if (!row || items.includes(row.id)) return say("No item stands above it.");
  const now = seen.get(items[0] ?? "")?.parent?.id;
  // One part of the item above is a neighbour; whoever is beside it already goes one deeper.
  const parent = row.parent && row.parent.id !== now ? row.parent : row;
  return act({ backlog: { setParent: { items, parent: parent.id } } }, `${label()}: part of ${parent.label}`);
}

/** @param {Context} context */
function close(context) {
  context.set({ item: "" });
  focusList();
}

function focusList() {
  queueMicrotask(() => document.getElementById("backlog")?.focus());
}

/** Where the active row is in the window. */
function atActive() {
  const row = document.getElementById(`backlog-${picks.index}`)?.getBoundingClientRect();
  return row ? { x: row.left + 90, y: row.bottom } : { x: 240, y: 160 };
}

function kindActs() {
  return [...kinds, null].map((kind) => ({
    id: `kind-${kind}`,
    title: kindText(kind),
    run: () => act({ backlog: { setKind: { items: targets(), kind } } }, `${label()}: ${kindText(kind)}`),
  }));
}

function severityActs() {
  return [...severities, null].map((severity) => ({
    id: `severity-${severity}`,
    title: severity ?? "no severity",
    // The title of the step says where the policy puts what becomes critical.
    run: () => act({ backlog: { setSeverity: { items: targets(), severity } } }, severity === "critical" ? undefined : `${label()}: ${severity ?? "no severity"}`),
  }));
}

/** @param {BacklogOverview} overview */
function ownerActs(overview) {
  return [...overview.members, { id: null, name: "nobody" }].map(({ id, name }) => ({
    id: `owner-${id}`,
    title: name,
    run: () => act({ backlog: { assign: { items: targets(), owner: id } } }, `${label()}: ${name}`),
  }));
}

/**
 * Sizes the one item in its row, several in a dialog.
 * @param {string} [begun] the digit that was typed on the row
 */
function size(begun) {
  const items = targets();
  if (items.length !== 1) return sizeItems(items, label(), begun);
  return edit(items[0] ?? "", "size", begun);
}

/**
 * A digit that is typed on a row begins its size.
 * @param {KeyboardEvent} event
 */
function onDigit(event) {
  const digit = digitOf(event);
  if (digit === "" || !picks.any() || event.target !== document.getElementById("backlog")) return;
  event.preventDefault();
  void size(digit);
}

/** @param {BacklogOverview} overview */
function moveToPlace(overview) {
  const items = targets();
  return openForm({
    title: `Move ${label()}`,
    action: "Move",
    values: { to: "" },
    draw: (form) => form.field({ name: "to", label: "To place", type: "number", narrow: true, hint: `1 to ${numberText(overview.counts.open)}`, autofocus: true }),
    // What is no number is no place, and Rust says so.
    send: ({ to }) => run({ backlog: { move: { items, to: { place: /^\s*\d{1,9}\s*$/.test(to) ? Number(to) : 0 } } } }),
  });
}

/**
 * @param {string} key
 * @param {"title" | "size"} cell
 * @param {string} [begun] what was typed already
 */
function edit(key, cell, begun) {
  editing = key ? { key, cell, text: begun ?? null, wrong: false } : null;
  redraw();
}

/** Puts the cursor into a cell's field when it appears. */
const intoField = (/** @type {Element | undefined} */ element) => {
  if (!(element instanceof HTMLInputElement)) return;
  queueMicrotask(() => {
    element.focus();
    // What was typed already goes on; what is saved gives way.
    if (editing?.text) element.setSelectionRange(element.value.length, element.value.length);
    else element.select();
  });
};

/**
 * Saves the edited cell; what is refused stays open.
 * @param {string} text
 * @param {BacklogRow} row
 * @returns {Promise<boolean>} whether it is saved
 */
async function save(text, row) {
  const cell = editing;
  if (!cell) return true;
  const before = saved(row, cell.cell);
  let done = true;
  editing = null;
  if (text !== before) {
    try {
      await run(cell.cell === "title" ? { backlog: { rename: { item: row.id, title: text } } } : { backlog: { size: { items: [row.id], size: text } } });
    } catch (error) {
      editing ??= { ...cell, text, wrong: true };
      done = false;
      fail(error);
    }
  }
  redraw();
  return done;
}

/**
 * Saves the edited cell and goes on at once: the next key is meant for what comes next, however long the disk takes. What is refused is
 * edited again, unless something else is being typed by then.
 * @param {string} text
 * @param {BacklogRow} row
 * @param {() => void} goOn
 */
async function saveAndGoOn(text, row, goOn) {
  const cell = editing;
  const { index } = picks;
  const saving = save(text, row);
  goOn();
  if ((await saving) || !cell || (editing?.text && !editing.wrong)) return;
  editing = { ...cell, text, wrong: true };
  picks.only(row.id, index);
  redraw();
  queueMicrotask(() => /** @type {HTMLElement | null} */ (document.querySelector(".cell-field"))?.focus());
}

/**
 * What is saved, as it is typed.
 * @param {BacklogRow} row
 * @param {"title" | "size"} cell
 */
function saved(row, cell) {
  if (cell === "title") return row.title;
  return row.size === null ? "" : sizeText(row.size);
}

/**
 * @param {BacklogRow} row
 * @param {"title" | "size"} cell
 */
function cellField(row, cell) {
  return html`<input class="cell-field ${cell === "size" ? "is-number" : ""}" aria-label=${cell === "title" ? "Title" : "Points"} .value=${editing?.text ?? saved(row, cell)} ${ref(intoField)}
    @input=${(/** @type {InputEvent} */ event) => {
      if (editing) editing = { ...editing, text: /** @type {HTMLInputElement} */ (event.target).value, wrong: false };
      redraw();
    }}
    aria-invalid=${editing?.wrong ? "true" : "false"}
    @blur=${(/** @type {FocusEvent} */ event) => { if (editing?.key === row.id && editing.cell === cell && !editing.wrong) void save(/** @type {HTMLInputElement} */ (event.target).value, row); }}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      const text = /** @type {HTMLInputElement} */ (event.target).value;
      if (event.isComposing) return;
      if (event.key === "Enter") void saveAndGoOn(text, row, focusList);
      else if (event.key === "Escape") {
        editing = null;
        redraw();
        focusList();
      } else if (event.key === "Tab" && cell === "size") void saveAndGoOn(text, row, () => editBeside(row, event.shiftKey ? -1 : 1));
      else return;
      event.preventDefault();
      event.stopPropagation();
    }}>`;
}

/**
 * Goes on sizing in the row above or below.
 * @param {BacklogRow} row
 * @param {-1 | 1} by
 */
function editBeside(row, by) {
  const index = picks.active === row.id ? picks.index : -1;
  const next = index < 0 ? undefined : document.getElementById(`backlog-${index + by}`)?.querySelector(".is-title")?.getAttribute("data-key");
  if (!next) return focusList();
  picks.only(next, index + by);
  edit(next, "size");
}

/**
 * @param {BacklogRow} row
 * @param {() => Act[]} acts
 * @param {unknown} title
 * @param {string} says
 */
function cellMenu(row, acts, title, says) {
  return html`<button class="cell-button" tabindex="-1" aria-label=${says} @click=${(/** @type {MouseEvent} */ event) => {
    if (!picks.keys.has(row.id)) picks.only(row.id, Number(/** @type {HTMLElement} */ (event.currentTarget).closest("[data-index]")?.getAttribute("data-index") ?? -1));
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    openMenu({ x: box.left, y: box.bottom + 2 }, acts());
    redraw();
  }}>${title}</button>`;
}

/** @param {number} days */
function ageText(days) {
  if (days < 1) return "new";
  if (days < 21) return `${days} d`;
  return days < 140 ? `${Math.round(days / 7)} w` : `${Math.round(days / 30.4)} mo`;
}

/**
 * What stands quietly behind a title.
 * @param {BacklogRow} row
 */
function tail(row) {
  return [
    ...row.keys.map(({ key }) => key),
    row.hasParts && "has parts",
    row.parent && `part of ${row.parent.label}`,
    row.ready === true ? "ready" : row.ready === false && "not ready",
    row.waits[0] && !row.waits[0].wrong && row.waits[0].said,
    row.sprint?.name,
    row.category === "inProgress" || row.place === null ? row.state : "",
    carriedText(row.carried),
    row.owner,
  ].filter(Boolean);
}

/**
 * @param {BacklogRow} row
 * @param {{score: boolean, slim: boolean, slimmer: boolean}} shape
 */
function cells(row, { score, slim, slimmer }) {
  const edited = editing?.key === row.id ? editing.cell : null;
  const severity = row.kind === "bug" ? row.severity : null;
  const kind = html`${kindText(row.kind)}${severity ? html`, <span class=${severity === "critical" ? "is-grave" : ""}>${severity}</span>` : nothing}`;
  return [
    html`<span class="is-quiet">${row.place ?? "–"}</span>`,
    html`<span class="is-quiet">${row.label}</span>`,
    edited === "title" ? cellField(row, "title") : html`<span class="cell-title ${row.parent ? "is-part" : ""}">${kindMark(row.kind, severity)}<span class="cell-words"><span class="is-title" data-key=${row.id}>${row.title}</span>${
      tail(row).map((part) => html`<span class="cell-tail is-quiet">${part}</span>`)}</span>${row.blocked ? html`<span class="cell-blocked is-grave" title=${row.blocked}>blocked</span>` : nothing}${row.waits[0]?.wrong ? html`<span class="cell-blocked is-grave" title="${row.label} ${row.waits[0].said}">needs ${row.waits[0].label}</span>` : nothing}</span>`,
    ...(slimmer ? [] : [cellMenu(row, row.kind === "bug" ? () => [...severityActs(), ...kindActs().filter(({ title }) => title !== "bug")] : kindActs, kind, `Kind: ${workText(row.kind, row.severity)}. Change`)]),
    ...(slim ? [] : [row.lane?.name ?? html`<span class="is-quiet">none</span>`, html`<span class="is-quiet">${ageText(row.ageDays)}</span>`]),
    ...(score ? [scoreOf(row)] : []),
    edited === "size" ? cellField(row, "size") : html`<button class="cell-button ${row.size === null ? "is-quiet" : ""}" tabindex="-1" aria-label="Points: ${sizeText(row.size)}. Change"
      @click=${(/** @type {MouseEvent} */ event) => {
        picks.only(row.id, Number(/** @type {HTMLElement} */ (event.currentTarget).closest("[data-index]")?.getAttribute("data-index") ?? -1));
        edit(row.id, "size");
      }}>${sizeText(row.size)}</button>`,
  ];
}

/** @type {"score" | "severityReach"} */
let shownScore = "score";

/**
 * The head of the column of scores: "WSJF", or what is short for it.
 * @param {BacklogOverview} overview
 */
function scoreHead({ scoring }) {
  return scoring.title.length > 8 ? "Score" : scoring.title;
}

/** @param {BacklogRow} row */
function scoreOf(row) {
  const score = shownScore === "score" ? row.score : row.severityReach;
  return score === null ? html`<span class="is-quiet">no score</span>` : sizeText(score);
}

function startAdding() {
  adding ??= { title: "", kind: "feature", size: "", place: "last", error: undefined };
  redraw();
  queueMicrotask(() => document.getElementById("add-title")?.focus());
}

async function add() {
  if (!adding) return;
  const values = adding;
  const { title, kind, size, place } = values;
  // The next one can be typed while this one is on its way.
  adding = { ...values, title: "", size: "", error: undefined };
  redraw();
  try {
    const outcome = await run({
      backlog: {
        addItem: {
          title,
          size,
          ...(kind ? { kind: /** @type {WorkKind} */ (kind) } : {}),
          ...(place === "first" ? { first: true } : {}),
          ...(place === "above" && picks.active ? { before: picks.active } : {}),
        },
      },
    });
    sayDone(outcome, `${outcome.title.replace(/^Add /, "")} added`);
  } catch (error) {
    adding = { ...values, title: adding?.title || title, size: adding?.size || size, error: refusal(error) };
    queueMicrotask(() => document.getElementById(adding?.error?.field === "size" ? "add-size" : "add-title")?.focus());
  }
  redraw();
}

function stopAdding() {
  adding = null;
  redraw();
  focusList();
}

/** The row in which an item is added. */
function addBar() {
  if (!adding) return nothing;
  const values = adding;
  const bind = (/** @type {"title" | "kind" | "size" | "place"} */ name) => ({
    id: `add-${name}`,
    name,
    bare: true,
    value: values[name],
    error: values.error,
    change: (/** @type {any} */ value) => {
      if (adding) adding = { ...adding, [name]: value };
      redraw();
    },
  });
  // Who comes from another screen to add an item gets the focus here, not in the list.
  return html`<form class="add-bar" novalidate aria-label="Add an item" tabindex="-1" data-start
    @focus=${(/** @type {FocusEvent} */ event) => { if (event.target === event.currentTarget) document.getElementById("add-title")?.focus(); }}
    @submit=${(/** @type {SubmitEvent} */ event) => { event.preventDefault(); void add(); }}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      stopAdding();
    }}>
    ${field({ ...bind("title"), label: "Title", placeholder: "What is to be done?" })}
    ${field({ ...bind("kind"), label: "Kind of work", type: "choice", choices: [...kindChoices, { value: "", title: "unsorted" }] })}
    ${field({ ...bind("size"), label: "Points", type: "number", placeholder: "points" })}
    ${field({ ...bind("place"), label: "Where", type: "choice", choices: [{ value: "last", title: "last" }, { value: "first", title: "first" }, ...(picks.active ? [{ value: "above", title: "above the active item" }] : [])] })}
    <button type="submit" class="button is-main">Add</button>
    <button type="button" class="button" @click=${stopAdding}>Done</button>
  </form>`;
}

/**
 * A chip that turns a value of a list in the address on and off.
 * @param {Context} context
 * @param {string} name
 * @param {string} value
 * @param {unknown} title
 */
function chip(context, name, value, title) {
  const on = parts(context.params[name]).includes(value);
  return html`<button class="chip ${on ? "is-on" : ""}" aria-pressed=${on ? "true" : "false"} @click=${() => toggle(context, name, value)}>${title}</button>`;
}

/**
 * Turns a value of a list in the address on or off, whatever else changed there since it was drawn.
 * @param {Context} context
 * @param {string} name
 * @param {string} value
 */
function toggle(context, name, value) {
  context.set((params) => {
    const now = parts(params[name]);
    return { [name]: (now.includes(value) ? now.filter((one) => one !== value) : [...now, value]).join(",") };
  });
}

/**
 * @param {BacklogOverview} overview
 * @param {Context} context
 */
function filterBar(overview, context) {
  const { params } = context;
  const { filter, sort } = asked(params, overview);
  const pick = (/** @type {string} */ name, /** @type {string} */ now, /** @type {readonly (readonly [string, string])[]} */ choices, /** @type {string} */ none) =>
    choices.map(([value, title]) => ({ id: `${name}-${value}`, title, checked: value === now, run: () => context.set({ [name]: value === none ? "" : value }) }));
  const several = (/** @type {string} */ name, /** @type {{id: string, title: string}[]} */ choices) => choices.map(({ id, title }) => ({
    id: `${name}-${id}`,
    title,
    checked: parts(params[name]).includes(id),
    run: () => toggle(context, name, id),
  }));
  // What is seen on the button is heard too, with what it is about.
  const menu = (/** @type {string} */ about, /** @type {string} */ value, /** @type {string} */ unset, /** @type {() => Act[] | Promise<Act[]>} */ acts) => menuButton({
    title: value || unset,
    label: `${value || unset}. ${about}`,
    plain: true,
    acts,
  });
  const laneNames = overview.lanes.filter(({ id }) => filter.lanes.includes(id)).map(({ name }) => name).join(", ");
  return html`<div class="filter-bar" role="search">
    <span class="filter-text"><input id="search" type="search" placeholder="Search" aria-label="Search title, description, label and key" .value=${live(searching ?? params.text ?? "")}
      @input=${(/** @type {InputEvent} */ event) => {
        searching = /** @type {HTMLInputElement} */ (event.target).value;
        context.set({ text: searching }, true);
      }}
      @blur=${() => { searching = null; }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Escape" && (searching ?? params.text)) {
          searching = null;
          context.set({ text: "" }, true);
        }
        else if (event.key !== "Escape" && event.key !== "Enter" && event.key !== "ArrowDown") return;
        event.preventDefault();
        focusList();
      }}>${searching || params.text ? nothing : kbd("/")}</span>
    ${kinds.map((kind) => chip(context, "kind", kind, html`${kindMark(kind, null)}${kind}`))}
    ${overview.counts.unsorted > 0 || filter.unsorted ? chip(context, "kind", "unsorted", html`${kindMark(null, null)}unsorted ${numberText(overview.counts.unsorted)}`) : nothing}
    ${chip(context, "unsized", "1", `unsized ${numberText(overview.counts.withoutSize)}`)}
    ${params.aged ? chip(context, "aged", "1", "old inputs") : nothing}
    <span class="filter-menus">
      ${menu("Filter by severity", filter.severities.join(", "), "Severity", () => several("severity", severities.map((id) => ({ id, title: id }))))}
      ${menu("Filter by lane", laneNames, "Lane", () => several("lane", overview.lanes.map(({ id, name }) => ({ id, title: name }))))}
      ${overview.hasLabels || filter.labels?.length ? menu("Filter by label", filter.labels?.join(", ") ?? "", "Label", async () => {
        const used = await ask({ backlog: { labels: {} } });
        return several("labels", [...new Set([...used.map(({ name }) => name), ...(filter.labels ?? [])])].map((name) => ({ id: encodeURIComponent(name), title: name })));
      }) : nothing}
      ${menu("Filter by ready", params.ready === "1" ? "Ready" : params.ready === "0" ? "Not ready" : "", "Ready", () => pick("ready", params.ready ?? "", [["1", "Ready"], ["0", "Not said to be ready"], ["", "All"]], ""))}
      ${menu("Which items", places.find(([place]) => place === filter.whereabouts)?.[1] ?? "", "", () => pick("where", filter.whereabouts, places, "open"))}
      ${menu("Sort for the eye", sort === "order" ? "" : sort === "score" ? capital(overview.scoring.title) : sorts.find(([one]) => one === sort)?.[1] ?? "", "Sort", () => pick("sort", sort, sorts, "order"))}
    </span>
  </div>`;
}

/**
 * @param {BacklogOverview} overview
 * @param {Context} context
 */
function draw(overview, context) {
  const { counts } = overview;
  const acts = commands(overview, context);
  const one = (/** @type {string} */ id) => acts.find((act) => act.id === id);
  const nobody = counts.open + counts.ended === 0;
  const shown = panelItem(context);
  return html`
    <div class="screen-head">
      <div><h1>Product Backlog</h1>
        <p class="is-quiet">${nobody ? "One ordered list of all work." : html`${countText(counts.open, "item")} open, ${numberText(counts.withoutSize)} unsized${counts.unsorted > 0 ? `, ${numberText(counts.unsorted)} unsorted` : ""}. ${overview.criticalFirst ? "A bug that becomes critical comes first." : "Critical bugs stay where they are."}`}</p></div>
      <div class="screen-acts">${button(one("clearFilter"), { plain: true })}${button(one("orderByScore"))}${button(one("add"))}</div>
    </div>
    ${nobody ? nothing : filterBar(overview, context)}
    ${addBar()}
    ${nobody ? nobodyYet(context) : html`<div class="backlog-parts" @keydown=${onDigit}>${rows(overview, context, shown)}${
      shown ? itemPanel(shown, overview, { close: () => close(context), show: (id) => context.set({ item: id }) }) : nothing}</div>`}`;
}

/**
 * The item of the panel: the one of the address, or the row that became active since, which then comes into the address.
 * @param {Context} context
 */
function panelItem(context) {
  const { item = "" } = context.params;
  const { active, keys } = picks;
  if (item === "") followed = active;
  // The address is ahead of the drawing while rows are gone through quickly.
  const now = item === "" ? "" : (new URLSearchParams(location.hash.split("?")[1] ?? "").get("item") ?? item);
  if (now === "" || active === followed || isWriting(now)) return now;
  followed = active;
  // The list makes a row active by itself where it gets the focus; only a person picks one.
  if (active === now || !keys.has(active)) return now;
  context.set({ item: active }, true);
  return active;
}

/** @param {Context} context */
function nobodyYet(context) {
  return empty({
    title: "The Product Backlog is empty",
    text: html`Here stands all work in one order: features, bugs, technical debt and infrastructure. Bring it in from Jira, Azure DevOps or any CSV, or add the first item with ${kbd("n")}.`,
    acts: [
      { id: "import", title: "Import items…", main: true, run: () => context.go("import") },
      { id: "addFirst", title: "Add an item", run: startAdding },
    ],
  });
}

/** Whether the list was drawn for a window that is narrow for its letters. */
let narrow = false;

function isNarrow() {
  return innerWidth < 84 * parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--size"));
}

addEventListener("resize", () => {
  if (isNarrow() !== narrow) redraw();
});

/**
 * A width that grows with the letters: a list's head is set smaller than its rows.
 * @param {number} times
 */
function em(times) {
  return `calc(var(--size) * ${times})`;
}

/**
 * @param {BacklogOverview} overview
 * @param {Context} context
 * @param {string} shown the item of the panel, "" while it is closed
 */
function rows(overview, context, shown) {
  const { params } = context;
  const { filter, sort } = asked(params, overview);
  narrow = isNarrow();
  // What the panel or the square of an item says too gives its room to the titles.
  const slim = shown !== "" || narrow;
  const slimmer = shown !== "" && narrow;
  const score = sort === "score" || sort === "severityReach";
  if (sort === "score" || sort === "severityReach") shownScore = sort;
  const canMove = sort === "order" && filter.whereabouts !== "ended" && filter.whereabouts !== "all";
  const heads = ["", "", "Product Backlog", ...(slimmer ? [] : ["Kind"]), ...(slim ? [] : ["Lane", "Age"]), ...(score ? [sort === "score" ? scoreHead(overview) : "Sev. × reach"] : []), "Points"];
  return list({
    id: "backlog",
    label: sort === "order" ? "Product Backlog, in order" : `Product Backlog, ${sorts.find(([one]) => one === sort)?.[1] ?? ""}`,
    source: async (from, limit) => {
      const answer = await ask({ backlog: { window: { filter, sort, from, limit } } });
      for (const row of answer.rows) seen.set(row.id, row);
      return answer;
    },
    question: JSON.stringify([filter, sort]),
    key: (row) => row.id,
    columns: [em(3.2), em(5.6), "minmax(0, 1fr)", ...(slimmer ? [] : [em(7.7)]), ...(slim ? [] : [em(8), em(3.6)]), ...(score ? [em(6)] : []), em(4.8)].join(" "),
    head: heads,
    numeric: [0, heads.length - 1, ...(score ? [heads.length - 2] : [])],
    picks,
    ...(editing ? { keep: editing.key } : {}),
    tone: (row) => (row.place === null ? "is-quiet" : row.id === shown ? "is-chosen" : ""),
    row: (row) => cells(row, { score, slim, slimmer }),
    open: (row) => context.set({ item: row.id }),
    ...(canMove ? { move: (/** @type {string[]} */ items, /** @type {import("../parts/list.js").Place} */ place) => place.before !== null ? move({ before: place.before }, items) : place.after !== null ? move({ after: place.after }, items) : undefined,
      nest: (/** @type {string[]} */ items, /** @type {string} */ parent) => act({ backlog: { setParent: { items, parent } } }),
      nested: (/** @type {BacklogRow} */ row) => `Part of ${row.label}` } : {}),
    menu: () => commands(overview, context).filter(({ id }) => id.endsWith("Items") || id === "openItem" || id === "renameItem"),
    empty: empty({
      title: "No item matches",
      text: params.text ? html`Nothing starts with “${params.text}” among these items: words of titles and descriptions, labels and keys are searched.` : "No item passes the filter.",
      acts: [
        ...commands(overview, context).filter(({ id }) => id === "findEnded").map((one) => ({ ...one, title: "Look in done and cancelled ones too (A)", main: true })),
        { id: "clear", title: "Show all open items", run: () => context.set(everything) },
      ],
    }),
  });
}

/**
 * Items for the palette.
 * @param {string} text
 */
async function find(text) {
  if (text.trim().length < 2) return [];
  const filter = { whereabouts: /** @type {const} */ ("all"), kinds: [], unsorted: false, severities: [], lanes: [], withoutSize: false, text };
  const answer = await ask({ backlog: { window: { filter, sort: "match", from: 0, limit: 60 } } });
  return answer.rows.map((row) => ({
    title: row.title,
    note: [row.label, row.place === null ? row.state : row.sprint?.name].filter(Boolean).join(" · "),
    ended: row.place === null,
    run: () => { location.hash = `#/item?id=${row.id}`; },
  }));
}

/** @type {import("../main.js").Screen} */
export const backlog = {
  name: "backlog",
  title: "Backlog",
  group: "Planning",
  key: "g b",
  query: () => ({ backlog: { overview: {} } }),
  draw,
  commands,
  everywhere: (context) => [{ id: "newItem", title: "Add an item to the Product Backlog", when: () => !location.hash.startsWith("#/backlog"), run: () => { context.go("backlog"); startAdding(); } }],
  find,
};
