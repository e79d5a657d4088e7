// @ts-check
/**
 * Interrupts: what arrived unplanned, what it took, what it did to the buffer and pushed out of the Sprint.
 *
 * 1. An interrupt is reported from anywhere with Ctrl+I; the title comes first, the rest can wait.
 * 2. Time is added with + and a digit for hours, + + for a quarter of an hour; a timer may be used and is not needed.
 * 3. An overflow that is not decided stays in sight; deciding is a dialog with the items that could give way.
 * 4. A closed Sprint is shown as it was sealed: nothing can be changed there.
 */
import { html, nothing, redraw, repeat, unseen } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { openForm } from "../parts/dialog.js";
import { field, savedField } from "../parts/field.js";
import { gaugeCard, overflowBanner } from "../parts/gauge.js";
import { isTyping, kbd } from "../parts/keys.js";
import { kindChoices, severityMeanings } from "../parts/kinds.js";
import { openMenu } from "../parts/menu.js";
import { Picks } from "../parts/picks.js";
import { table } from "../parts/table.js";
import { countText, dayText, hoursText, pointsText, sizeText, whenText } from "../parts/text.js";
import { act, fail, sayDone } from "../parts/toast.js";
import { allAct, drawHistory, historyActs, historyQuery, rateCard, rateQuery } from "./interrupt_rate.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[InterruptsOfSprint, SplitTrend, InterruptRate]} View of a Sprint */

const picks = new Picks();

/**
 * The severities as choices, by the names that the team gave them.
 * @param {SeverityName[]} severities
 */
export function severityChoices(severities) {
  return severities.map(({ severity, name }) => ({ value: /** @type {string} */ (severity), title: name.toLowerCase() === severityMeanings[severity] ? name : `${name}, ${severityMeanings[severity]}` }));
}

/**
 * The members as choices; nobody is the empty one.
 * @param {MemberName[]} members
 */
export function memberChoices(members) {
  return [{ value: "", title: "nobody yet" }, ...members.map(({ id, name }) => ({ value: id, title: name }))];
}

/**
 * The lanes as choices; the buffer is the empty one, whichever lane it is.
 * @param {LaneName[]} lanes
 */
function laneChoices(lanes) {
  return lanes.map(({ id, name, isBuffer }) => ({ value: isBuffer ? "" : id, title: isBuffer && !/buffer/i.test(name) ? `${name} (the buffer)` : name }));
}

/** Reports an interrupt, from wherever the window is. */
async function report() {
  const list = await ask({ interrupt: { list: {} } });
  const outcome = await openForm({
    title: "Report an interrupt",
    action: "Report it",
    values: { title: "", severity: "P3", owner: "", hours: "", estimate: "", lane: "", on: list.today },
    draw: (form) => html`
      ${form.field({ name: "title", label: "What happened", autofocus: true, required: true, placeholder: "Checkout answers slowly" })}
      <div class="field-pair">
        ${form.field({ name: "severity", label: "Severity", type: "choice", choices: severityChoices(list.severities) })}
        ${form.field({ name: "owner", label: "Who takes it on", type: "choice", choices: memberChoices(list.members) })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "hours", label: "Took so far", type: "number", unit: "h", placeholder: "1.5", hint: "Or 45 min. Empty while nobody knows." })}
        ${form.field({ name: "estimate", label: "Expected in all", type: "number", unit: "h", hint: "Draws on the buffer until hours are known." })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "lane", label: "Draws on", type: "choice", choices: laneChoices(list.lanes) })}
        ${form.field({ name: "on", label: "Arrived on", type: "date", max: list.today })}
      </div>
      ${list.sprint ? nothing : html`<p class="dialog-text">No Sprint is running: it is kept until one takes it.</p>`}`,
    send: ({ title, severity, owner, hours, estimate, lane, on }) => run({ interrupt: { report: {
      title, severity: /** @type {IncidentSeverity} */ (severity), owner: owner || null, hours, estimate, lane: lane || null,
      ...(on && on !== list.today ? { on } : {}),
    } } }),
  });
  if (!outcome) return;
  picks.active = outcome.created[0] ?? picks.active;
  sayDone(outcome);
}

/**
 * Adds time on another day, or for somebody else.
 * @param {InterruptRow} row
 * @param {{members: MemberName[], today: string}} known
 */
function addTime(row, { members, today }) {
  return openForm({
    title: `Time spent on ${row.label}`,
    action: "Add it",
    values: { time: "", member: row.owner ?? "", on: today },
    draw: (form) => html`<p class="dialog-text">${row.title}</p>
      ${form.field({ name: "time", label: "How long", type: "number", unit: "h", narrow: true, autofocus: true, placeholder: "1.5", hint: "Or 1:30, or 45 min." })}
      <div class="field-pair">
        ${form.field({ name: "member", label: "Who", type: "choice", choices: memberChoices(members) })}
        ${form.field({ name: "on", label: "On", type: "date", max: today })}
      </div>`,
    send: async ({ time, member, on }) => {
      const outcome = await run({ interrupt: { addHours: { interrupt: row.id, time, member: member || null, ...(on && on !== today ? { on } : {}) } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Stops a timer; what ran for longer than a day is asked for.
 * @param {InterruptRow} row
 */
async function stopTimer(row) {
  if (Date.now() - (row.timerSince ?? 0) < 86_400_000) return act({ interrupt: { stopTimer: { interrupt: row.id } } });
  return openForm({
    title: `The timer of ${row.label} ran for more than a day`,
    action: "Write it down",
    values: { time: "" },
    draw: (form) => form.field({ name: "time", label: "How long the work really took", type: "number", unit: "h", narrow: true, autofocus: true }),
    send: ({ time }) => run({ interrupt: { stopTimer: { interrupt: row.id, time } } }),
  });
}

/**
 * Makes an item of an interrupt.
 * @param {InterruptRow} row
 */
function becomeItem(row) {
  return openForm({
    title: `Make an item of ${row.label}`,
    action: "Make the item",
    values: { title: row.title, kind: "bug", size: "" },
    draw: (form) => html`<p class="dialog-text">For work that needs more than mending. The item is linked, and stands in the buffer lane: its points stay out of the planned scope.</p>
      ${form.field({ name: "title", label: "Title", autofocus: true })}
      <div class="field-pair">
        ${form.field({ name: "kind", label: "Kind", type: "choice", choices: kindChoices, hint: row.severity === "P1" ? `A bug from ${row.severityName} is critical.` : undefined })}
        ${form.field({ name: "size", label: "Size", type: "number", unit: "points" })}
      </div>`,
    send: async ({ title, kind, size }) => {
      const outcome = await run({ interrupt: { becomeItem: { interrupt: row.id, title, kind: /** @type {WorkKind} */ (kind), size } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Says which item caused an interrupt.
 * @param {InterruptRow} row
 */
function linkCause(row) {
  /** @type {BacklogRow[]} */
  let found = [];
  let asked = "";
  const look = async (/** @type {string} */ text) => {
    asked = text;
    const { rows } = await ask({ backlog: { window: { filter: { whereabouts: "all", kinds: text.trim() ? [] : ["debt"], unsorted: false, severities: [], lanes: [], withoutSize: false, text }, from: 0, limit: 7 } } });
    if (asked !== text) return;
    found = rows;
    redraw();
  };
  void look("").catch(fail);
  return openForm({
    title: `What caused ${row.label}?`,
    action: "Say so",
    values: { text: "", item: "" },
    draw: (form) => html`<p class="dialog-text">Technical debt, most often. The time of its interrupts is what the debt costs.</p>
      ${field({
        name: "item", id: "cause-text", label: "Item", value: form.values.text, error: form.error("item"), autofocus: true, placeholder: "Search; technical debt is listed",
        change: (text) => {
          form.set({ text, item: "" });
          void look(text).catch(fail);
        },
      })}
      <ul class="add-found" aria-label="Items">${found.map((one) => html`<li><button type="button" class="row-button ${one.id === form.values.item ? "is-picked" : ""}"
        aria-pressed=${one.id === form.values.item ? "true" : "false"} @click=${() => form.set({ item: one.id })}>
        <span class="is-title">${one.title}</span><span class="is-quiet">${one.label}</span></button></li>`)}</ul>`,
    send: async ({ item }) => {
      const chosen = item || (found.length === 1 ? found[0]?.id : "");
      if (!chosen) return null;
      const outcome = await run({ interrupt: { linkCause: { interrupt: row.id, item: chosen } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/** @type {[OverflowChoice, string, string][]} */
const choices = [
  ["swapOut", "Swap out", "Named items leave the Sprint, in exchange for the interrupts. An accepted change of scope."],
  ["acceptSlip", "Accept a slip", "Named items stay, and the team says now that they will not be done."],
  ["reduceScope", "Reduce scope", "Named items leave: the Sprint promises less. An accepted change of scope."],
  ["cancelSprint", "Cancel Sprint", "The goal has become obsolete. Only the Product Owner decides so."],
];

/** Decides about the overflow of the running Sprint; also from the Board. */
export async function decideOverflow() {
  const question = await ask({ interrupt: { overflow: {} } });
  if (!question) return;
  const outcome = await openForm({
    title: "The buffer overflows: what gives way?",
    action: "Decide so",
    wide: true,
    values: { choice: "swapOut", items: /** @type {string[]} */ ([]), reason: "", productOwner: false },
    draw: (form) => {
      const { choice, items } = form.values;
      const cancels = choice === "cancelSprint";
      return html`<p class="dialog-text">${question.asks?.said ?? `The buffer overflows by ${hoursText(question.over)}. All of it is decided; you can decide again.`}</p>
        <fieldset class="reasons"><legend>What the team decides</legend>
          ${choices.map(([value, title, text]) => html`<label><input type="radio" name="choice" value=${value} .checked=${choice === value} @change=${() => form.set({ choice: value })}><span>${title}</span><span class="is-quiet">${text}</span></label>`)}</fieldset>
        ${cancels ? owner(form) : candidates(question, items, form.error("items"), (chosen) => form.set({ items: chosen }))}
        ${form.field({ name: "reason", label: "Why", required: true, placeholder: "The outage took three people for a day" })}`;
    },
    send: ({ choice, items, reason, productOwner }) => run({ interrupt: { decideOverflow: {
      choice: /** @type {OverflowChoice} */ (choice), items: choice === "cancelSprint" ? [] : items, reason, productOwner,
    } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {import("../parts/dialog.js").Form<any>} form */
function owner(form) {
  return html`<p class="dialog-text">What is unfinished goes back to the Product Backlog, and the Sprint is closed with its goal not met. Undo takes it back.</p>
    ${form.field({ name: "productOwner", label: "The Product Owner decides that the Sprint is cancelled", type: "check" })}`;
}

/**
 * The items that could give way, the lowest in the order first.
 * @param {OverflowQuestion} question
 * @param {string[]} chosen
 * @param {import("../host.js").Refusal | undefined} error
 * @param {(items: string[]) => void} choose
 */
function candidates({ candidates, hoursSaid, asks, over }, chosen, error, choose) {
  const named = candidates.filter(({ item }) => chosen.includes(item));
  const minutes = named.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
  const unknown = named.some(({ minutes }) => minutes === null);
  return html`<fieldset class="gives-way" aria-describedby=${error ? "items-error" : nothing}><legend>Items that give way</legend>
    ${candidates.length === 0 ? html`<p class="is-quiet">Every planned item is done: nothing is left that could give way.</p>` : nothing}
    ${candidates.map((one) => html`<label><input type="checkbox" name="items" .checked=${chosen.includes(one.item)} aria-invalid=${error ? "true" : "false"}
      @change=${() => choose(chosen.includes(one.item) ? chosen.filter((item) => item !== one.item) : [...chosen, one.item])}>
      <span class="is-title">${one.title}</span><span class="is-quiet">${[one.label, one.begun && "begun", one.named && "named before"].filter(Boolean).join(" · ")}</span>
      <span class="is-number">${sizeText(one.size)}</span><span class="is-number is-quiet">${one.minutes === null ? nothing : hoursText(one.minutes)}</span></label>`)}
    <p class="is-quiet">${named.length === 0 ? `${hoursText(asks?.left ?? over)} are to be covered.` : `${countText(named.length, "item")}${minutes > 0 ? `, ${hoursText(minutes)}` : ""}${unknown ? ", hours not known" : ""}, for ${hoursText(asks?.left ?? over)}.`} ${hoursSaid}</p>
    ${error ? html`<p class="field-error" id="items-error" role="alert">${error.message} ${error.hint}</p>` : nothing}</fieldset>`;
}

/** The command that decides, for every screen that shows the overflow. */
export function decideAct() {
  return { id: "decideOverflow", title: "Decide about the overflow…", key: "shift+d", run: decideOverflow };
}

/** @param {InterruptList} list */
function all({ rows, waiting }) {
  return [...rows, ...waiting];
}

/**
 * The interrupt that commands are about.
 * @param {InterruptList} list
 */
function active(list) {
  return all(list).find(({ id }) => id === picks.active);
}

/**
 * What can be done with one interrupt.
 * @param {() => InterruptRow | undefined} target
 * @param {{members: MemberName[], today: string}} known
 * @param {(row: InterruptRow) => boolean} canBeTaken
 * @returns {Act[]}
 */
function actsOf(target, known, canBeTaken) {
  const on = (/** @type {(row: InterruptRow) => unknown} */ what) => () => {
    const row = target();
    return row ? what(row) : undefined;
  };
  const when = (/** @type {(row: InterruptRow) => boolean} */ what) => () => {
    const row = target();
    return row !== undefined && what(row);
  };
  const any = when(() => true);
  const add = (/** @type {number} */ minutes) => on((row) => act({ interrupt: { addHours: { interrupt: row.id, time: minutes } } }));
  return /** @type {Act[]} */ ([
    { id: "addQuarter", title: "Add 15 min", key: "+ +", when: any, run: add(15) },
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((hours) => ({ id: `add${hours}`, title: hours === 1 ? "Add 1 h; another digit adds more" : `Add ${hours} h`, key: `+ ${hours}`, quiet: hours > 1, when: any, run: add(60 * hours) })),
    { id: "addTime", title: "Add time…", key: "h", when: any, run: on((row) => addTime(row, known)) },
    { id: "startTimer", title: "Start the timer", key: "t", when: when((row) => row.timerSince === null && row.endedAt === null), run: on((row) => act({ interrupt: { startTimer: { interrupt: row.id } } })) },
    { id: "stopTimer", title: "Stop the timer", key: "t", when: when((row) => row.timerSince !== null), run: on(stopTimer) },
    { id: "end", title: "It is over", key: "d", when: when((row) => row.endedAt === null), run: on((row) => act({ interrupt: { end: { interrupt: row.id } } })) },
    { id: "reopen", title: "Open it again", key: "o", when: when((row) => row.endedAt !== null), run: on((row) => act({ interrupt: { reopen: { interrupt: row.id } } })) },
    { id: "take", title: "Take it into the Sprint", key: "s", when: when(canBeTaken), run: on((row) => act({ interrupt: { take: { interrupts: [row.id] } } })) },
    { id: "becomeItem", title: "Make an item of it…", key: "b", when: when((row) => !row.items.some(({ relation }) => relation === "became")), run: on(becomeItem) },
    { id: "linkCause", title: "What caused it…", key: "c", when: any, run: on(linkCause) },
  ]);
}

/**
 * @param {View | InterruptPage | InterruptHistory} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(view, context) {
  const reported = { id: "report", title: "Report one…", key: "n", main: true, run: report };
  if ("rows" in view) return historyActs(view, context);
  if (!Array.isArray(view)) {
    return [
      { id: "back", title: "All interrupts", key: "escape", run: () => context.set({ id: "" }) },
      ...actsOf(() => view.row, view, () => view.canBeTaken),
    ];
  }
  const [{ list }, , rate] = view;
  if (list.closed) return [{ id: "toRunning", title: "The running Sprint", key: "escape", run: () => context.set({ sprint: "" }) }, { id: "openReport", title: "Its report", run: () => context.go("sprints", { sprint: list.sprint?.id ?? "" }) }];
  return [
    allAct(rate, context),
    { ...reported, main: all(list).length === 0 || list.gauge?.asks === null },
    { ...decideAct(), main: Boolean(list.gauge?.asks), when: () => (list.gauge?.over ?? 0) > 0 },
    { id: "open", title: "Open the interrupt", key: "enter", when: () => active(list) !== undefined, run: () => context.set({ id: picks.active }) },
    ...actsOf(() => active(list), list, (row) => list.sprint !== null && list.waiting.includes(row)),
  ];
}

/**
 * @param {View | InterruptPage | InterruptHistory} view
 * @param {Context} context
 */
function draw(view, context) {
  if ("rows" in view) return drawHistory(view, context);
  const acts = commands(view, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  if (!Array.isArray(view)) return drawPage(view, acts, context);
  const [{ list, ledger, split }, trend, rate] = view;
  const rows = all(list);
  const start = rows.some(({ id }) => id === picks.active) ? picks.active : rows[0]?.id;
  const sprint = list.sprint;
  return html`<div class="screen-head">
      <div><h1>Interrupts</h1><p class="is-quiet">${sprint ? `${sprint.name}${list.gauge ? ` · ${list.gauge.cameSaid}` : ""}` : "No Sprint is running."}</p></div>
      <div class="screen-acts">${list.closed ? html`${button(find("toRunning"), { plain: true })}${button(find("openReport"))}` : html`${list.gauge?.asks ? nothing : button(find("decideOverflow"), { plain: true })}${button(find("report"))}`}</div>
    </div>
    ${overflowBanner(list.gauge, find("decideOverflow"))}
    ${list.known ? nothing : html`<p class="is-quiet">What interrupts did to this Sprint is not known: only its totals are.</p>`}
    <div class="interrupts ${list.gauge ? "" : "is-alone"}">
      <div class="interrupts-main">
        ${rows.length === 0 && list.known ? none(list, rate, acts) : html`
          <ul class="interrupt-rows" role="listbox" aria-label="Interrupts" @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, rows)}>
            ${repeat(list.rows, ({ id }) => id, (row) => line(row, start, list.closed, acts, context))}
            ${list.waiting.length === 0 ? nothing : html`<li class="interrupt-part" role="presentation">${sprint ? `Not in ${sprint.name}` : "Kept until a Sprint takes them"}</li>`}
            ${repeat(list.waiting, ({ id }) => id, (row) => line(row, start, list.closed, acts, context))}
          </ul>
          ${list.closed || rows.length === 0 ? nothing : html`<p class="interrupt-hint is-quiet">${kbd("+ 1")} to ${kbd("+ 8")} add hours, ${kbd("+ +")} a quarter of an hour, ${kbd("d")} says that it is over, ${kbd("enter")} opens it.</p>`}`}
        ${interruptReport(ledger, split, context, list.closed)}
        ${list.closed ? nothing : rateCard(rate, find("allInterrupts"))}
        ${trendTable(trend)}
      </div>
      ${list.gauge ? html`<aside class="board-side" aria-label="The buffer">${gaugeCard(list.gauge)}</aside>` : nothing}
    </div>`;
}

/**
 * @param {InterruptList} list
 * @param {InterruptRate} rate
 * @param {Act[]} acts
 */
function none({ sprint, closed }, rate, acts) {
  if (closed) return html`<p class="is-quiet">Nothing unplanned came in.</p>`;
  return empty({
    title: sprint || rate.all === 0 ? "Nothing unplanned came in" : "None waits for a Sprint",
    text: html`What arrives during a Sprint and cannot wait stands here: outages, urgent questions, a broken build. ${sprint ? "Its hours draw on the buffer, and what goes beyond it asks what gives way." : "Without a running Sprint it is kept until one takes it."} ${kbd("ctrl+i")} reports one from anywhere.`,
    acts: acts.filter(({ id }) => id === "report"),
  });
}

/**
 * @param {InterruptRow} row
 * @param {string | undefined} start
 * @param {boolean} closed
 * @param {Act[]} acts
 * @param {Context} context
 */
function line(row, start, closed, acts, context) {
  const items = row.items.map(({ relation, label }) => (relation === "became" ? `became ${label}` : `caused by ${label}`));
  const notes = [row.ownerName ?? "nobody yet", row.laneName && `draws on ${row.laneName}`, ...items, row.sprint?.name, row.reportedAt !== null && whenText(row.reportedAt)];
  return html`<li id="interrupt-${row.id}" role="option" tabindex=${row.id === start ? "0" : "-1"} ?data-start=${row.id === start} class="interrupt ${row.endedAt === null ? "" : "is-over"} ${row.id === picks.active ? "is-active" : ""}"
    aria-selected=${row.id === picks.active ? "true" : "false"} @focus=${() => focused(row)} @dblclick=${() => { if (!closed) context.set({ id: row.id }); }}
    @contextmenu=${(/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      focused(row);
      if (!closed) openMenu({ x: event.clientX, y: event.clientY }, acts.filter(({ id }) => !["report", "decideOverflow"].includes(id) && !/^add\d/.test(id)));
    }}>
    <span class="interrupt-severity ${row.severity === "P1" && row.endedAt === null ? "is-grave" : ""}" title="${row.severityName}: ${severityMeanings[row.severity]}">${row.severityName}</span>
    <span class="interrupt-words"><span class="is-title">${row.title}</span><span class="is-quiet">${row.label} · ${notes.filter(Boolean).join(" · ")}</span></span>
    <span class="interrupt-time ${row.took === null ? "is-quiet" : ""}">${row.timerSince === null ? nothing : html`<span class="interrupt-timer" title="A timer runs since ${whenText(row.timerSince)}">●${unseen("timer runs, ")}</span> `}${row.timeSaid}</span>
    <span class="interrupt-state is-quiet">${row.endedAt === null ? "open" : "over"}</span></li>`;
}

/** @param {InterruptRow} row */
function focused(row) {
  if (picks.active === row.id) return;
  picks.active = row.id;
  redraw();
}

/**
 * @param {KeyboardEvent} event
 * @param {InterruptRow[]} rows
 */
function onKey(event, rows) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
  const at = rows.findIndex(({ id }) => id === picks.active);
  /** @type {Record<string, InterruptRow | undefined>} */
  const steps = { ArrowDown: rows[at + 1], ArrowUp: rows[Math.max(0, at - 1)], Home: rows[0], End: rows.at(-1) };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = steps[event.key];
  if (!next) return;
  picks.active = next.id;
  document.getElementById(`interrupt-${next.id}`)?.focus();
  redraw();
}

/**
 * What interrupts pushed out of a Sprint, its split, and what they broke into; also in the report of a closed one.
 * @param {Displacement | null} ledger
 * @param {SprintSplit | null} split
 * @param {Context} context
 * @param {boolean} [closed] of a closed one the review's sentence is said even where nothing came in
 */
export function interruptReport(ledger, split, context, closed = false) {
  return html`${ledger ? displacement(ledger, context, closed) : nothing}${split ? html`${splitTable(split)}${switched(split)}` : nothing}`;
}

/**
 * @param {Displacement} view
 * @param {Context} context
 * @param {boolean} closed
 */
function displacement({ ledger, decisions, sentence, method, said }, context, closed) {
  if (ledger.lines.length === 0 && !closed) return nothing;
  return html`<section class="card"><div class="card-head"><h2>${ledger.beyond > 0 ? "What gave way" : "What the buffer took"}</h2><span class="is-quiet">${said}</span></div>
    <p class="interrupt-sentence">${sentence}</p><p class="is-quiet">${method}</p>
    ${decisions.length === 0 ? nothing : html`<ul class="late-facts">${decisions.map((one) => html`<li><span class="is-number">${dayText(one.on)}</span><span>The team ${one.said}: ${one.reason}</span></li>`)}</ul>`}
    ${table({
      caption: "What each interrupt took, and what it pushed out",
      columns: [
        { title: ledger.lines.some(({ drawer }) => "item" in drawer) ? "Interrupt or item" : "Interrupt", cell: (/** @type {LedgerLine} */ one) => html`<span class="is-title">${one.title}</span> <span class="is-quiet">${one.label}</span>` },
        // To the hundredth, so that the lines add up.
        { title: "Took", numeric: true, cell: (one) => hoursText(one.minutes, 2) },
        ...(ledger.beyond === 0 ? [] : [
          { title: "From the buffer", numeric: true, cell: (/** @type {LedgerLine} */ one) => hoursText(one.fromBuffer, 2) },
          { title: "Beyond it", numeric: true, cell: (/** @type {LedgerLine} */ one) => (one.beyond === 0 ? "" : hoursText(one.beyond, 2)) },
          { title: "Pushed out", cell: (/** @type {LedgerLine} */ one) => one.pushed.map(({ item, label }) => html`<button type="button" class="cell-button" @click=${() => context.go("item", { id: item })}>${label}</button>`) },
        ]),
      ],
      rows: ledger.lines,
      empty: nothing,
    })}</section>`;
}

/** @type {Record<SplitUnit, (amount: number) => string>} */
const amounts = {
  hours: (amount) => hoursText((amount * 60) / 100),
  points: pointsText,
  items: (amount) => countText(amount / 100, "item"),
};

/** @param {SprintSplit} view */
function splitTable({ report, method, unknown }) {
  const cell = (/** @type {Portion} */ portion) => html`${percent(portion.share)} <span class="is-quiet">${amounts[report.unit](portion.amount)}</span>`;
  return html`<section class="card"><div class="card-head"><h2>Planned, committed, actual</h2><span class="is-quiet">${method}</span></div>
    ${table({
      caption: "Planned, committed and actual part of each lane",
      columns: [
        { title: "Lane", cell: (/** @type {SplitLane} */ lane) => lane.name || "Unsorted" },
        { title: "Planned", numeric: true, cell: (lane) => percent(lane.planned) },
        { title: "Committed", numeric: true, cell: (lane) => cell(lane.committed) },
        { title: "Actual", numeric: true, cell: (lane) => html`${atLeast(report, lane)}${cell(lane.actual)}` },
      ],
      rows: report.lanes,
    })}
    ${unknown.map((line) => html`<p class="is-quiet">${line}</p>`)}</section>`;
}

/**
 * How much interrupts made people change from one thing to another, and whom: the person on call, or the rest of the team.
 * @param {SprintSplit} split
 */
function switched({ switching }) {
  const { days, interrupts, items, arrivedADay, brokenInto, brokenIntoADay, onCall, others, ofNobody, hasOnCall } = switching;
  if (interrupts + items === 0) return nothing;
  /** @type {[string, string, string][]} */
  const rows = [
    [items === 0 ? "Interrupts" : "Interrupts, and items that came into the buffer", String(interrupts + items), sizeText(arrivedADay)],
    ["Items in progress that were broken into, once a day each", String(brokenInto), sizeText(brokenIntoADay)],
    ...(hasOnCall ? [/** @type {[string, string, string]} */ (["Time of whoever was on call", hoursText(onCall), ""])] : []),
    [hasOnCall ? "Time of the rest of the team" : "Time of the team; nobody was on call", hoursText(others), ""],
    ...(ofNobody > 0 ? [/** @type {[string, string, string]} */ (["Time of which nobody said whose it was", hoursText(ofNobody), ""])] : []),
  ];
  return html`<section class="card"><div class="card-head"><h2>Context switching</h2><span class="is-quiet">in ${countText(days, "working day")}</span></div>
    ${table({
      caption: "What interrupts broke into, and whose time they took",
      columns: [
        { title: "", cell: (/** @type {[string, string, string]} */ row) => row[0] },
        { title: "In all", numeric: true, cell: (row) => row[1] },
        { title: "A day", numeric: true, cell: (row) => row[2] },
      ],
      rows,
    })}
    <p class="is-quiet">An item is known to be broken into where it has an owner and the time says who worked.</p></section>`;
}

/**
 * What stands before a part that is more than is known.
 * @param {SplitReport} report
 * @param {SplitLane} lane
 */
function atLeast(report, lane) {
  return lane.isBuffer && report.unknown > 0 ? "at least " : "";
}

/** @param {SplitTrend} trend */
function trendTable({ sprints }) {
  if (sprints.length < 2) return nothing;
  // Lanes may have changed: those of the latest Sprint name the columns.
  const lanes = sprints.at(-1)?.report.lanes.filter(({ lane }) => lane !== null) ?? [];
  const of = (/** @type {SprintSplit} */ one, /** @type {SplitLane} */ lane) => one.report.lanes.find((known) => known.lane === lane.lane);
  return html`<section class="card"><div class="card-head"><h2>The split of closed Sprints</h2><span class="is-quiet">planned → actual</span></div>
    ${table({
      caption: "Planned and actual part of each lane, by Sprint",
      columns: [
        { title: "Sprint", cell: (/** @type {SprintSplit} */ one) => html`<a href="#/sprints?sprint=${one.sprint.id}">${one.sprint.name}</a>` },
        ...lanes.map((lane) => ({ title: lane.name, numeric: true, cell: (/** @type {SprintSplit} */ one) => {
          const known = of(one, lane);
          return known ? `${percent(known.planned)} → ${atLeast(one.report, known)}${percent(known.actual.share)}` : "";
        } })),
        { title: "Came in a day", numeric: true, cell: (one) => sizeText(one.switching.arrivedADay) },
        { title: "Broken into a day", numeric: true, cell: (one) => sizeText(one.switching.brokenIntoADay) },
        { title: "In", cell: (one) => html`<span class="is-quiet">${one.report.unit}</span>` },
      ],
      rows: [...sprints].reverse(),
    })}</section>`;
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? "–" : `${Math.round(share / 100)} %`;
}

/**
 * One interrupt.
 * @param {InterruptPage} page
 * @param {Act[]} acts
 * @param {Context} context
 */
function drawPage(page, acts, context) {
  const { row } = page;
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const save = (/** @type {InterruptCommand} */ command) => run({ interrupt: command }).then((outcome) => sayDone(outcome));
  return html`<div class="screen-head">
      <div><h1 class="is-label">${row.label}</h1><p class="is-quiet">${[row.sprint?.name ?? "in no Sprint", row.reportedAt !== null && `arrived ${whenText(row.reportedAt)}`, row.endedAt === null ? "open" : `over since ${whenText(row.endedAt)}`].filter(Boolean).join(" · ")}</p></div>
      <div class="screen-acts">${button(find("back"), { plain: true })}${["take", "startTimer", "stopTimer", "becomeItem", "reopen", "end"].map((id) => button(find(id)))}</div>
    </div>
    <div class="interrupts">
      <div class="interrupts-main">
        ${savedField({ name: "title", id: "interrupt-title", label: "What happened", value: row.title, save: (title) => save({ rename: { interrupt: row.id, title } }) })}
        <section class="card"><div class="card-head"><h2>Time</h2><span class="is-quiet">${row.took === null ? row.timeSaid : `${row.timeSaid} in all`}</span></div>
          ${table({
            caption: "Time that was spent",
            columns: [
              { title: "Day", cell: (/** @type {HoursRow} */ one) => dayText(one.day) },
              { title: "Who", cell: (one) => one.memberName ?? html`<span class="is-quiet">not said</span>` },
              { title: "Drew on", cell: (one) => html`<span class="is-quiet">${one.sprint ? `${one.sprint.name}${one.closed ? ", closed" : ""}` : "no buffer"}</span>` },
              { title: "Time", numeric: true, cell: (one) => html`<button type="button" class="cell-button" title="Correct" @click=${() => correct(one, page)}>${one.said}</button>` },
            ],
            rows: page.hours,
            empty: html`<p class="is-quiet">No time is written down yet. ${kbd("+ 1")} adds an hour, ${kbd("+ +")} a quarter.</p>`,
          })}
          <div class="card-acts">${button(find("addTime"))}${button(find("addQuarter"), { plain: true })}</div></section>
        <section class="card"><div class="card-head"><h2>Items</h2></div>
          ${row.items.length === 0 ? html`<p class="is-quiet">It became no item, and nothing is named as its cause.</p>` : html`<ul class="interrupt-links">${row.items.map((one) => html`<li>
            <span class="is-quiet">${one.relation === "became" ? "became" : "caused by"}</span><button type="button" class="cell-button" @click=${() => context.go("item", { id: one.item })}>${one.title}</button>
            <span class="is-quiet">${one.label}</span><button type="button" class="button is-plain" @click=${() => act({ interrupt: { unlink: { interrupt: row.id, item: one.item } } })}>Unlink${unseen(` ${one.label}`)}</button></li>`)}</ul>`}
          <div class="card-acts">${button(find("linkCause"))}</div></section>
        ${page.incidents.length === 0 ? nothing : html`<section class="card"><div class="card-head"><h2>Incident</h2></div><ul class="interrupt-links">${page.incidents.map((one) => html`<li>
          <span class="is-quiet">counts the hours of</span><a href="#/incidents?id=${one.id}">${one.title}</a><span class="is-quiet">${one.label}${one.isOpen ? ", open" : ""}</span></li>`)}</ul></section>`}
        <section class="card"><div class="card-head"><h2>History</h2></div><ul class="late-facts">${page.history.map((one) => html`<li><span class="is-number">${whenText(one.at)}</span><span>${one.text}${one.recordedAt === null ? nothing : html` <span class="is-quiet">written down ${whenText(one.recordedAt)}</span>`}</span></li>`)}</ul></section>
      </div>
      <aside class="board-side"><section class="card">
        ${savedField({ name: "severity", label: "Severity", type: "choice", choices: severityChoices(page.severities), value: row.severity, save: (severity) => save({ setSeverity: { interrupt: row.id, severity } }) })}
        ${savedField({ name: "owner", label: "Who takes it on", type: "choice", choices: memberChoices(page.members), value: row.owner ?? "", save: (owner) => save({ assign: { interrupt: row.id, owner: owner || null } }) })}
        ${savedField({ name: "lane", label: "Draws on", type: "choice", choices: laneChoices(page.lanes), value: row.lane ?? "", save: (lane) => save({ setLane: { interrupt: row.id, lane: lane || null } }) })}
        ${savedField({ name: "estimate", label: "Expected in all", type: "number", unit: "h", value: row.estimate === null ? "" : String(Math.round((row.estimate / 60) * 100) / 100), save: (estimate) => save({ estimate: { interrupt: row.id, estimate } }), hint: "Counts until hours are known." })}
      </section></aside>
    </div>`;
}

/**
 * Corrects time that was written down.
 * @param {HoursRow} hours
 * @param {InterruptPage} page
 */
function correct(hours, { row, members, today }) {
  return openForm({
    title: `Correct time of ${row.label}`,
    action: "Correct it",
    values: { time: hours.said.replace(/ h$/, ""), member: hours.member ?? "", on: hours.day },
    draw: (form) => html`
      ${form.field({ name: "time", label: "How long it really took", type: "number", unit: "h", narrow: true, autofocus: true, hint: "Empty takes it away." })}
      <div class="field-pair">
        ${form.field({ name: "member", label: "Who", type: "choice", choices: memberChoices(members) })}
        ${form.field({ name: "on", label: "On", type: "date", max: today })}
      </div>
      ${hours.closed ? html`<p class="dialog-text">${hours.sprint?.name} is closed: what it came to stays as it was.</p>` : nothing}`,
    send: async ({ time, member, on }) => {
      const outcome = await run({ interrupt: { correctHours: { hours: hours.id, time, member: member || null, on: on || null } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/** @type {import("../main.js").Screen} */
export const interrupts = {
  name: "interrupts",
  title: "Interrupts",
  group: "Production",
  key: "g u",
  query: (params) => {
    if (params.id) return { interrupt: { interrupt: { interrupt: params.id } } };
    if (params.all) return historyQuery(params);
    const of = params.sprint ? { sprint: params.sprint } : {};
    return [{ interrupt: { ofSprint: of } }, { interrupt: { splitTrend: {} } }, rateQuery];
  },
  draw,
  commands,
  find: async (text) => {
    const { rows, waiting } = await ask({ interrupt: { list: {} } });
    const wanted = text.trim().toLowerCase();
    return [...rows, ...waiting].filter(({ label, title }) => title.toLowerCase().includes(wanted) || label.toLowerCase().startsWith(wanted))
      .map(({ id, label, title, endedAt }) => ({ title, note: `${label} interrupt`, ended: endedAt !== null, run: () => { location.hash = `#/interrupts?id=${id}`; } }));
  },
  everywhere: () => [{ id: "reportInterrupt", title: "Report an interrupt…", key: "ctrl+i", run: report }],
};
