// @ts-check
/**
 * The board of the running Sprint: its items by the team's states, what is left, what came in and went out.
 *
 * 1. Items move by dragging, by Alt with an arrow, or by a key for each meaning: to do, in progress, done, cancelled.
 * 2. What was done on an earlier day is dated to it; what comes in after the start says why.
 * 3. Cancelled items stand apart, in one line each: they are out of the scope.
 * 4. Closing asks about every unfinished item and about the Sprint Goal; undo takes it back.
 */
import { html, nothing, redraw, repeat } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { button, empty, mark } from "../parts/button.js";
import { chart } from "../parts/chart.js";
import { openDialog, openForm } from "../parts/dialog.js";
import { watchDrag } from "../parts/drag.js";
import { field } from "../parts/field.js";
import { gaugeCard, overflowBanner } from "../parts/gauge.js";
import { isTyping, kbd } from "../parts/keys.js";
import { carriedText, kindChoices, tones, workText } from "../parts/kinds.js";
import { openMenu } from "../parts/menu.js";
import { Picks } from "../parts/picks.js";
import { countText, dayText, daysText, hoursText, pointsText, sizeText, unbroken, whenText } from "../parts/text.js";
import { act, fail, sayDone } from "../parts/toast.js";
import { openClose } from "./close.js";
import { decideAct } from "./interrupts.js";
import { digitOf, goOnTyping, moveTo } from "./item.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */

const picks = new Picks();

/** @type {Record<Origin, string>} */
export const origins = { interrupt: "interrupt", pulledIn: "pulled in", scopeCreep: "scope creep", discovered: "discovered", reopened: "reopened" };

/** @type {[Origin, string, string][]} */
const reasons = [
  ["interrupt", "Interrupt", "Unplanned work. It draws on the buffer and stays out of the planned scope."],
  ["pulledIn", "Pulled in", "There was room for more."],
  ["scopeCreep", "Scope creep", "More than was agreed."],
  ["discovered", "Discovered", "It turned out to belong to what was selected."],
];

/**
 * All items of the board in the order of its columns.
 * @param {Board} board
 */
function all(board) {
  return board.columns.flatMap(({ items }) => items);
}

/**
 * The picked items that are still on the board.
 * @param {Board} board
 */
function targets(board) {
  const here = new Set(all(board).map(({ id }) => id));
  return picks.targets().filter((id) => here.has(id));
}

/**
 * @param {Board} board
 * @param {Category} category
 */
function first(board, category) {
  return board.columns.find((column) => column.category === category);
}

/**
 * Moves each picked item to the neighbouring column.
 * @param {Board} board
 * @param {1 | -1} step
 */
async function shift(board, step) {
  const ids = targets(board);
  const from = board.columns.findIndex(({ items }) => items.some(({ id }) => id === ids[0]));
  const to = board.columns[from + step];
  if (from >= 0 && to) await moveTo(ids, to);
}

/**
 * Moves items with the day on which it was so.
 * @param {Board} board
 */
function moveOnDay(board) {
  // What was done today has a key of its own: the day before is what it is opened for.
  const on = board.sprint?.workedBefore ?? board.today;
  const items = targets(board);
  const done = first(board, "done");
  return openForm({
    title: items.length === 1 ? "Moved on another day" : `${items.length} items moved on another day`,
    action: "Move",
    values: { state: done?.state ?? "", on },
    draw: (form) => html`
      ${form.field({ name: "state", label: "To", type: "choice", choices: board.columns.map(({ state, name }) => ({ value: state, title: name })) })}
      ${form.field({ name: "on", label: "On", type: "date", max: board.today, autofocus: true, hint: "The burn-down shows it on that day." })}`,
    send: async ({ state, on }) => {
      const column = board.columns.find((one) => one.state === state);
      return column && (await moveTo(items, column, on || null)) ? true : null;
    },
  });
}

/**
 * @param {Board} board
 * @param {string} [begun] the digit that was typed on a card
 */
function resize(board, begun) {
  const items = targets(board);
  const one = items.length === 1 ? all(board).find(({ id }) => id === items[0]) : undefined;
  const answer = openForm({
    title: one ? `Size of ${one.label}` : `Size of ${items.length} items`,
    action: "Size",
    values: { size: begun ?? (one?.size != null ? sizeText(one.size) : ""), on: board.today },
    draw: (form) => html`${one ? html`<p class="dialog-text">${one.title}</p>` : nothing}
      ${form.field({ name: "size", label: "Size", type: "number", unit: "points", narrow: true, autofocus: true, hint: "What was committed stays as it was; the scope changes by the difference." })}
      ${form.field({ name: "on", label: "On", type: "date", max: board.today, hint: "The burn-down shows it on that day." })}`,
    send: ({ size, on }) => run({ backlog: { size: { items, size, ...(on && on !== board.today ? { on } : {}) } } }),
  });
  if (begun !== undefined) goOnTyping();
  return answer;
}

/**
 * Cancels the picked items; the card that stood after them, else the one before, is the active one, for they stand apart now.
 * @param {Board} board
 * @param {BoardColumn} to
 */
async function cancel(board, to) {
  const items = targets(board);
  const column = board.columns.find((one) => one.state !== to.state && one.items.some(({ id }) => items.includes(id)))?.items ?? [];
  const last = column.findLastIndex(({ id }) => items.includes(id));
  const next = [...column.slice(last + 1), ...column.slice(0, Math.max(0, last)).reverse()].find(({ id }) => !items.includes(id));
  if (!(await moveTo(items, to)) || !picks.targets().some((id) => items.includes(id))) return;
  picks.keys.clear();
  picks.active = next?.id ?? "";
  const card = next && document.getElementById(`card-${next.id}`);
  if (card) card.focus();
  redraw();
}

/**
 * Adds an item after the start: one of the Product Backlog, or a new one; asks why it comes in.
 * @param {Board} board
 */
function add(board) {
  const sprint = board.sprint;
  if (!sprint) return;
  /** @type {BacklogRow[]} */
  let found = [];
  let asked = "";
  const look = async (/** @type {string} */ text) => {
    asked = text;
    const { rows } = await ask({ backlog: { window: { filter: { whereabouts: "backlog", kinds: [], unsorted: false, severities: [], lanes: [], withoutSize: false, text }, from: 0, limit: 6 } } });
    if (asked !== text) return;
    found = rows;
    redraw();
  };
  void look("").catch(fail);
  return openForm({
    title: `Add to ${sprint.name}`,
    action: "Add it",
    values: { title: "", item: "", kind: "", size: "", origin: "" },
    draw: (form) => html`
      ${field({
        name: "title", id: "add-title", label: "An item of the Product Backlog, or the title of a new one", value: form.values.title, error: form.error("title"), autofocus: true,
        change: (title) => {
          form.set({ title, item: "" });
          void look(title).catch(fail);
        },
      })}
      <ul class="add-found" aria-label="Items of the Product Backlog">${found.map((row) => html`<li><button type="button" class="row-button ${row.id === form.values.item ? "is-picked" : ""}"
        aria-pressed=${row.id === form.values.item ? "true" : "false"} @click=${() => form.set({ item: form.values.item === row.id ? "" : row.id })}>
        <span class="is-title">${row.title}</span><span class="is-quiet">${row.label}</span></button></li>`)}</ul>
      ${form.values.item !== "" || form.values.title.trim() === "" ? nothing : html`<div class="field-pair">
        ${form.field({ name: "kind", label: "Kind of the new item", type: "choice", choices: [{ value: "", title: "unsorted" }, ...kindChoices] })}
        ${form.field({ name: "size", label: "Size", type: "number", unit: "points" })}</div>`}
      ${why(form.values.origin, form.error("origin"), (origin) => form.set({ origin }))}`,
    send: async ({ title, item, kind, size, origin: chosen }) => {
      const origin = /** @type {Origin | null} */ (chosen || null);
      const outcome = item
        ? await run({ sprint: { selectItems: { items: [item], sprint: sprint.id, origin } } })
        : await run({ sprint: { addItem: { title, kind: /** @type {WorkKind | null} */ (kind || null), size, origin } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Commits again, within the grace, what the Sprint holds now.
 * @param {BoardSprint} sprint
 */
async function commitAgain(sprint) {
  const until = sprint.commitAgainUntil;
  const yes = await openDialog({
    title: `Commit ${sprint.name} again`,
    draw: (/** @type {(value?: boolean) => void} */ close) => html`
      <div class="dialog-text">
        <p>The team commits what the Sprint holds now: <strong>${pointsText(sprint.points.scope)}</strong> in ${countText(sprint.items.scope / 100, "item")}, where it committed ${sizeText(sprint.points.terms.committed)}.</p>
        <p class="is-quiet">The first commitment is kept beside it. The Sprint still counts from its start, and what was done since stays done.${until ? ` This is possible until ${dayText(until)}.` : ""}</p>
      </div>
      <div class="dialog-buttons">
        <button type="button" class="button" @click=${() => close()}>Leave it</button>
        <button type="button" class="button is-main" @click=${() => close(true)}>Commit again</button>
      </div>`,
  });
  if (yes) await act({ sprint: { commitAgain: { sprint: sprint.id } } });
}

/**
 * Asks why an item comes in after the start.
 * @param {string} chosen
 * @param {import("../host.js").Refusal | undefined} error
 * @param {(origin: string) => void} choose
 */
function why(chosen, error, choose) {
  return html`<fieldset class="reasons" aria-describedby=${error ? "origin-error" : nothing}>
    <legend>Why does it come in now?</legend>
    ${reasons.map(([value, title, text]) => html`<label><input type="radio" name="origin" value=${value} .checked=${chosen === value} aria-invalid=${error ? "true" : "false"}
      @change=${() => choose(value)}><span>${title}</span><span class="is-quiet">${text}</span></label>`)}
    ${error ? html`<p class="field-error" id="origin-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
  </fieldset>`;
}

/**
 * @param {Board} board
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(board, context) {
  const { sprint } = board;
  if (!sprint) {
    return [{ id: "toPlan", title: board.planned[0] ? `Plan ${board.planned[0].name}` : "Plan a Sprint", key: "p", main: true, run: () => context.go("plan", board.planned[0] ? { sprint: board.planned[0].id } : {}) }];
  }
  const any = () => targets(board).length > 0;
  const to = (/** @type {Category} */ category, /** @type {string} */ key) => {
    const column = first(board, category);
    return column ? [{ id: `to-${category}`, title: `Move to ${column.name}`, key, when: any, run: () => (category === "cancelled" ? cancel(board, column) : moveTo(targets(board), column)) }] : [];
  };
  return [
    { id: "addItem", title: "Add an item…", key: "n", run: () => add(board) },
    { id: "close", title: `Close ${sprint.name}…`, key: "shift+c", main: sprint.phase === "overdue" || sprint.items.remaining === 0, run: () => openClose(sprint.id, context) },
    ...(sprint.commitAgainUntil === null ? [] : [{ id: "commitAgain", title: "Commit again…", run: () => commitAgain(sprint) }]),
    { id: "burnDown", title: "Burn-down", key: "b", run: () => context.go("charts") },
    { id: "interrupts", title: "Interrupts", key: "u", run: () => context.go("interrupts") },
    { ...decideAct(), when: () => sprint.buffer.asks !== null },
    ...to("done", "d"), ...to("inProgress", "i"), ...to("toDo", "t"), ...to("cancelled", "x"),
    { id: "moveRight", title: "Move to the next state", key: "alt+right", when: any, run: () => shift(board, 1) },
    { id: "moveLeft", title: "Move to the state before", key: "alt+left", when: any, run: () => shift(board, -1) },
    { id: "moveOnDay", title: "Moved on another day…", key: "shift+d", when: any, run: () => moveOnDay(board) },
    { id: "resize", title: "Size", key: "z", when: any, run: () => resize(board) },
    { id: "return", title: "Return to the Product Backlog", key: "shift+s", when: any, run: () => act({ sprint: { returnItems: { items: targets(board) } } }) },
    { id: "openItem", title: "Open the item", key: "enter", when: () => targets(board).length === 1, run: () => context.go("item", { id: targets(board)[0] ?? "" }) },
  ];
}

/**
 * @param {Board} board
 * @param {Context} context
 */
function draw(board, context) {
  const { sprint } = board;
  const acts = commands(board, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  if (!sprint) {
    return html`<div class="screen-head"><div><h1>Board</h1></div></div>
      ${empty({
        title: "No Sprint is running",
        text: board.planned[0] ? `${board.planned[0].name} is planned. Select what it takes on, then start it: its items stand here by their states.` : "Plan a Sprint, select what it takes on, and start it: its items stand here by their states.",
        acts: acts,
      })}`;
  }
  const cancelled = board.columns.filter(({ category }) => category === "cancelled");
  const columns = board.columns.filter(({ category }) => category !== "cancelled");
  const reachable = [...columns, ...cancelled].flatMap(({ items }) => items);
  const start = (reachable.find(({ id }) => id === picks.active) ?? reachable[0])?.id;
  return html`<div class="screen-head">
      <div><h1>${sprint.name}</h1>
        <p class="is-quiet">${daysText(sprint.firstDay, sprint.lastDay)} · ${leftText(board, sprint)}${bufferText(sprint.buffer)}</p></div>
      <div class="screen-acts">${button(find("burnDown"), { plain: true })}${sprint.commitAgainUntil === null ? nothing : button(find("commitAgain"), { plain: true })}${button(find("addItem"))}${button(find("close"))}</div>
    </div>
    ${sprint.goal ? html`<p class="board-goal"><span class="is-quiet">Sprint Goal</span> ${sprint.goal}</p>` : nothing}
    ${sums(sprint)}
    ${overflowBanner(sprint.buffer, find("decideOverflow"))}
    <div class="board">
      <div class="board-columns" @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, board)}>
        ${columns.map((column) => html`<section class="column" aria-label="${column.name}, ${countText(column.items.length, "item")}" data-drop=${column.state}>
          <div class="column-head"><h2 title=${column.name}>${column.name}</h2>${columnSum(column)}</div>
          <ul class="column-items" role="listbox" aria-multiselectable="true" aria-label=${column.name}>
            ${repeat(column.items, ({ id }) => id, (item) => card(board, item, column, item.id === start, acts, context))}
          </ul>
          ${column.items.length === 0 && column.category === "done" ? html`<p class="column-empty is-quiet">Nothing is done yet. ${kbd("d")} moves the picked item here.</p>` : nothing}
        </section>`)}
      </div>
      <aside class="board-side" aria-label="Burn-down, buffer, and changes of the scope">
        <section class="card board-burn" aria-label="Burn-down">${chart({ id: "board-burn", bare: true, ratio: 0.62, question: sprint.id, source: (size, theme) => small(sprint.id, size, theme) })}</section>
        ${gaugeCard(sprint.buffer, { acts: [find("interrupts")], more: movedLine(sprint.capacityMoved) })}
        ${changes(sprint)}
        ${cancelled.map((column) => html`<section class="card board-cancelled" data-drop=${column.state} @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, board)}>
          <div class="card-head"><h2>${column.name}</h2><span class="is-quiet">${column.items.length === 0 ? "nothing" : countText(column.items.length, "item")}</span></div>
          <ul role="listbox" aria-label=${column.name}>${repeat(column.items, ({ id }) => id, (item) => html`<li id="card-${item.id}" role="option" tabindex=${item.id === start ? "0" : "-1"} ?data-start=${item.id === start} class="board-line ${look(item)}" @focus=${() => focused(item)} aria-selected=${isPicked(item)}
            @click=${(/** @type {MouseEvent} */ event) => pick(event, item)} @contextmenu=${(/** @type {MouseEvent} */ event) => menu(event, item, acts)} @pointerdown=${(/** @type {PointerEvent} */ event) => press(event, board, item)}>
            <span class="is-title">${item.title}</span><span class="is-quiet">${item.label}</span></li>`)}</ul>
        </section>`)}
      </aside>
    </div>`;
}

/**
 * "3 working days left", "2 days overdue".
 * @param {Board} board
 * @param {BoardSprint} sprint
 */
function leftText(board, sprint) {
  if (sprint.phase !== "overdue") {
    return sprint.workingDaysLeft === 0 ? "no working day left" : `${countText(sprint.workingDaysLeft, "working day")} left`;
  }
  const days = Math.round((Date.parse(board.today) - Date.parse(sprint.lastDay)) / 86_400_000);
  return html`<span class="is-grave">${countText(days, "day")} past its last day: close it, or go on until it is done</span>`;
}

/**
 * How the buffer stands, for the head: its gauge may be further down.
 * @param {BufferGauge} buffer
 */
function bufferText({ lane, said, state }) {
  return html` · <span class="is-whole ${state === "overflowing" ? "is-grave" : ""}">${lane}: ${unbroken(said)}</span>`;
}

/**
 * How the capacity moved since the start, in a line.
 * @param {CapacityMovedSaid | null} moved
 */
function movedLine(moved) {
  if (!moved) return nothing;
  const by = moved.now - moved.then;
  return html`<p title=${moved.members.map(({ said }) => said).join("\n")}><a href="#/calendar">Capacity since the start</a>: ${
    by === 0 ? "the same in all" : `${by > 0 ? "+" : "−"}${hoursText(Math.abs(by))}`}</p>`;
}

/** @param {BoardSprint} sprint */
function sums(sprint) {
  return termsText(sprint.points.terms, html`<span class="is-quiet">${sprint.count.said}${sprint.unsizedItems > 0 ? `, ${sprint.unsizedItems} unsized` : ""}</span>`);
}

/**
 * "29 points committed + 1 added = 30 in the scope − 18 done = 12 left"; terms of nothing are left out.
 * @param {Terms} terms
 * @param {unknown} besides what else stands in the line
 */
export function termsText(terms, besides) {
  const scope = terms.committed + terms.added - terms.removed + terms.resized;
  const term = (/** @type {number} */ value, /** @type {string} */ word, /** @type {string} */ sign) => (value === 0 ? nothing : html` ${sign} <span class="sum"><strong>${sizeText(Math.abs(value))}</strong> ${word}</span>`);
  const changed = terms.added !== 0 || terms.removed !== 0 || terms.resized !== 0;
  return html`<p class="sums">
    <span class="sum"><strong>${sizeText(terms.committed)}</strong> ${terms.committed === 100 ? "point" : "points"} committed</span>
    ${term(terms.added, "added", "+")}${term(terms.removed, "removed", "−")}${term(terms.resized, "re-sized", terms.resized < 0 ? "−" : "+")}
    ${changed ? html` = <span class="sum"><strong>${sizeText(scope)}</strong> in the scope</span>` : nothing}
    − <span class="sum"><strong>${sizeText(terms.done)}</strong> done</span>
    = <span class="sum is-left"><strong>${sizeText(scope - terms.done)}</strong> left</span>
    ${besides}
  </p>`;
}

/**
 * "12", said as "12 points"; how many items, where none of them has points in the scope. Short, so that the name has the room.
 * @param {BoardColumn} column
 */
function columnSum({ items }) {
  const points = items.filter(({ inBuffer, outside }) => !inBuffer && !outside).reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (items.length === 0) return nothing;
  if (points === 0) return html`<span class="is-quiet">${countText(items.length, "item")}</span>`;
  return html`<span class="is-quiet" title=${pointsText(points)}>${sizeText(points)}<span class="is-hidden"> ${points === 100 ? "point" : "points"}</span></span>`;
}

/** @param {BoardItem} item */
function look(item) {
  return [picks.keys.has(item.id) || (picks.keys.size === 0 && picks.active === item.id) ? "is-picked" : "", item.outside ? "is-outside" : ""].join(" ");
}

/** @param {BoardItem} item */
function isPicked(item) {
  return picks.targets().includes(item.id) ? "true" : "false";
}

/**
 * @param {Board} board
 * @param {BoardItem} item
 * @param {BoardColumn} column
 * @param {boolean} reachable whether Tab comes to this one
 * @param {Act[]} acts
 * @param {Context} context
 */
function card(board, item, column, reachable, acts, context) {
  const said = [workText(item.kind, item.severity), item.lane].filter(Boolean).join(", ");
  const notes = [
    item.origin && origins[item.origin],
    carriedText(item.carried),
    item.outside && "ended before this Sprint",
    item.owner,
    item.going && { live: "live", takenBack: "taken back from production", notLive: null }[item.going],
    column.category === "done" && item.since !== null && !item.outside ? whenText(item.since) : null,
  ].filter(Boolean).join(" · ");
  return html`<li id="card-${item.id}" role="option" class="board-card ${look(item)}" tabindex=${reachable ? "0" : "-1"} ?data-start=${reachable}
      aria-selected=${isPicked(item)}
      @click=${(/** @type {MouseEvent} */ event) => pick(event, item)} @dblclick=${() => context.go("item", { id: item.id })}
      @focus=${() => focused(item)} @contextmenu=${(/** @type {MouseEvent} */ event) => menu(event, item, acts)}
      @pointerdown=${(/** @type {PointerEvent} */ event) => press(event, board, item)}>
    <div class="board-card-title" title=${item.title}>${mark(item.tone ? tones[item.tone] : "", said)}<span>${item.title}</span></div>
    ${item.blocked !== null ? html`<p class="is-grave">Blocked: ${item.blocked}</p>` : nothing}
    ${item.waits.length > 0 ? html`<p class=${item.waits[0]?.wrong ? "is-grave" : "is-quiet"}>${item.waits.map(({ said }) => said).join("; ")}</p>` : nothing}
    <div class="board-card-foot is-quiet"><span>${item.label}${item.severity === "critical" ? html` · <span class="is-grave">critical</span>` : nothing}${notes ? ` · ${notes}` : ""}</span><span class="is-number">${sizeText(item.size)}</span></div>
  </li>`;
}

/** @param {BoardItem} item */
function focused(item) {
  if (picks.active === item.id) return;
  picks.active = item.id;
  picks.keys.clear();
  redraw();
}

/**
 * @param {MouseEvent} event
 * @param {BoardItem} item
 */
function pick(event, item) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    if (picks.keys.size === 0 && picks.active && picks.active !== item.id) picks.keys.add(picks.active);
    picks.toggle(item.id, 0);
  } else {
    picks.keys.clear();
    picks.active = item.id;
  }
  document.getElementById(`card-${item.id}`)?.focus();
  redraw();
}

/**
 * @param {MouseEvent} event
 * @param {BoardItem} item
 * @param {Act[]} acts
 */
function menu(event, item, acts) {
  event.preventDefault();
  if (!picks.targets().includes(item.id)) {
    picks.keys.clear();
    picks.active = item.id;
    redraw();
  }
  openMenu({ x: event.clientX, y: event.clientY }, acts.filter(({ id }) => !["addItem", "close", "burnDown"].includes(id)));
}

/**
 * @param {PointerEvent} event
 * @param {Board} board
 * @param {BoardItem} item
 */
function press(event, board, item) {
  const carried = picks.keys.has(item.id) ? targets(board) : [item.id];
  watchDrag(event, {
    label: carried.length > 1 ? `${carried.length} items` : item.title,
    drop: (_, place) => {
      const column = board.columns.find(({ state }) => state === place?.dataset.drop);
      if (column && !column.items.some(({ id }) => id === item.id)) void moveTo(carried, column).catch(fail);
    },
  });
}

/**
 * Arrows go from card to card, Space picks several, Esc picks none.
 * @param {KeyboardEvent} event
 * @param {Board} board
 */
function onKey(event, board) {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  const columns = board.columns.filter(({ items }) => items.length > 0);
  const at = columns.findIndex(({ items }) => items.some(({ id }) => id === picks.active));
  const row = columns[at]?.items.findIndex(({ id }) => id === picks.active) ?? 0;
  const near = (/** @type {number} */ column) => {
    const items = columns[column]?.items;
    return items?.[Math.min(row, items.length - 1)];
  };
  /** @type {Record<string, () => BoardItem | undefined>} */
  const steps = {
    ArrowDown: () => columns[at]?.items[row + 1],
    ArrowUp: () => columns[at]?.items[row - 1],
    ArrowRight: () => near(at + 1),
    ArrowLeft: () => near(at - 1),
    Home: () => columns[at]?.items[0],
    End: () => columns[at]?.items.at(-1),
  };
  const step = steps[event.key];
  if (step) {
    event.preventDefault();
    const next = step();
    if (!next) return;
    if (event.shiftKey) {
      if (picks.keys.size === 0) picks.keys.add(picks.active);
      picks.keys.add(next.id);
      picks.active = next.id;
    } else {
      picks.keys.clear();
      picks.active = next.id;
    }
    document.getElementById(`card-${next.id}`)?.focus();
    redraw();
  } else if (event.key === " " && picks.active) {
    event.preventDefault();
    picks.toggle(picks.active, 0);
    redraw();
  } else if (digitOf(event) !== "" && targets(board).length > 0) {
    event.preventDefault();
    void resize(board, event.key);
  } else if (event.key === "Escape" && picks.keys.size > 0) {
    event.preventDefault();
    picks.keys.clear();
    redraw();
  }
}

/**
 * The burn-down as a small picture beside the columns.
 * @param {string} sprint
 * @param {{width: number, height: number}} size
 * @param {ThemeName} theme
 */
async function small(sprint, size, theme) {
  return (await ask({ flow: { chart: { chart: "burnDown", sprint, theme, ...size } } })).chart;
}

/** @param {BoardSprint} sprint */
function changes({ changes }) {
  const told = changes.filter(({ change }) => change !== "done");
  const few = told.slice(0, 12);
  return html`<section class="card" aria-labelledby="changes-title">
    <div class="card-head"><h2 id="changes-title">Changes since the start</h2><span class="is-quiet">${told.length === 0 ? "none" : told.length}</span></div>
    ${few.length === 0 ? html`<p class="is-quiet">The scope is what was committed.</p>` : html`<ul class="changes">${few.map((entry) => html`<li>
      <span class="change-size is-number">${changeText(entry)}</span><span class="is-title">${entry.title}</span><span class="is-quiet">${changeWord(entry)}, ${whenText(entry.at)}</span></li>`)}
      ${told.length > few.length ? html`<li class="is-quiet">and ${told.length - few.length} earlier</li>` : nothing}</ul>`}
  </section>`;
}

/** @param {ScopeEntry} entry */
function changeText(entry) {
  const by = entry.points.scope - entry.points.done;
  if (by === 0) return typeof entry.change === "object" && "added" in entry.change ? "+" : "−";
  return by > 0 ? `+ ${sizeText(by)}` : `− ${sizeText(-by)}`;
}

/**
 * What a change of the scope was, in words.
 * @param {ScopeEntry} entry
 */
export function changeWord({ change, inBuffer, size }) {
  if (typeof change === "string") return { removed: "taken out", cancelled: "cancelled", done: "done", reopened: "opened again" }[change];
  if ("added" in change) return `${origins[change.added.origin]}${inBuffer ? ", in the buffer" : ""}`;
  return `${sizeText(change.resized.from)} → ${sizeText(size)}`;
}

/** @type {import("../main.js").Screen} */
export const board = {
  name: "board",
  title: "Board",
  group: "",
  key: "g r",
  query: () => ({ sprint: { board: {} } }),
  draw,
  commands,
  keys: [["left right", "Go to the next column"]],
};
