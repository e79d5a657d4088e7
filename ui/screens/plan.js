// @ts-check
/**
 * Sprint Planning: the ordered Product Backlog beside the capacity, and what selecting does to the lanes.
 *
 * 1. What is selected stands above the line; an item comes over it by S, by dragging, or by the button at the item, and goes back likewise.
 * 2. Every figure and every sentence about the plan comes from Rust; nothing is counted here.
 * 3. Several future Sprints can be planned; the address says which one is shown.
 * 4. Starting is asked once, with what it commits; undo takes it back.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, onOpened, onRefresh, run } from "../host.js";
import { laneBar } from "../parts/bars.js";
import { button, empty } from "../parts/button.js";
import { openDialog, openForm } from "../parts/dialog.js";
import { savedField } from "../parts/field.js";
import { gaugeLine } from "../parts/gauge.js";
import { kbd } from "../parts/keys.js";
import { carriedText, kindMark, tones } from "../parts/kinds.js";
import { list } from "../parts/list.js";
import { menuButton } from "../parts/menu.js";
import { Picks } from "../parts/picks.js";
import { sliders, Split } from "../parts/sliders.js";
import { table } from "../parts/table.js";
import { countText, daysText, dayText, hoursText, pointsText, sizeText, unbroken, weekdayText } from "../parts/text.js";
import { act, fail } from "../parts/toast.js";
import { digitOf, sizeItems } from "./item.js";
import { openShares, openSuggestion, save } from "./shares.js";
import { whatIfCard, whatIfCommands } from "./what_if.js";

/** The key of the row that is the line below the selected items. */
const line = "line";

/** @typedef {PlanRow | typeof line} Row */
/** @typedef {import("../parts/keys.js").Act} Act */

const picks = new Picks();
const split = new Split();
/** @type {Plan | null} the plan with the shares that the sliders show */
let tried = null;
/** The Sprint whose capacity is being divided, "" while none is. */
let dividing = "";

/** Shows what the shares of the sliders would do, while they add up. */
async function tryShares() {
  const shares = split.draft;
  if (!shares || split.difference !== null) {
    tried = null;
    return;
  }
  const plan = await ask({ capacity: { triedPlan: { sprint: dividing, shares } } });
  if (split.draft === shares) tried = plan;
  redraw();
}

split.onMove = () => void tryShares().catch(fail);
// What else changed in the plan may change what the shares would do.
onRefresh(() => {
  if (tried) void tryShares().catch(() => { tried = null; });
});

onOpened(() => { dividing = ""; });

/** @typedef {{sprint: string, isSelected: Map<string, boolean>, rows: Map<string, PlanRow>, keys: string[]}} Drawn rows that were drawn of a Sprint: whether an item is selected, the rows by their items, and the keys by their place */

/** @type {Drawn} */
let drawn = { sprint: "", isSelected: new Map(), rows: new Map(), keys: [] };

/** @param {string} sprint */
function drawnOf(sprint) {
  if (drawn.sprint !== sprint) drawn = { sprint, isSelected: new Map(), rows: new Map(), keys: [] };
  return drawn;
}

/** @type {Map<string, number>} the chance of each selected item, in basis points, that it is done with all before it */
let chances = new Map();

/** How many rows come with the board, so that nothing is drawn twice: the first window of the list. */
const atOnce = 100;
/** @type {{answer: PlanItems | null, generation: number}} the rows that came with the board, and the generation in which they were asked */
let given = { answer: null, generation: -1 };

/**
 * The rows of a window, with the line at its place.
 * @param {Plan} plan
 * @param {number} from
 * @param {number} limit
 */
async function source(plan, from, limit) {
  const sprint = plan.sprint.id;
  const { isSelected, rows: seen, keys } = drawnOf(sprint);
  const isBelow = from > plan.selected;
  const here = from === 0 && limit === atOnce && given.generation === generation() ? given.answer : null;
  const answer = here ?? await ask({ capacity: { planItems: { sprint, from: isBelow ? from - 1 : from, limit } } });
  for (const row of answer.rows) {
    isSelected.set(row.item, row.selected);
    seen.set(row.item, row);
  }
  /** @type {Row[]} */
  const rows = [...answer.rows];
  if (!isBelow && answer.selected - from < limit) rows.splice(answer.selected - from, 0, line);
  const total = answer.total + 1;
  keys.length = total;
  rows.slice(0, limit).forEach((row, at) => {
    keys[from + at] = row === line ? line : row.item;
  });
  return { rows: rows.slice(0, limit), total };
}

/**
 * Does something with items by keyboard, and goes on to the row after them, so that the next press means the next item.
 * @param {string[]} items
 * @param {() => Promise<unknown>} work
 */
async function andNext(items, work) {
  const { isSelected, keys } = drawn;
  const last = Math.max(...items.map((item) => keys.indexOf(item)));
  const next = keys[last + 1];
  const goesOn = next !== undefined && next !== line && isSelected.get(next) === isSelected.get(items[0] ?? "");
  if ((await work()) !== undefined && goesOn) picks.only(next, last + 1);
}

/** The items that a command acts on. */
function targets() {
  return picks.targets().filter((key) => key !== line);
}

/** @param {boolean} selected */
function targetsThat(selected) {
  return targets().filter((key) => (drawn.isSelected.get(key) ?? false) === selected);
}

/**
 * @param {Plan} plan
 * @param {string[]} items
 */
function select(plan, items) {
  return act({ sprint: { selectItems: { sprint: plan.sprint.id, items } } }, `${countText(items.length, "item")} selected`);
}

/** @param {string[]} items */
function giveBack(items) {
  return act({ sprint: { returnItems: { items } } }, `${countText(items.length, "item")} returned to the Product Backlog`);
}

/**
 * Moves rows: over the line they are selected or returned, on their own side the Product Backlog is put in another order.
 * @param {Plan} plan
 * @param {string[]} moved
 * @param {import("../parts/list.js").Place} place
 */
async function move(plan, moved, place) {
  const items = moved.filter((key) => key !== line);
  if (items.length === 0) return;
  const above = place.before === line || (place.before !== null && drawn.isSelected.get(place.before) === true);
  const crossing = items.filter((key) => (drawn.isSelected.get(key) ?? false) !== above);
  if (crossing.length > 0) {
    await (above ? select(plan, crossing) : giveBack(crossing));
    return;
  }
  const before = place.before === line ? null : place.before;
  const after = place.after === line ? null : place.after;
  /** @type {OrderPlace | null} */
  const to = before !== null ? { before } : after !== null ? { after } : null;
  if (to) await act({ backlog: { move: { items, to } } }, `${countText(items.length, "item")} moved`);
}

/**
 * @param {PlanBoard} board
 * @param {import("../main.js").Context} context
 * @returns {Act[]}
 */
function commands(board, context) {
  const plan = board.plan;
  const next = { id: "planNext", title: `Plan ${plan ? "another Sprint" : board.proposal.name}…`, key: "n", run: () => planNext(board, context) };
  if (!plan) return [next];
  const has = (/** @type {boolean} */ selected) => () => targetsThat(selected).length > 0;
  const others = board.sprints.filter(({ id }) => id !== plan.sprint.id);
  return [
    { id: "select", title: "Select for the Sprint", key: "s", when: has(false), run: () => andNext(targetsThat(false), () => select(plan, targetsThat(false))) },
    { id: "return", title: "Return to the Product Backlog", key: "shift+s", when: has(true), run: () => andNext(targetsThat(true), () => giveBack(targetsThat(true))) },
    { id: "openItem", title: "Open the item", key: "enter", when: () => targets().length === 1, run: () => context.go("item", { id: targets()[0] ?? "" }) },
    { id: "size", title: "Size", key: "z", when: () => targets().length > 0, run: () => size() },
    { id: "start", title: `Start ${plan.sprint.name}…`, key: "shift+enter", main: true, when: () => plan.load.items > 0 && board.running === null, run: () => start(plan, context) },
    { id: "goal", title: "Write the Sprint Goal", key: "g g", run: () => document.getElementById("goal")?.focus() },
    { id: "split", title: dividing === plan.sprint.id ? "Hide the shares" : "Divide the capacity", key: "d", run: () => divide(plan) },
    { id: "shares", title: "Shares of a policy or of the Sprint before…", key: "o", run: () => openShares(plan) },
    { id: "suggest", title: "Suggest a split from past Sprints…", run: () => openSuggestion(plan) },
    { id: "keepShares", title: "Keep the shares as a policy…", run: () => save(plan) },
    ...whatIfCommands(plan),
    { id: "ownSize", title: "Own number of points", key: "p", run: () => ownSize(plan) },
    { id: "calendar", title: "Absences and days on call", key: "c", run: () => context.go("calendar", { sprint: plan.sprint.id }) },
    { id: "sprintDays", title: "Change name and days of the Sprint", run: () => change(plan) },
    next,
    { id: "removeSprint", title: `Remove ${plan.sprint.name}`, run: () => remove(plan, context) },
    ...others.map((sprint) => ({ id: `show-${sprint.id}`, title: `Show ${sprint.name}`, run: () => context.set({ sprint: sprint.id }) })),
  ];
}

/**
 * Asks for the size of the picked items.
 * @param {string} [begun] the digit that was typed on the row
 */
function size(begun) {
  const items = targets();
  const row = items.length === 1 ? drawn.rows.get(items[0] ?? "") : undefined;
  return sizeItems(items, row?.label ?? countText(items.length, "item"), begun, row && row.size !== null ? sizeText(row.size) : "");
}

/**
 * A digit that is typed on a row begins its size.
 * @param {KeyboardEvent} event
 */
function onDigit(event) {
  const digit = digitOf(event);
  if (digit === "" || targets().length === 0 || event.target !== document.getElementById("plan-items")) return;
  event.preventDefault();
  void size(digit);
}

/**
 * Shows the sliders, or hides them.
 * @param {Plan} plan
 */
function divide(plan) {
  dividing = dividing === plan.sprint.id ? "" : plan.sprint.id;
  split.leave();
  if (dividing === "") document.getElementById("plan-items")?.focus();
  else queueMicrotask(() => {
    const part = document.querySelector(".plan-split");
    part?.scrollIntoView({ block: "nearest" });
    part?.querySelector("input")?.focus({ preventScroll: true });
  });
}

/** @param {Plan} plan */
function ownSize(plan) {
  const own = "own" in plan.planned ? plan.planned.own.points : null;
  return openForm({
    title: `Points for ${plan.sprint.name}`,
    action: "Plan with them",
    values: { points: own === null ? "" : sizeText(own) },
    draw: (form) => html`<p class="dialog-text">${plan.method}</p>
      ${form.field({ name: "points", label: "The team’s own number", type: "number", unit: "points", narrow: true, hint: "For the planned lanes together, without the buffer. Empty goes back to the computed number.", autofocus: true })}`,
    send: ({ points }) => run({ capacity: { setOwnSize: { sprint: plan.sprint.id, points } } }),
  });
}

/** @param {Plan} plan */
function change(plan) {
  const { id, name, firstDay, lastDay } = plan.sprint;
  return openForm({
    title: `${name}: name and days`,
    action: "Change",
    values: { name, firstDay, lastDay },
    draw: (form) => html`${form.field({ name: "name", label: "Name" })}
      <div class="field-pair">${form.field({ name: "firstDay", label: "First day", type: "date" })}${form.field({ name: "lastDay", label: "Last day", type: "date" })}</div>`,
    send: (values) => run({ sprint: { change: { sprint: id, ...values } } }),
  });
}

/**
 * @param {PlanBoard} board
 * @param {import("../main.js").Context} context
 */
async function planNext({ proposal }, context) {
  const outcome = await openForm({
    title: "Plan a Sprint",
    action: "Plan it",
    values: { name: proposal.name, firstDay: proposal.firstDay, lastDay: proposal.lastDay },
    draw: (form) => html`${form.field({ name: "name", label: "Name", autofocus: true })}
      <div class="field-pair">${form.field({ name: "firstDay", label: "First day", type: "date" })}${form.field({ name: "lastDay", label: "Last day", type: "date" })}</div>
      <p class="dialog-text is-quiet">Proposed from the team’s Sprint length and its working week.</p>`,
    send: (values) => run({ sprint: { plan: values } }),
  });
  const made = outcome?.created[0];
  if (made) context.go("plan", { sprint: made });
}

/**
 * @param {Plan} plan
 * @param {import("../main.js").Context} context
 */
async function remove(plan, context) {
  const outcome = await act({ sprint: { remove: { sprint: plan.sprint.id } } }, `${plan.sprint.name} removed from the plan`);
  if (outcome) context.set({ sprint: "" }, true);
}

/**
 * The dialog that starts a Sprint: what is committed, and what people should know before.
 * @param {Plan} plan
 * @param {import("../main.js").Context} context
 */
export async function start(plan, context) {
  const summary = await ask({ sprint: { startSummary: { sprint: plan.sprint.id } } });
  const { name } = plan.sprint;
  const over = plan.lanes.filter(({ load }) => load.lowerBy !== null || load.lowerByMinutes !== null);
  const yes = await openDialog({
    title: `Start ${name}`,
    draw: (/** @type {(value?: boolean) => void} */ close) => html`
      <div class="dialog-text">
        <p>Starting commits <strong>${pointsText(summary.points)}</strong> in ${countText(summary.items, "item")} over ${countText(summary.workingDays, "working day")}${
          summary.workingDays > 0 ? html`, until ${weekdayText(summary.lastDay)}, ${dayText(summary.lastDay)}` : nothing}.
          ${summary.today !== summary.firstDay ? html`It was planned to begin on ${dayText(summary.firstDay)}; today is ${dayText(summary.today)}.` : nothing}</p>
        <p>${summary.goal ? html`Sprint Goal: ${summary.goal}` : html`<span class="is-grave">There is no Sprint Goal yet.</span>`}</p>
        <ul class="start-lanes">${summary.lanes.map((lane) => html`<li><span>${lane.name}</span><span>${countText(lane.items, "item")}</span><span>${lane.isBuffer ? `${lane.share / 100} % kept` : pointsText(lane.points)}</span></li>`)}</ul>
        ${told("Over budget", over.map(({ load, said }) => `${load.budget.name}: ${said}`), true)}
        ${told("Without a size, counted as 0 points", summary.unsizedItems.map(titled))}
        ${told("Unsorted, in no lane", summary.unsortedItems.map(titled))}
        ${told("Not ready, or without what they need", summary.doubts)}
        ${told("Left out, because they have ended", summary.leftOut.filter(({ why }) => why !== "hasParts").map(titled))}
        ${told("Going back to the Product Backlog: their parts are the work", summary.leftOut.filter(({ why }) => why === "hasParts").map(titled))}
        ${told("Hours not set", summary.withoutHours)}
        ${summary.refusal ? html`<p class="field-error" role="alert">${summary.refusal}</p>` : nothing}
      </div>
      <div class="dialog-buttons">
        <button type="button" class="button" @click=${() => close()}>Not yet</button>
        <button type="button" class="button is-main" ?disabled=${summary.refusal !== null} @click=${() => close(true)}>Start and commit</button>
      </div>`,
  });
  if (!yes) return;
  const outcome = await act({ sprint: { start: { sprint: plan.sprint.id } } }, `${name} started`);
  if (outcome) context.go("board");
}

/** @param {StartItem} item */
function titled(item) {
  return `${item.label} ${item.title}`;
}

/**
 * A part of the summary that is shown when there is something to say.
 * @param {string} title
 * @param {string[]} lines
 * @param {boolean} [grave]
 */
function told(title, lines, grave) {
  if (lines.length === 0) return nothing;
  const few = lines.slice(0, 6);
  return html`<section class="start-told"><h3 class=${grave ? "is-grave" : ""}>${title}</h3>
    <ul>${few.map((text) => html`<li>${text}</li>`)}${lines.length > few.length ? html`<li class="is-quiet">and ${lines.length - few.length} more</li>` : nothing}</ul></section>`;
}

/**
 * What follows from a spent error budget, by the team's policy.
 * @param {BudgetPolicyView} policy
 * @param {Act | undefined} split
 * @param {import("../main.js").Context} context
 */
function policyCard({ said }, split, context) {
  if (said === null) return nothing;
  return html`<section class="card rel-policy" aria-labelledby="policy-title"><h2 id="policy-title">Production first</h2>
    <p>${said}</p>
    <div class="card-acts">${button(split, { plain: true })}${button({ id: "toReliability", title: "What was promised", run: () => context.go("reliability") }, { plain: true })}</div></section>`;
}

/**
 * @param {[PlanBoard, PlanItems, PlanOdds | null, BudgetPolicyView]} view
 * @param {import("../main.js").Context} context
 */
function draw([board, items, odds, policy], context) {
  if (given.answer !== items) given = { answer: items, generation: generation() };
  chances = new Map(odds?.items.map(({ item, chance }) => [item, chance]));
  const { plan } = board;
  if (!plan) return nothingPlanned(board, context);
  const acts = commands(board, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  return html`<div class="plan">
    <section class="plan-items" aria-label="Items" @keydown=${onDigit}>
      <div class="screen-head">
        <div><h1>Plan ${plan.sprint.name}</h1>
          <p class="is-quiet">${daysText(plan.sprint.firstDay, plan.sprint.lastDay)} · ${countText(plan.sprint.workingDays, "working day")}</p>
          <p class="is-quiet">${countText(plan.ready, "item")} to select from${plan.readyUnsized > 0 ? `, ${plan.readyUnsized} unsized` : ""}. <span class="is-whole">Select with ${kbd("s")},</span> <span class="is-whole">return with ${kbd("shift+s")}.</span></p></div>
        <div class="screen-acts">${menuButton({ title: plan.sprint.name, label: `${plan.sprint.name}: other Sprints, name and days`, acts: () => acts.filter(({ id }) => id.startsWith("show-") || ["planNext", "sprintDays", "removeSprint"].includes(id)) })}</div>
      </div>
      <div class="plan-goal">${savedField({ name: "goal", label: "Sprint Goal", value: plan.goal, still: true, placeholder: "Why is this Sprint worth it? One sentence that stakeholders understand.",
        save: (goal) => run({ sprint: { change: { sprint: plan.sprint.id, goal } } }) })}</div>
      ${list({
        id: "plan-items",
        label: "Product Backlog, in order; the selected items come first",
        source: (from, limit) => source(plan, from, limit),
        question: plan.sprint.id,
        key: (/** @type {Row} */ row) => (row === line ? line : row.item),
        columns: "1.2em minmax(0, 1fr) 6.8em 4.2em",
        head: ["", "Product Backlog, in order", "Lane", "Points"],
        numeric: [3],
        picks,
        // The line is nothing that could be selected.
        first: plan.selected === 0 ? 1 : 0,
        tone: (row) => (row === line ? "is-line" : row.selected ? "is-chosen" : ""),
        open: (row) => { if (row !== line) context.go("item", { id: row.item }); },
        move: (moved, place) => move(plan, moved, place),
        menu: () => acts.filter(({ id }) => ["select", "return", "size", "openItem"].includes(id)),
        row: (row) => (row === line ? drawLine(plan) : drawRow(plan, row)),
        empty: empty({ title: "The Product Backlog is empty", text: "Add items or import them; then select what the Sprint takes on." }),
      })}
    </section>
    <aside class="plan-side" aria-label="Capacity and lanes">
      ${policyCard(policy, find("split"), context)}
      ${whatIfCard(plan)}
      ${oddsCard(odds, plan)}
      ${capacity(plan, [find("ownSize"), find("calendar"), find("whatIf")])}
      ${lanes(plan, find("split"), [find("shares"), find("suggest")])}
      <section class="card"><div class="card-acts">${button(find("start"))}</div>
        ${board.running ? html`<p class="is-quiet">${board.running.name} is running${board.running.overdue ? " and overdue" : ""}: close it before this one starts.</p>` : nothing}
        ${board.runningBuffer && board.runningBuffer.state !== "free" ? gaugeLine(board.runningBuffer) : nothing}
        ${plan.load.items === 0 ? html`<p class="is-quiet">Select items to start ${plan.sprint.name}.</p>` : nothing}</section>
    </aside>
  </div>`;
}

/**
 * How likely it is that the plan holds, and the way to the picture.
 * @param {PlanOdds | null} odds
 * @param {Plan} plan
 */
function oddsCard(odds, plan) {
  if (!odds || odds.sprint.id !== plan.sprint.id) return nothing;
  return html`<section class="card plan-odds" aria-label="Chance that the plan holds">
    <details class="plan-hours"><summary aria-live="polite">${unbroken(odds.said)}</summary>
      <ul>${odds.more.map((line) => html`<li>${unbroken(line)}</li>`)}</ul>
      ${odds.chance === null ? nothing : html`<a href="#/forecast?ask=plan&sprint=${plan.sprint.id}">Forecast of the plan</a>`}</details>
  </section>`;
}

/** @param {Plan} plan */
function drawLine(plan) {
  return [nothing, html`<span class="plan-line ${plan.load.over === null ? "" : "is-grave"}" title=${plan.selectedSaid}>${plan.load.over === null ? "" : `Lower by ${sizeText(plan.load.over)}. `}${plan.selectedSaid}</span>`, nothing, nothing];
}

/**
 * @param {Plan} plan
 * @param {PlanRow} row
 */
function drawRow(plan, row) {
  const notes = [chanceText(row), carriedText(row.carried), row.blocked !== null && "blocked", row.ready === false ? `not ready: ${row.notReady?.replace(/\.$/, "")}` : row.ready === true && "ready", row.waits[0] && !row.waits[0].wrong && row.waits[0].said, row.hasParts && "has parts, which count in its place"].filter(Boolean).join(", ");
  return [
    html`<button type="button" class="tick ${row.selected ? "is-on" : ""}" tabindex="-1" aria-pressed=${row.selected ? "true" : "false"} aria-label=${row.selected ? `Return ${row.label}` : `Select ${row.label}`}
      @click=${() => void (row.selected ? giveBack([row.item]) : select(plan, [row.item])).catch(fail)}></button>`,
    html`${kindMark(row.kind, row.severity)} <span class="is-title">${row.title}</span>${notes ? html` <span class="is-quiet">· ${notes}</span>` : nothing}${row.waits[0]?.wrong ? html` <span class="is-grave" title="${row.label} ${row.waits[0].said}">${row.waits[0].said}</span>` : nothing}`,
    row.severity === "critical" ? html`<span class="is-grave">critical</span>` : (row.lane ?? html`<span class="is-quiet">unsorted</span>`),
    row.size === null ? html`<span class="is-quiet">unsized</span>` : sizeText(row.size),
  ];
}

/**
 * "84 % likely": where it is not sure that a selected item is done.
 * @param {PlanRow} row
 */
function chanceText(row) {
  const chance = row.selected ? chances.get(row.item) : undefined;
  return chance !== undefined && chance < 9_500 && `${Math.floor(chance / 100)} % likely`;
}

/**
 * @param {Plan} plan
 * @param {(Act | undefined)[]} acts
 */
function capacity(plan, acts) {
  const total = plan.total ? `${hoursText(plan.total.net)} · ${plan.pointsSaid}` : "hours not set";
  return html`<section class="card" aria-labelledby="capacity-title">
    <div class="card-head"><h2 id="capacity-title">Capacity</h2><span class="is-quiet">${total}</span></div>
    ${plan.capacity.members.length === 0 ? html`<p class="is-quiet">Nobody belongs to the team in these days. <a href="#/settings">Add members</a> to see hours.</p>` : html`
      <table class="table plan-members"><caption class="is-hidden">Members, their days and hours</caption>
        <tbody>${plan.capacity.members.map((member) => html`<tr><th scope="row" title=${member.name}>${member.name}${ownerSaid(plan, member)}</th>
          <td><span class="squares" role="img" aria-label=${daysSaid(member)}>${member.days.map((day) => html`<i class=${square(day)} title="${weekdayText(day.day)}, ${dayText(day.day)}: ${daySaid(day)}"></i>`)}</span></td>
          <td class="is-number">${member.net === null ? html`<a href="#/settings">hours?</a>` : hoursText(member.net)}</td></tr>`)}</tbody></table>
      ${legend(plan)}`}
    ${hoursSaid(plan)}
    ${plan.unanswered.length > 0 ? html`<p class="is-quiet">${plan.unanswered.join(", ")}: hours a day are not set, so they count in no sum.</p>` : nothing}
    ${methodSaid(plan)}
    <div class="card-acts">${acts.map((one) => button(one, { plain: true }))}</div>
  </section>`;
}

/**
 * What the hours are made of: in sum, and opened for each member.
 * @param {Plan} plan
 */
function hoursSaid({ capacity, members, hoursSaid }) {
  if (hoursSaid === null) return nothing;
  const each = members.flatMap(({ member, said }) => (said === null ? [] : { name: capacity.members.find((one) => one.member === member)?.name ?? "", said }));
  return html`<details class="plan-hours"><summary>${hoursSaid}</summary>
    <ul>${each.map(({ name, said }) => html`<li>${name}: ${said}</li>`)}</ul></details>`;
}

/**
 * How the points came about, opened with the Sprints from which the focus factor is learned.
 * @param {Plan} plan
 */
function methodSaid({ method, learned }) {
  if (learned.length === 0) return html`<p class="is-quiet">${method}</p>`;
  return html`<details class="plan-hours plan-learned"><summary>${method}</summary>${table({
    caption: "The closed Sprints from which the focus factor is learned",
    columns: [
      { title: "Sprint", cell: (/** @type {LearnedSprint} */ row) => row.sprint.name },
      { title: "Points", numeric: true, cell: (row) => sizeText(row.completed) },
      { title: "Days", numeric: true, cell: (row) => sizeText(Math.round(row.personDays / 10)) },
      { title: "Buffer", numeric: true, cell: (row) => `${row.bufferShare / 100} %` },
      { title: "Factor", numeric: true, cell: (row) => row.factor.toFixed(2) },
    ],
    rows: learned,
    key: (row) => row.sprint.id,
  })}</details>`;
}

/**
 * What a member has taken on, where they own something that is selected.
 * @param {Plan} plan
 * @param {MemberCapacity} member
 */
function ownerSaid({ load }, { member }) {
  const owner = load.owners.find((one) => one.member === member);
  if (!owner) return nothing;
  const owns = owner.budget === null ? pointsText(owner.points) : `${sizeText(owner.points)} of ${pointsText(owner.budget)}`;
  return html`<p class="plan-owner ${owner.lowerBy === null ? "is-quiet" : "is-grave"}">owns ${owns}${owner.lowerBy === null ? "" : ` · lower by ${sizeText(owner.lowerBy)}`}</p>`;
}

/** @param {MemberDay} day */
function square(day) {
  if (day.kind !== "works") return "is-off";
  if (day.onCall) return "is-call";
  if (day.presence === 0) return "is-away";
  return day.presence < 10_000 ? "is-half" : "";
}

/** @param {MemberDay} day */
function daySaid(day) {
  if (day.kind === "notAMember") return "not in the team";
  if (day.kind === "notTheirDay") return "not their day";
  const hours = day.net === null ? "hours not set" : hoursText(day.net);
  return [day.onCall && "on call", day.presence < 10_000 && (day.presence === 0 ? "away" : day.presence === 5000 ? "half a day" : `${day.presence / 100} % of the day`), hours].filter(Boolean).join(", ");
}

/**
 * "9 days of 10. Tuesday, 1 Dec: on call, 3 h": what the squares show, and what stands at each that is not as usual.
 * @param {MemberCapacity} member
 */
function daysSaid(member) {
  const off = member.days.filter(({ kind }) => kind !== "works").length;
  const special = member.days.filter(({ kind, onCall, presence }) => kind === "works" && (onCall || presence < 10_000));
  return [`${countText(member.days.length - off, "day")} of ${member.days.length}`, ...special.map((day) => `${weekdayText(day.day)}, ${dayText(day.day)}: ${daySaid(day)}`)].join(". ");
}

/** @param {Plan} plan */
function legend(plan) {
  const days = plan.capacity.members.flatMap((member) => member.days);
  const parts = [
    days.some(({ kind }) => kind !== "works") && { look: "is-off", text: "not here" },
    days.some(({ onCall }) => onCall) && { look: "is-call", text: "on call" },
    days.some(({ kind, presence }) => kind === "works" && presence < 10_000) && { look: "is-away", text: "away" },
  ].filter((part) => part !== false);
  return parts.length === 0 ? nothing : html`<p class="squares-legend is-quiet" aria-hidden="true">${parts.map(({ look, text }) => html`<i class=${look}></i>${text}`)}</p>`;
}

/**
 * @param {Plan} saved
 * @param {Act | undefined} divide
 * @param {(Act | undefined)[]} acts
 */
function lanes(saved, divide, acts) {
  const isDivided = dividing === saved.sprint.id;
  const plan = (isDivided ? tried : null) ?? saved;
  const shares = plan.lanes.map(({ load }) => load.budget.share / 100).join(" / ");
  const hours = plan.total ? ` %, ${plan.lanes.map(({ load }) => hoursText(load.budget.minutes).replace(" h", "")).join(" / ")} h` : " %";
  return html`<section class="card" aria-labelledby="lanes-title">
    <div class="card-head"><h2 id="lanes-title">Lanes</h2><span class="is-quiet">${shares}${hours}${plan.ownSplit ? ", this Sprint’s own" : ""}</span></div>
    ${plan.lanes.map(laneBar)}
    ${plan.load.unsorted ? html`<div class="bar"><div class="bar-words"><span class="mark"></span><span>Unsorted</span><span>${countText(plan.load.unsorted.items, "item")} · ${pointsText(plan.load.unsorted.points)} in no lane</span></div></div>` : nothing}
    ${plan.roomSaid ? html`<p>${plan.roomSaid}</p>` : nothing}
    <p class="is-quiet">${unbroken(plan.totalSaid)}</p>
    ${isDivided ? html`<div class="plan-split">${sliders({
      name: "shares",
      label: "Shares of the capacity",
      lanes: saved.lanes.map(({ load, tone }) => ({ id: load.budget.lane, title: load.budget.name, tone: tones[tone], share: load.budget.share })),
      split,
      save: (shares) => run({ capacity: { setSplit: { sprint: plan.sprint.id, shares } } }),
    })}</div>` : nothing}
    <div class="card-acts">${button(divide, { plain: true })}${isDivided && saved.ownSplit ? button({ id: "usual", title: "Use the team’s usual shares",
      run: () => act({ capacity: { setSplit: { sprint: saved.sprint.id, shares: saved.usual } } }, "The team’s usual shares are back") }, { plain: true }) : nothing}${isDivided ? acts.map((one) => button(one, { plain: true })) : nothing}</div>
  </section>`;
}

/**
 * @param {PlanBoard} board
 * @param {import("../main.js").Context} context
 */
function nothingPlanned(board, context) {
  const { proposal, running } = board;
  const next = commands(board, context).find(({ id }) => id === "planNext");
  return html`<div class="screen-head"><div><h1>Plan</h1></div></div>
    ${empty({
      title: running ? `${running.name} is running; the next Sprint is not planned yet` : "No Sprint is planned yet",
      text: html`${proposal.name} would run ${daysText(proposal.firstDay, proposal.lastDay)}, ${countText(proposal.workingDays, "working day")}.
        ${board.hasItems ? "Plan it, then select items of the Product Backlog until its lanes are full." : "The Product Backlog is still empty: import items or add some, then select what the Sprint takes on."}`,
      acts: [...(board.hasItems ? [] : [{ id: "toBacklog", title: "Go to the Product Backlog", main: true, run: () => context.go("backlog") }]), ...(next ? [{ ...next, main: board.hasItems }] : [])],
    })}`;
}

/** @type {import("../main.js").Screen} */
export const plan = {
  name: "plan",
  title: "Plan",
  group: "",
  key: "g p",
  query: ({ sprint }) => {
    const which = { sprint: sprint ?? null };
    /** @type {Query[]} */
    const all = [{ capacity: { planBoard: which } }, { capacity: { planItems: { ...which, from: 0, limit: atOnce } } }, { forecast: { planOdds: which } }, { reliability: { policy: {} } }];
    return all;
  },
  draw,
  commands: ([board], context) => commands(board, context),
};
