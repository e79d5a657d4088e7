// @ts-check
/**
 * What if: a panel beside the plan in which things are otherwise, and the lanes move at once.
 *
 * 1. A change is a row with its own controls. What it would do, its words, and the command that would make it so come from Rust.
 * 2. Nothing is saved by trying. "Make it so" runs the ordinary command of one change and takes its row away; Reset takes all away.
 * 3. The changes belong to the Sprint that is shown, and are asked again whenever the team file has changed.
 */
import { html, live, nothing, redraw, repeat } from "../parts/draw.js";
import { ask, onOpened, onRefresh, refusal } from "../host.js";
import { laneBar } from "../parts/bars.js";
import { button } from "../parts/button.js";
import { field } from "../parts/field.js";
import { countText, dayText, sizeText, unbroken, weekdayText } from "../parts/text.js";
import { act, fail } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {{id: number, change: WhatIfChange}} Row */

/** The Sprint for which the panel is open, "" while it is closed. */
let open = "";
/** @type {Row[]} */
let rows = [];
let made = 0;
/** @type {WhatIf | null} */
let answer = null;
/** @type {import("../host.js").Refusal | undefined} */
let error;
let asks = 0;

onOpened(close);
onRefresh(() => {
  if (open !== "") void tryOut().catch(fail);
});

/** Asks what the changes would do. */
async function tryOut() {
  const ticket = (asks += 1);
  const changes = rows.map(({ change }) => change);
  try {
    const would = await ask({ capacity: { whatIf: { sprint: open, changes } } });
    if (ticket !== asks) return;
    answer = would;
    error = undefined;
  } catch (thrown) {
    if (ticket !== asks) return;
    error = refusal(thrown);
    // A Sprint that was started or removed meanwhile has nothing to be tried.
    if (rows.length === 0) close();
  }
  redraw();
}

function close() {
  asks += 1;
  open = "";
  rows = [];
  answer = null;
  error = undefined;
  redraw();
}

/**
 * Opens the panel for a Sprint, or closes it.
 * @param {Plan} plan
 */
function toggle(plan) {
  const was = open;
  close();
  if (was === plan.sprint.id) {
    document.getElementById("plan-items")?.focus();
    return;
  }
  open = plan.sprint.id;
  void tryOut().catch(fail);
  queueMicrotask(() => {
    const panel = document.getElementById("what-if");
    panel?.scrollIntoView({ block: "nearest" });
    panel?.querySelector("button")?.focus({ preventScroll: true });
  });
}

/**
 * Adds a change and gives its first control the focus.
 * @param {WhatIfChange} change
 */
function add(change) {
  made += 1;
  const id = made;
  rows = [...rows, { id, change }];
  void tryOut().catch(fail);
  redraw();
  queueMicrotask(() => /** @type {HTMLElement | null} */ (document.querySelector(`#what-if-${id} :is(select, input)`))?.focus());
}

/**
 * @param {number} id
 * @param {WhatIfChange} change
 */
function set(id, change) {
  rows = rows.map((row) => (row.id === id ? { id, change } : row));
  void tryOut().catch(fail);
  redraw();
}

/** @param {number} id */
function takeAway(id) {
  rows = rows.filter((row) => row.id !== id);
  void tryOut().catch(fail);
  redraw();
  document.getElementById("what-if")?.querySelector("button")?.focus();
}

/**
 * Makes one of the changes so.
 * @param {number} id
 * @param {WhatIfMade} one
 */
async function makeSo(id, one) {
  const outcome = await act(one.command);
  if (outcome) takeAway(id);
}

/** @param {Plan} plan */
export function whatIfCommands(plan) {
  const isOpen = open === plan.sprint.id;
  /** @type {Act[]} */
  const acts = [{ id: "whatIf", title: isOpen ? "Hide what if" : "What if…", key: "w", run: () => toggle(plan) }];
  return isOpen ? [...acts, ...adders(plan)] : acts;
}

/**
 * What can be tried; a buffer and a length once.
 * @param {Plan} plan
 * @returns {Act[]}
 */
function adders({ sprint, capacity, lanes }) {
  const member = capacity.members[0]?.member ?? "";
  const day = capacity.days[0] ?? sprint.firstDay;
  const has = (/** @type {string} */ kind) => rows.some(({ change }) => kind in change);
  const days = { member, firstDay: day, lastDay: day };
  const buffer = lanes.find(({ load }) => load.budget.isBuffer)?.load.budget.share ?? 0;
  return [
    { id: "tryAway", title: "Somebody is away", when: () => member !== "", run: () => add({ away: { ...days, away: 10_000 } }) },
    { id: "tryOnCall", title: "Another day on call", when: () => member !== "", run: () => add({ onCall: { ...days, onCall: true } }) },
    { id: "tryBuffer", title: "Another buffer", when: () => !has("buffer"), run: () => add({ buffer: { share: buffer } }) },
    { id: "tryLength", title: "A day more or less", when: () => !has("length"), run: () => add({ length: { days: 1 } }) },
    { id: "tryJoins", title: "Somebody joins", run: () => add({ joins: { name: "New member", hours: "6", from: day } }) },
  ];
}

/**
 * The panel, where it is open for the Sprint.
 * @param {Plan} plan
 */
export function whatIfCard(plan) {
  if (open !== plan.sprint.id) return nothing;
  const acts = adders(plan);
  return html`<section class="card what-if" id="what-if" aria-labelledby="what-if-title">
    <div class="card-head"><h2 id="what-if-title">What if</h2><span class="is-quiet">nothing is saved</span></div>
    <div class="what-if-adders">${acts.map((one) => button({ ...one, title: `+ ${one.title}` }, { plain: true }))}</div>
    ${repeat(rows, ({ id }) => id, (row, at) => drawRow(plan, row, at))}
    ${error && !isAtField(error) ? html`<p class="field-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
    ${rows.length > 0 && answer ? results(answer) : nothing}
    <div class="card-acts">
      ${rows.length > 0 ? button({ id: "resetWhatIf", title: "Reset", run: () => { rows = []; return tryOut(); } }, { plain: true }) : nothing}
      ${button({ id: "hideWhatIf", title: "Close", run: () => toggle(plan) }, { plain: true })}</div>
  </section>`;
}

/** @param {import("../host.js").Refusal} refused */
function isAtField(refused) {
  return ["name", "hours", "from"].includes(refused.field) && rows.some(({ change }) => "joins" in change);
}

/**
 * @param {Plan} plan
 * @param {Row} row
 * @param {number} at
 */
function drawRow(plan, { id, change }, at) {
  const one = error ? undefined : answer?.changes[at];
  const said = one?.said ?? "This change";
  return html`<div class="what-if-row" id="what-if-${id}" role="group" aria-label=${said}>
    <div class="what-if-controls">${controls(plan, id, change)}</div>
    <div class="what-if-acts">
      ${one ? html`<button type="button" class="button is-plain" aria-label="Make it so: ${said}" @click=${() => void makeSo(id, one).catch(fail)}>Make it so</button>` : nothing}
      <button type="button" class="button is-plain" aria-label="Take away: ${said}" @click=${() => takeAway(id)}>×</button></div>
  </div>`;
}

/**
 * @param {Plan} plan
 * @param {number} id
 * @param {WhatIfChange} change
 */
function controls(plan, id, change) {
  if ("away" in change) {
    const now = change.away;
    return html`${whoOf(plan, id, now, (who) => set(id, { away: { ...now, ...who } }))}
      ${choice(id, "away", "How much of each day", String(now.away), [["10000", "is away"], ["5000", "is half a day away"], ["0", "is there"]],
        (away) => set(id, { away: { ...now, away: Number(away) } }))}
      ${daysOf(plan, id, now, (days) => set(id, { away: { ...now, ...days } }))}`;
  }
  if ("onCall" in change) {
    const now = change.onCall;
    return html`${whoOf(plan, id, now, (who) => set(id, { onCall: { ...now, ...who } }))}
      ${choice(id, "onCall", "Whether on call", String(now.onCall), [["true", "is on call"], ["false", "is not on call"]],
        (onCall) => set(id, { onCall: { ...now, onCall: onCall === "true" } }))}
      ${daysOf(plan, id, now, (days) => set(id, { onCall: { ...now, ...days } }))}`;
  }
  if ("buffer" in change) return slider(id, change.buffer.share);
  if ("length" in change) {
    const steps = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5].map((days) => /** @type {[string, string]} */ ([String(days), `${countText(Math.abs(days), "working day")} ${days < 0 ? "less" : "more"}`]));
    return choice(id, "days", "Length of the Sprint", String(change.length.days), steps, (days) => set(id, { length: { days: Number(days) } }));
  }
  if ("joins" in change) {
    const now = change.joins;
    const put = (/** @type {Partial<typeof now>} */ part) => set(id, { joins: { ...now, ...part } });
    return html`${field({ id: `what-if-${id}-name`, name: "name", label: "Name", value: now.name, error, change: (name) => put({ name }) })}
      ${field({ id: `what-if-${id}-hours`, name: "hours", label: "Hours a day", type: "number", unit: "h", narrow: true, value: now.hours, error, change: (hours) => put({ hours }) })}
      ${field({ id: `what-if-${id}-from`, name: "from", label: "From", type: "choice", choices: dayChoices(plan), value: now.from ?? "", error, change: (from) => put({ from }) })}`;
  }
  return nothing;
}

/** @typedef {{member: string, firstDay: string, lastDay: string}} Days */

/**
 * @param {Plan} plan
 * @param {number} id
 * @param {Days} now
 * @param {(who: Partial<Days>) => void} put
 */
function whoOf({ capacity }, id, now, put) {
  const choices = capacity.members.map(({ member, name }) => ({ value: member, title: name }));
  return field({ id: `what-if-${id}-member`, name: "member", label: "Who", bare: true, type: "choice", choices, value: now.member, change: (member) => put({ member }) });
}

/**
 * From when to when.
 * @param {Plan} plan
 * @param {number} id
 * @param {Days} now
 * @param {(days: Partial<Days>) => void} put
 */
function daysOf(plan, id, now, put) {
  const days = dayChoices(plan);
  return html`<span class="what-if-days"><span class="is-quiet" aria-hidden="true">from</span>
    ${field({ id: `what-if-${id}-first`, name: "firstDay", label: "From", bare: true, type: "choice", choices: days, value: now.firstDay,
      change: (firstDay) => put({ firstDay, lastDay: now.lastDay === now.firstDay || now.lastDay < firstDay ? firstDay : now.lastDay }) })}
    <span class="is-quiet" aria-hidden="true">to</span>
    ${field({ id: `what-if-${id}-last`, name: "lastDay", label: "To", bare: true, type: "choice", choices: days.filter(({ value }) => value >= now.firstDay), value: now.lastDay, change: (lastDay) => put({ lastDay }) })}</span>`;
}

/** @param {Plan} plan */
function dayChoices({ capacity }) {
  return capacity.days.map((day) => ({ value: day, title: `${weekdayText(day).slice(0, 3)} ${dayText(day)}` }));
}

/**
 * @param {number} id
 * @param {string} name
 * @param {string} label
 * @param {string} value
 * @param {[string, string][]} choices
 * @param {(value: string) => void} change
 */
function choice(id, name, label, value, choices, change) {
  return field({ id: `what-if-${id}-${name}`, name, label, bare: true, type: "choice", choices: choices.map(([value, title]) => ({ value, title })), value, change });
}

/**
 * The share of the buffer; the lanes move with the slider.
 * @param {number} id
 * @param {number} share
 */
function slider(id, share) {
  const percent = share / 100;
  const move = (/** @type {Event} */ event) => {
    const to = Number(/** @type {HTMLInputElement} */ (event.currentTarget).value);
    if (Number.isFinite(to)) set(id, { buffer: { share: Math.round(to * 100) } });
  };
  return html`<label class="what-if-buffer" for="what-if-${id}-buffer">Buffer of ${percent} %
    <input type="range" id="what-if-${id}-buffer" class="is-buffer" min="0" max="100" step="1" .value=${live(String(percent))} aria-valuetext="${percent} %" @input=${move}></label>`;
}

/**
 * What the changes would do.
 * @param {WhatIf} would
 */
function results(would) {
  return html`<div class="what-if-results" aria-live="polite">
    <p>${would.hoursSaid}</p>
    <p>${would.pointsSaid}</p>
    ${would.lanes.map(({ before, after }) => html`${laneBar(after)}${before.said === after.said ? nothing : html`<p class="what-if-was is-quiet">planned: ${before.said}</p>`}`)}
    <p class=${would.after.over === null ? "" : "is-grave"}>${would.forecast}</p>
    ${would.chanceSaid ? html`<p>${unbroken(would.chanceSaid)}</p>` : nothing}
    ${would.waiting.length === 0 ? nothing : html`<p class="is-grave">${countText(would.waiting.length, "item")} would no longer fit:</p>
      <ul class="what-if-waiting">${would.waiting.map((item) => html`<li>${item.label} ${item.title} <span class="is-quiet">${sizeText(item.size)}</span></li>`)}</ul>`}
    ${would.members.map(({ name, said }) => html`<p class="is-quiet">${name}: ${said}</p>`)}
  </div>`;
}
