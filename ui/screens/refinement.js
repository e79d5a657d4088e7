// @ts-check
/**
 * Refinement: splitting, merging, parts, dependencies, labels, attachments, ready, and similar items of the past. Parts of the item's page and
 * dialogs of the Product Backlog; both show the same.
 *
 * 1. What is chosen is another item by its label or words, found as one types; arrows move, Enter takes.
 * 2. Nothing is merged without both items side by side; what leaves a running Sprint is said before.
 * 3. An attachment is text. The address of a web page or of mail is opened by the system, on demand; any address can be copied, and nothing is
 *    ever read from it here.
 * 4. A pair that is not the same is not proposed again; what was said so can be seen and taken back.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, host, onOpened, run } from "../host.js";
import { openDialog, openForm } from "../parts/dialog.js";
import { field } from "../parts/field.js";
import { kindMark } from "../parts/kinds.js";
import { withProgress } from "../parts/progress.js";
import { table } from "../parts/table.js";
import { countText, sizeText } from "../parts/text.js";
import { act, fail, say, sayDone } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */

/** @type {{id: string, asked: number, items: SimilarItem[]}} similar items of the one that is shown */
let similar = { id: "", asked: -1, items: [] };

onOpened(() => { similar = { id: "", asked: -1, items: [] }; });

/**
 * What items of the past say of the size of one; asked when it is shown first.
 * @param {string} id
 */
function similarTo(id) {
  if (similar.id !== id || similar.asked !== generation()) {
    const asked = generation();
    similar = { id, asked, items: similar.id === id ? similar.items : [] };
    ask({ backlog: { similar: { item: id } } }).then((items) => {
      if (similar.id !== id || similar.asked !== asked) return;
      similar = { id, asked, items };
      redraw();
    }, fail);
  }
  return similar.id === id ? similar.items : [];
}

/**
 * Similar items with their sizes and how they went; nothing where there are none.
 * @param {string} id
 * @param {Place} [place] where another item is shown; none in a dialog
 */
export function similarItems(id, place) {
  const items = similarTo(id);
  if (items.length === 0) return nothing;
  return html`<section class="similar"><h2>Similar, done before</h2>
    <ul>${items.map((one) => html`<li><span class="is-number">${sizeText(one.size)}</span><span>${place ? html`<button type="button" class="item-link" @click=${() => place.show(one.id)}>${one.title}</button>` : one.title} <span class="is-quiet">${one.label}${one.went ? `, ${one.went}` : ""}</span></span></li>`)}</ul></section>`;
}

/** @typedef {{show: (id: string) => void}} Place */

/**
 * What stands at the top of an item: whether it is ready, what it waits for, where it was merged.
 * @param {ItemPage} page
 * @param {Place} place
 */
export function readySaid(page, place) {
  const { row } = page;
  const waits = row.waits.filter(({ wrong }) => !wrong).map(({ said }) => said);
  return html`${page.mergedInto ? html`<p class="item-note">Merged into ${link(page.mergedInto, place)}, which goes on for both.</p>` : nothing}
    ${row.place === null ? nothing : html`<p class="item-ready">${row.ready === true ? html`<strong>Ready</strong>` : row.ready === false ? html`<strong class="is-grave">Not ready</strong>` : html`<span class="is-quiet">Not said to be ready</span>`}${
      [...page.unready.filter((one) => one !== "nobody said that it is ready").map((one) => one.replace(/^not ready: /, "")), ...waits].map((one) => html`<span class="is-quiet"> · ${one}</span>`)}</p>
    ${page.definitionOfReady.length > 0 && row.ready !== true ? html`<details class="item-ready-lines"><summary>Definition of Ready</summary><ul>${page.definitionOfReady.map((one) => html`<li>${one}</li>`)}</ul></details>` : nothing}`}`;
}

/**
 * The labels of an item, and the way to more.
 * @param {ItemPage} page
 */
export function labels({ row, labels }) {
  return html`<div class="item-labels">${labels.map((name) => html`<span class="item-label"><span title=${name}>${name}</span><button aria-label="Take label ${name} away" title="Take away" @click=${() => void act({ backlog: { label: { items: [row.id], remove: [name] } } })}>×</button></span>`)}
    <button class="button is-plain" @click=${() => void labelItems([row.id], row.label)}>${labels.length > 0 ? "Label…" : "Add a label…"}</button></div>`;
}

/**
 * The tree of parts, what it needs, what is attached, similar items.
 * @param {ItemPage} page
 * @param {Place} place
 */
export function belongings(page, place) {
  const { row } = page;
  const id = row.id;
  return html`
    ${page.tree.length > 0 ? html`<section><h2>Parts</h2><ul class="item-tree">${page.tree.map((line) => html`<li class="is-depth-${Math.min(line.depth, 5)} ${line.item.id === id ? "is-here" : ""}" aria-current=${line.item.id === id ? "true" : nothing}>
        ${line.item.id === id ? html`<span>${line.item.label} ${line.item.title}</span>` : link(line.item, place)}<span class="is-number is-quiet">${sizeText(line.item.size)}</span></li>`)}</ul>
      ${page.parts.length > 0 ? html`<p class="is-quiet">The parts are selected; this item's own size counts nowhere.</p>` : nothing}</section>` : nothing}
    ${page.needs.length > 0 ? html`<section><h2>Needs</h2><ul class="item-parts">
      ${page.needs.map((one) => html`<li><span>${link(one, place)}${saidOf(page, one)}</span>${away(`${row.label} does not need ${one.label}`, { needNoMore: { item: id, needed: one.id } })}</li>`)}</ul></section>` : nothing}
    ${page.neededBy.length > 0 ? html`<section><h2>Blocks</h2><ul class="item-parts">
      ${page.neededBy.map((one) => html`<li><span>${link(one, place)}</span>${away(`${one.label} does not need ${row.label}`, { needNoMore: { item: one.id, needed: id } })}</li>`)}</ul></section>` : nothing}
    ${page.tookIn.length > 0 ? html`<section><h2>Merged into it</h2><ul class="item-parts">${page.tookIn.map((one) => html`<li>${link(one, place)}</li>`)}</ul></section>` : nothing}
    ${page.notTheSame.length > 0 ? html`<section><h2>Not the same as</h2><ul class="item-parts">
      ${page.notTheSame.map((one) => html`<li><span>${link(one, place)}</span>${away(`${row.label} may be the same as ${one.label}`, { tellApartNoMore: { one: id, other: one.id } })}</li>`)}</ul></section>` : nothing}
    ${page.attachments.length > 0 ? html`<section><h2>Attachments</h2><ul class="item-parts">${page.attachments.map((one) => html`<li>
      <span><button class="item-link" title="${isOpened(one.url) ? "Open" : "Copy"} ${one.url}" @click=${() => void (isOpened(one.url) ? open(one.url) : copy(one.url))}>${one.title}</button>${
        isOpened(one.url) ? html` <button class="button is-plain" aria-label="Copy the address of ${one.title}" title="Copy ${one.url}" @click=${() => void copy(one.url)}>Copy</button>` : nothing}</span>${away(`Take ${one.title} away`, { detach: { item: id, attachment: one.id } })}</li>`)}</ul></section>` : nothing}
    ${row.place === null ? nothing : similarItems(id, place)}`;
}

/**
 * How the item waits for one that it needs, where that is wrong.
 * @param {ItemPage} page
 * @param {ItemLink} needed
 */
function saidOf(page, needed) {
  const wait = page.row.waits.find(({ item, wrong }) => item === needed.id && wrong);
  return wait ? html` <span class="is-grave">${wait.said.replace(/, which.*$/, "")}</span>` : nothing;
}

/**
 * A small button that takes a link away.
 * @param {string} says
 * @param {BacklogCommand} command
 */
function away(says, command) {
  return html`<button class="button is-plain" aria-label=${says} title="Take away" @click=${() => void act({ backlog: command })}>×</button>`;
}

/**
 * @param {ItemLink} item
 * @param {Place} place
 */
function link(item, place) {
  return html`<button class="item-link ${item.category === "done" || item.category === "cancelled" ? "is-quiet" : ""}" @click=${() => place.show(item.id)}>${item.label} ${item.title}</button>`;
}

/**
 * Whether the system opens an address; anything else is only copied.
 * @param {string} address
 */
function isOpened(address) {
  return /^(https?:\/\/|mailto:)/i.test(address);
}

/** @param {string} address */
async function open(address) {
  try {
    await host({ openLink: { address } });
  } catch (error) {
    fail(error);
  }
}

/** @param {string} address */
async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
    say(`Copied ${address}`);
  } catch {
    say(address);
  }
}

/**
 * The commands of refinement for items of a list or the item of a page.
 * @param {object} on
 * @param {() => string[]} on.items
 * @param {() => string} on.label "PAY-12" or "3 items"
 * @param {() => BacklogRow[]} on.rows
 * @returns {Act[]}
 */
export function refinements({ items, label, rows }) {
  const open = () => rows().length > 0 && rows().every((row) => row.place !== null);
  const one = () => items().length === 1;
  return [
    { id: "splitItems", title: "Split…", key: "x", when: () => open() && one(), run: () => split(items()[0] ?? "") },
    { id: "partItems", title: "Make part of…", key: "p", when: open, run: () => partOf(items(), label()) },
    { id: "aloneItems", title: "Take out of what it is a part of", key: "shift+p", when: () => rows().some((row) => row.parent !== null), run: () => act({ backlog: { setParent: { items: items(), parent: null } } }, `${label()} stands on its own`) },
    { id: "needItems", title: "Needs…", key: "y", when: open, run: () => need(items(), label()) },
    { id: "labelItems", title: "Labels…", key: "l", when: () => rows().length > 0, run: () => labelItems(items(), label()) },
    { id: "readyItems", title: "Ready", key: "r", when: () => open() && rows().some((row) => row.ready !== true), run: () => act({ backlog: { ready: { items: items() } } }, `${label()}: ready`) },
    { id: "holdBackItems", title: "Not ready…", key: "shift+r", when: open, run: () => holdBack(items(), label()) },
    { id: "attachItems", title: "Attach a link…", key: "shift+a", when: one, run: () => attach(items()[0] ?? "", label()) },
    { id: "mergeItems", title: "Merge…", key: "shift+m", when: open, run: () => merge(items()) },
  ];
}

/**
 * Asks what items lack.
 * @param {string[]} items
 * @param {string} label
 */
function holdBack(items, label) {
  return openForm({
    title: `${label}: not ready, because …`,
    action: "Say so",
    values: { reason: "" },
    draw: (form) => form.field({ name: "reason", label: "Reason", placeholder: "nobody asked the bank yet", autofocus: true }),
    send: ({ reason }) => run({ backlog: { holdBack: { items, reason } } }),
  });
}

/**
 * Asks where something is that belongs to an item.
 * @param {string} item
 * @param {string} label
 */
function attach(item, label) {
  return openForm({
    title: `Attach to ${label}`,
    action: "Attach",
    values: { url: "", title: "" },
    draw: (form) => html`${form.field({ name: "url", label: "Address or path", placeholder: "https://wiki.example/page", hint: "It is kept as text; nothing is read from it.", autofocus: true })}
      ${form.field({ name: "title", label: "Title", placeholder: "Contract with the bank" })}`,
    send: (values) => run({ backlog: { attach: { item, ...values } } }),
  });
}

/**
 * Asks for labels; those of the team are proposed as one types.
 * @param {string[]} items
 * @param {string} label
 */
export async function labelItems(items, label) {
  /** @type {LabelUse[]} */
  let known = [];
  let asked = "";
  const last = (/** @type {string} */ text) => text.split(",").at(-1)?.trim() ?? "";
  const names = (/** @type {string} */ text) => text.split(",").map((name) => name.trim()).filter(Boolean);
  const look = async (/** @type {string} */ text) => {
    asked = text;
    const found = await ask({ backlog: { labels: { text } } });
    if (asked !== text) return;
    known = found;
    redraw();
  };
  await look("").catch(fail);
  return openForm({
    title: `Labels of ${label}`,
    action: "Save",
    values: { add: "", remove: "" },
    draw: (form) => {
      const text = last(form.values.add);
      if (text !== asked) void look(text).catch(fail);
      const taken = names(form.values.add);
      const proposed = known.filter(({ name }) => !taken.includes(name)).slice(0, 12);
      return html`${form.field({ name: "add", label: "Add", placeholder: "mobile, beta", hint: "Several with commas between.", autofocus: true })}
        ${proposed.length > 0 ? html`<div class="label-proposals" role="group" aria-label="Labels of the team">${proposed.map(({ name, items: uses }) => html`<button type="button" class="chip" @click=${() => {
          const before = form.values.add.split(",").slice(0, -1).map((one) => one.trim()).filter(Boolean);
          form.set({ add: `${[...before, name].join(", ")}, ` });
          queueMicrotask(() => document.getElementById("form-add")?.focus());
        }}>${name} <span class="is-quiet">${uses}</span></button>`)}</div>` : nothing}
        ${items.length > 1 ? form.field({ name: "remove", label: "Take away" }) : nothing}`;
    },
    send: ({ add, remove }) => run({ backlog: { label: { items, add: names(add), remove: names(remove) } } }),
  });
}

/**
 * @typedef {object} Choice an item that is being chosen
 * @property {string} text what was typed
 * @property {BacklogRow[]} found
 * @property {number} at the one that Enter takes
 */

/**
 * Lets one item be chosen, by its label or its words.
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.action what the button says
 * @param {string} options.hint
 * @param {string} options.name as Rust names it in an error
 * @param {string[]} options.without items that are not offered
 * @param {(item: string) => Promise<Outcome>} options.send
 */
async function chooseItem({ title, action, hint, name, without, send }) {
  /** @type {Choice} */
  const choice = { text: "", found: [], at: 0 };
  const look = async (/** @type {string} */ text) => {
    choice.text = text;
    const filter = { whereabouts: /** @type {const} */ ("open"), kinds: [], unsorted: false, severities: [], lanes: [], withoutSize: false, text };
    const answer = await ask({ backlog: { window: { filter: /** @type {BacklogFilter} */ (filter), sort: text ? "match" : "order", from: 0, limit: 8 + without.length } } });
    if (choice.text !== text) return;
    choice.found = answer.rows.filter((row) => !without.includes(row.id)).slice(0, 8);
    choice.at = 0;
    redraw();
  };
  await look("").catch(fail);
  return openForm({
    title,
    action,
    values: { [name]: "", text: "" },
    draw: (form) => {
      const text = form.values.text ?? "";
      if (text !== choice.text) void look(text).catch(fail);
      const error = form.error(name);
      return html`<div @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        const count = choice.found.length;
        if (count > 0) choice.at = (choice.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
        redraw();
      }}>${form.field({ name: "text", label: "Item", placeholder: "label, key or words", hint, autofocus: true })}
        <ul class="choose-items" role="listbox" aria-label="Items">${choice.found.map((row, at) => html`<li role="option" aria-selected=${at === choice.at ? "true" : "false"} class=${at === choice.at ? "is-picked" : ""}
          @click=${() => { choice.at = at; redraw(); }}>${kindMark(row.kind, row.severity)}<span class="is-quiet">${row.label}</span><span class="is-title">${row.title}</span><span class="is-number is-quiet">${sizeText(row.size)}</span></li>`)}</ul>
        ${choice.found.length === 0 ? html`<p class="is-quiet">No open item has these words.</p>` : nothing}
        ${error ? html`<p class="field-error" role="alert">${error.message} ${error.hint}</p>` : nothing}</div>`;
    },
    send: async () => {
      const chosen = choice.found[choice.at];
      return chosen ? send(chosen.id) : null;
    },
  });
}

/**
 * @param {string[]} items
 * @param {string} label
 */
async function partOf(items, label) {
  const outcome = await chooseItem({
    title: `${label}: part of …`,
    action: "Make part of it",
    hint: "The whole is not selected any more; its parts are.",
    name: "parent",
    without: items,
    send: (parent) => run({ backlog: { setParent: { items, parent } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * @param {string[]} items
 * @param {string} label
 */
async function need(items, label) {
  const outcome = await chooseItem({
    title: `${label}: needs …`,
    action: "Say so",
    hint: "What has to be done first: it blocks this.",
    name: "needed",
    without: items,
    send: (needed) => run({ backlog: { need: { items, needed } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @type {{value: Origin, title: string}[]} */
const origins = [
  { value: "discovered", title: "found to belong to selected work" },
  { value: "scopeCreep", title: "more than was agreed" },
  { value: "pulledIn", title: "pulled in, there was room" },
  { value: "interrupt", title: "an interrupt" },
];

/**
 * Asks into what an item is split.
 * @param {string} id
 */
export async function split(id) {
  const page = await ask({ backlog: { item: { item: id } } });
  const { row } = page;
  const sprint = row.sprint?.name ?? "";
  /** @typedef {{title: string, size: string, inSprint: boolean}} NewPart */
  const fresh = () => ({ title: "", size: "", inSprint: sprint !== "" });
  /** @type {{place: SplitPlace, parts: NewPart[], left: string, origin: Origin}} */
  const start = { place: "below", parts: [fresh(), fresh()], left: row.size === null ? "" : sizeText(row.size), origin: "discovered" };
  const outcome = await openForm({
    title: `Split ${row.label}`,
    action: "Split",
    wide: true,
    values: start,
    draw: (form) => {
      const { place, parts } = form.values;
      const put = (/** @type {number} */ at, /** @type {Partial<NewPart>} */ change) => form.set({ parts: parts.map((part, own) => (own === at ? { ...part, ...change } : part)) });
      const error = form.error("parts");
      return html`<p class="dialog-text">${row.title}${row.size === null ? "" : `, ${sizeText(row.size)} points`}. Its history, links, labels and keys stay with it.</p>
        ${form.field({ name: "place", label: "Into", type: "choice", choices: [{ value: "below", title: "parts below it: only they are selected then" }, { value: "beside", title: "items beside it, which take some of its work" }] })}
        <div class="split-parts">${parts.map((part, at) => html`<div class="split-part">
          ${field({ id: `part-title-${at}`, name: "title", label: `Title of part ${at + 1}`, bare: true, placeholder: at === 0 ? "What can be done on its own?" : "and what else?", value: part.title, autofocus: at === 0, change: (title) => put(at, { title }) })}
          ${field({ id: `part-size-${at}`, name: "size", label: `Points of part ${at + 1}`, type: "number", bare: true, placeholder: "points", value: part.size, change: (size) => put(at, { size }) })}
          ${sprint ? field({ id: `part-sprint-${at}`, name: "inSprint", label: `in ${sprint}`, type: "check", value: part.inSprint, change: (inSprint) => put(at, { inSprint }) }) : nothing}
          <button type="button" class="button is-plain" aria-label="Leave part ${at + 1} out" ?disabled=${parts.length === 1} @click=${() => form.set({ parts: parts.filter((_, own) => own !== at) })}>×</button></div>`)}
          ${error ? html`<p class="field-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
          <button type="button" class="button is-plain" @click=${() => {
            form.set({ parts: [...parts, fresh()] });
            queueMicrotask(() => document.getElementById(`part-title-${parts.length}`)?.focus());
          }}>One more</button></div>
        ${place === "beside" ? form.field({ name: "left", label: `Points that stay with ${row.label}`, type: "number", narrow: true }) : nothing}
        ${page.inRunningSprint && parts.some(({ inSprint }) => inSprint) ? form.field({ name: "origin", label: `Why they come into ${sprint}, which is running`, type: "choice", choices: origins, hint: place === "below" ? `${row.label} leaves its scope.` : "" }) : nothing}`;
    },
    send: ({ place, parts, left, origin }) => run({ backlog: { split: {
      item: id,
      place,
      parts: parts.filter((part) => part.title.trim() !== "" || part.size.trim() !== ""),
      ...(place === "beside" ? { left } : {}),
      ...(page.inRunningSprint ? { origin } : {}),
    } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * Merges items: two that are picked, or one with its duplicates.
 * @param {string[]} items
 */
async function merge(items) {
  const [first = "", second] = items;
  if (second !== undefined) return compare(await Promise.all([sideOf(first), sideOf(second)]).then(([one, other]) => [{ likeness: null, one, other }]), false);
  const found = await ask({ backlog: { duplicates: { item: first, withDone: true } } });
  if (found.pairs.length > 0) return compare(found.pairs, false);
  const outcome = await chooseItem({
    title: "Merge with …",
    action: "Show side by side",
    hint: "No title is nearly the same; choose the item.",
    name: "into",
    without: items,
    send: async (other) => {
      setTimeout(() => void merge([first, other]).catch(fail));
      return { title: "", operation: null, created: [], note: "" };
    },
  });
  return outcome;
}

/**
 * @param {string} item
 * @returns {Promise<DuplicateItem>}
 */
async function sideOf(item) {
  const page = await ask({ backlog: { item: { item } } });
  const { row, description, labels } = page;
  const leavesScope = page.inRunningSprint ? `${row.label} leaves the scope of ${row.sprint?.name}, which is running.` : null;
  return { row, description, labels, leavesScope };
}

/** Looks for duplicates among all items and shows them pair by pair. */
export async function findDuplicates() {
  const found = await withProgress("Comparing titles", (report, signal) => ask({ backlog: { duplicates: { withDone: true } } }, { onProgress: report, signal }));
  if (found.pairs.length > 0) return compare(found.pairs, true, found.toldApart);
  if (found.toldApart > 0) return showToldApart(`No two of ${countText(found.titles, "title")} are nearly the same, but for these.`);
  say(`No two of ${countText(found.titles, "title")} are nearly the same`);
}

/**
 * Shows the pairs of which somebody said that they are not the same; each can be asked about again.
 * @param {string} [before] what is said before
 */
async function showToldApart(before) {
  let pairs = await ask({ backlog: { toldApart: {} } });
  await openDialog({
    title: "Not the same",
    wide: true,
    draw: (/** @type {() => void} */ close) => html`<p class="dialog-text">${before ? `${before} ` : ""}These pairs are not proposed any more.</p>
      ${table({
        caption: "Pairs that are not the same",
        rows: pairs,
        columns: [
          { title: "One", cell: ({ one, oneTitle }) => html`${oneTitle} <span class="is-quiet">${one.label}</span>` },
          { title: "The other", cell: ({ other, otherTitle }) => html`${otherTitle} <span class="is-quiet">${other.label}</span>` },
          { title: "", cell: ({ one, other }) => html`<button type="button" class="button" aria-label="Propose ${one.label} and ${other.label} again" @click=${() => void again(one.id, other.id)}>Propose again</button>` },
        ],
        empty: html`<p class="is-quiet">None is left: whatever is nearly the same is proposed again.</p>`,
      })}
      <div class="dialog-buttons"><button type="button" class="button is-main" autofocus @click=${() => close()}>Done</button></div>`,
  });
  async function again(/** @type {string} */ one, /** @type {string} */ other) {
    await act({ backlog: { tellApartNoMore: { one, other } } });
    pairs = await ask({ backlog: { toldApart: {} } });
    redraw();
  }
}

/**
 * Shows pairs side by side, one after the other, and merges those that people choose.
 * @param {{likeness: number | null, one: DuplicateItem, other: DuplicateItem}[]} pairs
 * @param {boolean} all whether all items were compared
 * @param {number} [toldApart] how many pairs are not proposed any more
 */
async function compare(pairs, all, toldApart = 0) {
  let at = 0;
  let decided = 0;
  let busy = false;
  let showsApart = false;
  await openDialog({
    title: all ? "Nearly the same" : "Merge",
    wide: true,
    busy: () => busy,
    draw: (/** @type {() => void} */ close) => {
      const pair = pairs[at];
      if (!pair) return nothing;
      const { one, other } = pair;
      const next = () => {
        at += 1;
        if (at >= pairs.length) close();
        else redraw();
      };
      const decide = async (/** @type {BacklogCommand} */ command) => {
        if (busy) return false;
        busy = true;
        redraw();
        const outcome = await act({ backlog: command });
        busy = false;
        if (outcome) decided += 1;
        redraw();
        return outcome !== undefined;
      };
      const into = async (/** @type {DuplicateItem} */ stays, /** @type {DuplicateItem} */ goes) => {
        if (!(await decide({ merge: { into: stays.row.id, items: [goes.row.id], leavesScope: goes.leavesScope !== null } }))) return;
        // What is gone is in no later pair any more.
        pairs = pairs.filter((later, own) => own <= at || ![later.one, later.other].some(({ row }) => row.id === goes.row.id));
        next();
      };
      const apart = async () => {
        if (await decide({ tellApart: { one: one.row.id, other: other.row.id } })) next();
      };
      return html`<p class="dialog-text">${all ? `${at + 1} of ${pairs.length}. ` : ""}${pair.likeness === null ? "" : `Their titles are ${pair.likeness} % alike. `}The item that stays gets the keys, links, labels and parts of both; the other is cancelled and says so.</p>
        <div class="compare">${[one, other].map((side) => sideSaid(side))}</div>
        <div class="dialog-buttons">
          ${toldApart > 0 ? html`<button type="button" class="button is-plain" @click=${() => { showsApart = true; close(); }}>${countText(toldApart, "pair")} told apart…</button>` : nothing}
          <button type="button" class="button" @click=${() => close()}>${decided > 0 ? "Done" : "Cancel"}</button>
          ${pairs.length > 1 ? html`<button type="button" class="button" autofocus @click=${next}>Later</button>` : nothing}
          <button type="button" class="button" @click=${() => void apart()}>Not the same</button>
          ${stayButton(one, other, into)}${stayButton(other, one, into)}
        </div>`;
    },
  });
  if (showsApart) await showToldApart();
}

/**
 * @param {DuplicateItem} stays
 * @param {DuplicateItem} goes
 * @param {(stays: DuplicateItem, goes: DuplicateItem) => void} into
 */
function stayButton(stays, goes, into) {
  // What has ended stays as it was; what was cancelled takes nothing in.
  const possible = goes.row.place !== null && stays.row.category !== "cancelled";
  return possible ? html`<button type="button" class="button is-main" @click=${() => into(stays, goes)}>Keep ${stays.row.label}</button>` : nothing;
}

/** @param {DuplicateItem} side */
function sideSaid({ row, description, labels, leavesScope }) {
  const facts = [row.state, row.sprint?.name, row.size === null ? "unsized" : `${sizeText(row.size)} points`, row.owner, row.ageDays === 0 ? "new" : `${countText(row.ageDays, "day")} old`, ...row.keys.map(({ key }) => key)].filter(Boolean).join(" · ");
  return html`<section class="compare-side" aria-label=${row.label}>
    <p class="is-quiet">${row.label}</p>
    <h3>${kindMark(row.kind, row.severity)} ${row.title}</h3>
    <p class="is-quiet">${facts}</p>
    ${labels.length > 0 ? html`<p>${labels.map((name) => html`<span class="item-label"><span title=${name}>${name}</span></span>`)}</p>` : nothing}
    ${description.trim() ? html`<p class="compare-words">${description.trim().slice(0, 600)}</p>` : html`<p class="is-quiet">No description.</p>`}
    ${leavesScope ? html`<p class="is-grave">If it is merged: ${leavesScope}</p>` : nothing}</section>`;
}
