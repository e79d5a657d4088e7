// @ts-check
/**
 * One item: what it is, its description, its scores with their terms, its history in words. A page of its own, and the panel beside a list.
 *
 * 1. Every field saves by itself; what Rust refuses stands at the field.
 * 2. The description is a tree from Rust that templates draw; what people wrote never becomes markup.
 * 3. A link's address is copied, never followed: this window goes nowhere.
 * 4. The panel asks for its item, and closes when it is gone: an undo may take the item away.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, onOpened, refusal, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { confirm, openDialog, openForm } from "../parts/dialog.js";
import { savedField } from "../parts/field.js";
import { isTyping } from "../parts/keys.js";
import { kindChoices, severities } from "../parts/kinds.js";
import { menuButton } from "../parts/menu.js";
import { capital, countText, dayText, hoursText, sizeText, whenText } from "../parts/text.js";
import { act, fail, say, sayDone } from "../parts/toast.js";
import { belongings, labels, readySaid, refinements, similarItems } from "./refinement.js";

/** Commands that stand behind “More”. */
const behindMore = ["partItems", "aloneItems", "needItems", "labelItems", "readyItems", "holdBackItems", "attachItems", "mergeItems"];

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */

/** @type {{item: string, text: string} | null} the description that is being written */
let writing = null;

/** @type {{id: string, asked: number, page: ItemPage | null}} what the panel shows */
let held = { id: "", asked: -1, page: null };

/**
 * Whether the description of an item is being written.
 * @param {string} id
 */
export function isWriting(id) {
  return writing?.item === id;
}

/** What the panel offers by keys that its list has not. */
export function panelActs() {
  return held.page ? commands(held.page, {}).filter(({ id }) => id === "describeItem") : [];
}

/**
 * The digit that is pressed alone, else "".
 * @param {KeyboardEvent} event
 */
export function digitOf(event) {
  return /^\d$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing && !isTyping(event.target) ? event.key : "";
}

/** Puts the cursor behind what was typed already, in the field that has the focus. */
export function goOnTyping() {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement) field.setSelectionRange(field.value.length, field.value.length);
}

/**
 * Asks for the size of items.
 * @param {string[]} items
 * @param {string} label "PAY-12" or "3 items"
 * @param {string} [begun] the digit that was typed on a row
 * @param {string} [saved] the size that they have
 */
export function sizeItems(items, label, begun, saved = "") {
  const answer = openForm({
    title: `Size ${label}`,
    action: "Size",
    values: { size: begun ?? saved },
    draw: (form) => html`${form.field({ name: "size", label: "Points", type: "number", narrow: true, hint: `Nothing makes ${items.length === 1 ? "it" : "them"} unsized.`, autofocus: true })}
      ${items.length === 1 ? similarItems(items[0] ?? "") : nothing}`,
    send: ({ size }) => run({ backlog: { size: { items, size } } }),
  });
  if (begun !== undefined) goOnTyping();
  return answer;
}

/**
 * The panel beside a list.
 * @param {string} id of the item
 * @param {BacklogOverview} overview
 * @param {{close: () => void, show: (id: string) => void}} place `close` when it is left or the item is gone, `show` another item
 */
export function itemPanel(id, overview, place) {
  if (held.id !== id || held.asked !== generation()) void hold(id, place.close);
  const page = held.id === id ? held.page : null;
  return html`<aside class="item-panel" aria-label="Item" @keydown=${(/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    place.close();
  }}>${page ? draw(page, overview, place) : nothing}</aside>`;
}

/**
 * @param {string} id
 * @param {() => void} gone
 */
async function hold(id, gone) {
  const asked = generation();
  held = { ...held, id, asked, page: held.id === id ? held.page : null };
  try {
    const page = await ask({ backlog: { item: { item: id } } });
    if (held.id !== id || held.asked !== asked) return;
    held = { id, asked, page };
    redraw();
  } catch (error) {
    if (held.id !== id || held.asked !== asked) return;
    if (refusal(error).kind !== "notFound") fail(error);
    gone();
  }
}

/**
 * @param {ItemPage} page
 * @param {BacklogOverview} overview
 * @param {{close?: () => void, show: (id: string) => void}} place
 */
function draw(page, overview, place) {
  const { row } = page;
  const id = row.id;
  const items = [id];
  const acts = commands(page, place);
  const one = (/** @type {string} */ name) => acts.find((act) => act.id === name);
  return html`
    <div class="item-head">
      <span class="is-quiet">${row.place === null ? row.label : `${row.label} · place ${row.place}`}${row.keys.map(({ source, key }) => html` · ${source} ${key}`)}</span>
      ${place.close ? html`<button class="button is-plain" aria-label="Close the item" @click=${place.close}>×</button>` : nothing}
    </div>
    ${title(page)}
    ${page.parent ? html`<p class="is-quiet">Part of ${link(page.parent, place)}</p>` : nothing}
    ${readySaid(page, place)}
    ${row.blocked ? html`<p class="item-blocked"><strong>Blocked</strong> ${row.blocked} ${button(one("unblockItem"), { plain: true })}</p>` : nothing}
    <div class="item-facts">
      ${choice("kind", "Kind", row.kind ?? "", [["", "unsorted"], ...kindChoices.map(({ value, title }) => [value, title])], id,
        (kind) => run({ backlog: { setKind: { items, kind: kind || null } } }))}
      ${row.kind === "bug" ? choice("severity", "Severity", row.severity ?? "", [["", "not set"], ...severities.map((severity) => [severity, severity])], id,
        (severity) => run({ backlog: { setSeverity: { items, severity: severity || null } } })) : nothing}
      ${savedField({ id: `size-${id}`, name: "size", label: "Points", type: "number", still: true, narrow: true, placeholder: "unsized", value: row.size === null ? "" : sizeText(row.size),
        save: (size) => run({ backlog: { size: { items, size } } }) })}
      ${choice("owner", "Owner", page.owner ?? "", [["", "nobody"], ...overview.members.map((member) => [member.id, member.name])], id,
        (owner) => run({ backlog: { assign: { items, owner: owner || null } } }))}
      <dl class="item-is">
        ${fact("State", row.state)}
        ${row.sprint ? fact("Sprint", row.sprint.name) : nothing}
        ${row.lane ? fact("Lane", row.lane.name) : nothing}
        ${fact("Age", row.ageDays === 0 ? "new" : countText(row.ageDays, "day"))}
        ${row.carried > 0 ? fact("Carried", countText(row.carried, "Sprint")) : nothing}
      </dl>
    </div>
    ${labels(page)}
    ${description(page, one("describeItem"))}
    ${live(page)}
    ${interrupts(page)}
    ${incidents(page)}
    ${belongings(page, place)}
    ${priority(page)}
    <section><h2>History</h2>
      <ol class="item-history">${page.history.map((line) => html`<li>
        <span>${line.text}${line.person ? ` by ${line.person}` : ""}</span>
        <span class="is-quiet" title=${line.recordedAt === null ? "" : `written down ${whenText(line.recordedAt)}`}>${whenText(line.at)}${line.recordedAt === null ? "" : " *"}</span></li>`)}</ol>
      ${page.history.some((line) => line.recordedAt !== null) ? html`<p class="is-quiet">* written down later</p>` : nothing}
    </section>
    <div class="item-acts">${button(one("splitItems"))}${menuButton({ title: "More", acts: () => acts.filter(({ id }) => behindMore.includes(id)) })}${button(one("blockItem"))}${button(one("openAgain"))}${button(one("removeItem"))}</div>`;
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** The item whose title is being written. */
let renaming = "";

onOpened(() => {
  writing = null;
  renaming = "";
  held = { id: "", asked: -1, page: null };
});

/** Puts the focus back to the title, when it is text again. */
function toTitle() {
  queueMicrotask(() => document.getElementById("item-title")?.focus());
}

/** @param {ItemPage} page */
function title(page) {
  const { id, title } = page.row;
  if (renaming !== id) {
    return html`<h2><button class="item-title" id="item-title" title="Rename" @click=${() => {
      renaming = id;
      redraw();
      queueMicrotask(() => document.getElementById(`title-${id}`)?.focus());
    }}>${title}</button></h2>`;
  }
  const isFree = () => document.activeElement === document.body || document.activeElement?.id === `title-${id}`;
  const leave = () => {
    if (renaming === id) renaming = "";
    redraw();
  };
  // What is on its way or was refused keeps it open, with the text and the message.
  return html`<div @focusout=${(/** @type {FocusEvent} */ event) => { if (/** @type {HTMLInputElement} */ (event.target).value === title) leave(); }}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if ((event.key !== "Enter" && event.key !== "Escape") || event.isComposing || /** @type {HTMLInputElement} */ (event.target).value !== title) return;
      leave();
      toTitle();
    }}>${savedField({ id: `title-${id}`, name: "title", label: "Title", bare: true, value: title, save: async (text) => {
      await run({ backlog: { rename: { item: id, title: text } } });
      leave();
      if (isFree()) toTitle();
    } })}</div>`;
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} value
 * @param {string[][]} choices
 * @param {string} id
 * @param {(value: any) => Promise<unknown>} save
 */
function choice(name, label, value, choices, id, save) {
  return savedField({ id: `${name}-${id}`, name, label, type: "choice", still: true, value, choices: choices.map(([one = "", title = ""]) => ({ value: one, title })), save });
}

/**
 * @param {ItemPage} page
 * @param {Act | undefined} edit
 */
function description(page, edit) {
  const id = page.row.id;
  if (writing?.item !== id) {
    return html`<section><div class="item-section"><h2>Description</h2>${button(edit, { plain: true })}</div>
      ${page.blocks.length > 0 ? html`<div class="prose">${blocks(page.blocks)}</div>` : html`<p class="is-quiet">None yet. Plain text or Markdown.</p>`}</section>`;
  }
  const save = async () => {
    const text = writing?.text ?? "";
    try {
      await run({ backlog: { describe: { item: id, description: text } } });
      writing = null;
    } catch (error) {
      fail(error);
    }
    redraw();
  };
  const leave = () => {
    writing = null;
    redraw();
  };
  return html`<section><h2><label for="description">Description</label></h2>
    <textarea id="description" rows="12" .value=${writing.text}
      @input=${(/** @type {InputEvent} */ event) => { if (writing) writing.text = /** @type {HTMLTextAreaElement} */ (event.target).value; }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Enter" && event.ctrlKey) void save();
        else if (event.key === "Escape") leave();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}></textarea>
    <p class="is-quiet">Plain text or Markdown. Ctrl Enter saves.</p>
    <div class="item-acts"><button class="button is-main" @click=${save}>Save</button><button class="button" @click=${leave}>Cancel</button></div></section>`;
}

/** @param {ItemPage} page */
function priority(page) {
  const id = page.row.id;
  const { inputs, scores, interest } = page.priority;
  return html`<section><h2>Priority</h2>
    <div class="item-inputs">${inputs.map((input) => savedField({
      id: `${input.name}-${id}`, name: input.name, label: capital(input.title), type: "number", placeholder: "not set", value: input.rating === null ? "" : sizeText(input.rating),
      ...(input.aged && input.setAt !== null ? { hint: `old: set ${whenText(input.setAt)}` } : {}),
      ...(input.scale === "percent" ? { unit: "%" } : {}),
      save: (rating) => run({ priority: { setInput: { items: [id], input: input.name, rating } } }),
    }))}</div>
    <dl class="item-scores">${scores.map(({ title, score, missing }) => html`
      <dt>${title}</dt><dd class=${score ? "" : "is-quiet"}>${score ? score.formula : `no score: ${missing}`}</dd>`)}
      ${interest ? html`<dt>Debt interest</dt><dd>${interest.text}</dd>` : nothing}</dl></section>`;
}

/**
 * @param {ItemLink} item
 * @param {{show: (id: string) => void}} place
 */
function link(item, place) {
  return html`<button class="item-link ${item.category === "done" || item.category === "cancelled" ? "is-quiet" : ""}" @click=${() => place.show(item.id)}>${item.label} ${item.title}</button>`;
}

/**
 * A description, read by Rust.
 * @param {Block[]} all
 * @returns {unknown}
 */
export function blocks(all) {
  return all.map((block) => {
    switch (block.kind) {
      case "paragraph": return html`<p>${spans(block.content)}</p>`;
      case "heading": return block.level === 1 ? html`<h3>${spans(block.content)}</h3>` : html`<h4>${spans(block.content)}</h4>`;
      case "list": {
        const items = block.items.map((item) => html`<li>${blocks(item)}</li>`);
        return block.start === null ? html`<ul>${items}</ul>` : html`<ol start=${block.start}>${items}</ol>`;
      }
      case "code": return html`<pre><code>${block.text}</code></pre>`;
      case "quote": return html`<blockquote>${blocks(block.blocks)}</blockquote>`;
      case "table": return html`<table class="table"><thead><tr>${block.head.map((cell) => html`<th scope="col">${spans(cell)}</th>`)}</tr></thead>
        <tbody>${block.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${spans(cell)}</td>`)}</tr>`)}</tbody></table>`;
      case "rule": return html`<hr>`;
    }
  });
}

/**
 * @param {Span[]} all
 * @returns {unknown}
 */
function spans(all) {
  return all.map((span) => {
    switch (span.kind) {
      case "text": return span.text;
      case "code": return html`<code>${span.text}</code>`;
      case "emphasis": return html`<em>${spans(span.content)}</em>`;
      case "strong": return html`<strong>${spans(span.content)}</strong>`;
      case "struck": return html`<s>${spans(span.content)}</s>`;
      case "link": return html`<button class="item-link" title="Copy ${span.to}" @click=${() => copy(span.to)}>${spans(span.content)}</button>`;
      case "break": return html`<br>`;
    }
  });
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
 * @param {ItemPage} page
 * @param {{close?: () => void}} place
 * @returns {Act[]}
 */
function commands(page, place) {
  const { row } = page;
  const items = [row.id];
  return [
    { id: "describeItem", title: page.description ? "Edit" : "Write one", key: "d", when: () => writing?.item !== row.id, run: () => {
      writing = { item: row.id, text: page.description };
      redraw();
      queueMicrotask(() => document.getElementById("description")?.focus());
    } },
    { id: "sizeItem", title: "Size", key: "z", run: () => {
      const field = document.getElementById(`size-${row.id}`);
      field?.focus();
      if (field instanceof HTMLInputElement) field.select();
    } },
    { id: "blockItem", title: "Blocked…", key: "b", when: () => row.blocked === null && row.place !== null, run: () => block(items) },
    { id: "unblockItem", title: "Unblock", key: "shift+b", when: () => row.blocked !== null, run: () => act({ backlog: { unblock: { items } } }, `${row.label} can go on`) },
    { id: "openAgain", title: "Open again", key: "shift+o", when: () => row.place === null, run: () => openAgain(row.id) },
    ...refinements({ items: () => items, label: () => row.label, rows: () => [row] }),
    { id: "burnUp", title: "Burn-up of its parts", when: () => page.parts.length > 0, run: () => { location.hash = `#/charts?chart=release&parent=${row.id}`; } },
    { id: "removeItem", title: "Remove…", run: () => remove(items, row.label, place.close) },
  ];
}

/**
 * Moves items to a state; asks where one goes that was finished before the Sprint.
 * @param {string[]} items
 * @param {{state: string, name: string}} to
 * @param {string | null} [on] the day, if not today
 * @param {ReopenedInto | null} [reopened]
 * @returns {Promise<boolean>} whether they moved
 */
export async function moveTo(items, to, on = null, reopened = null) {
  try {
    const outcome = await run({ sprint: { moveToState: { items, state: to.state, on, reopened } } });
    sayDone(outcome, `${countText(items.length, "item")} ${items.length === 1 ? "is" : "are"} now in ${to.name}${on ? `, since ${dayText(on)}` : ""}`);
    return true;
  } catch (error) {
    const refused = refusal(error);
    if (refused.field !== "reopened") throw error;
    const into = await openDialog({
      title: "Opened again",
      draw: (/** @type {(value?: ReopenedInto) => void} */ close) => html`
        <div class="dialog-text"><p>${refused.message} ${refused.hint}</p></div>
        <div class="dialog-buttons">
          <button type="button" class="button" @click=${() => close()}>Leave it</button>
          <button type="button" class="button" @click=${() => close("productBacklog")}>To the Product Backlog</button>
          <button type="button" class="button is-main" @click=${() => close("runningSprint")}>Into the Sprint</button>
        </div>`,
    });
    return into ? moveTo(items, to, on, into) : false;
  }
}

/**
 * Opens an item again that has ended, in the first state in which something is to do.
 * @param {string} item
 */
async function openAgain(item) {
  const { states } = await ask({ team: { settings: {} } });
  const first = states.find(({ category }) => category === "toDo");
  if (first) await moveTo([item], { state: first.id, name: first.name });
}

/**
 * Asks what stands in the way of items.
 * @param {string[]} items
 */
export function block(items) {
  return openForm({
    title: items.length === 1 ? "What stands in its way?" : `What stands in the way of ${countText(items.length, "item")}?`,
    action: "Block",
    values: { reason: "" },
    draw: (form) => form.field({ name: "reason", label: "Reason", placeholder: "waits for the bank’s certificate", autofocus: true }),
    send: ({ reason }) => run({ backlog: { block: { items, reason } } }),
  });
}

/**
 * Whether the item is live: another thing than done.
 * @param {ItemPage} page
 */
function live({ live: one }) {
  if (!one) return nothing;
  const said = { live: "Live", takenBack: "Taken back from production", notLive: "Deployed, and not to production yet" }[one.going];
  return html`<section><h2>In production</h2>
    <p>${said}${one.since === null ? "" : ` since ${whenText(one.since)}`}${one.deployment ? html`: <a href="#/deployments?id=${one.deployment}">${one.deploymentName}</a>` : nothing}</p></section>`;
}

/**
 * The interrupts that became the item, or that it caused.
 * @param {ItemPage} page
 */
function interrupts(page) {
  if (page.interrupts.length === 0) return nothing;
  const said = (/** @type {ItemPage["interrupts"][number]} */ { label, relation, severityName, took }) => [
    `${label} ${relation === "became" ? "became this item" : "was caused by it"}`,
    severityName,
    took > 0 ? hoursText(took) : "",
  ].filter(Boolean).join(", ");
  return html`<section><h2>Interrupts</h2>
    <ul class="item-parts">${page.interrupts.map((one) => html`<li><a href="#/interrupts?id=${one.id}">${one.title}</a> <span class="is-quiet">${said(one)}</span></li>`)}</ul>
    ${owed(page)}</section>`;
}

/**
 * The incidents that the item caused, or with which it goes on.
 * @param {ItemPage} page
 */
function incidents({ incidents }) {
  return incidents.length === 0 ? nothing : html`<section><h2>Incidents</h2>
    <ul class="item-parts">${incidents.map((one) => html`<li><a href="#/incidents?id=${one.id}">${one.title}</a> <span class="is-quiet">${one.label} ${one.how === "became" ? "goes on in this item" : "was caused by it"}${one.isOpen ? ", open" : ""}</span></li>`)}</ul></section>`;
}

/**
 * What the interrupts that an item caused took in all.
 * @param {ItemPage} page
 */
function owed({ interrupts }) {
  const caused = interrupts.filter(({ relation }) => relation === "causedBy");
  const took = caused.reduce((sum, { took }) => sum + took, 0);
  return took === 0 ? nothing : html`<p class="is-quiet">It has cost ${hoursText(took, 2)} in ${countText(caused.length, "interrupt")} so far.</p>`;
}

/**
 * Takes items away, after a question.
 * @param {string[]} items
 * @param {string} label "PAY-12" or "3 items"
 * @param {() => void} [then]
 */
export async function remove(items, label, then) {
  const text = "Their history goes too. Undo brings them back. Work that will not be done is better cancelled: then it is remembered.";
  if (!(await confirm({ title: `Remove ${label}?`, text, action: "Remove", grave: true }))) return;
  if (await act({ backlog: { removeItems: { items } } }, `${label} removed`)) then?.();
}

/** @type {import("../main.js").Screen} */
export const item = {
  name: "item",
  title: "Item",
  group: "",
  aside: true,
  query: (params) => (params.id ? [{ backlog: { item: { item: params.id } } }, { backlog: { overview: {} } }] : null),
  draw: (view, context) => view === null
    ? empty({ title: "No item", text: "Choose one in the Product Backlog.", acts: [{ id: "toBacklog", title: "Go to the Product Backlog", main: true, run: () => context.go("backlog") }] })
    : html`<h1 class="is-hidden">${view[0].row.label}</h1><div class="item-page"><div class="item-back">${button({ id: "back", title: "← Back", key: "escape", run: () => leave(context) }, { plain: true })}</div>${draw(view[0], view[1], { show: (id) => context.go("item", { id }) })}</div>`,
  commands: (view, context) => [
    { id: "back", title: "Back", key: "escape", run: () => leave(context) },
    ...(view === null ? [] : commands(view[0], { close: () => leave(context) })),
  ],
};

/**
 * Goes back to where the item was opened: the Board, the plan, the Product Backlog.
 * @param {Context} context
 */
function leave(context) {
  if (history.length > 1) history.back();
  else context.go("backlog");
}

