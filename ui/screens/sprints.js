// @ts-check
/**
 * All Sprints, and what a closed one came to: its sealed report.
 *
 * 1. The report of a closed Sprint is what was sealed at its close; nothing that happens later changes it.
 * 2. Where facts arrived after the close that would change it, the page names them and offers a correction: an edition beside the first, with
 *    its reason. Every edition can be shown, with what it says otherwise than the one before.
 * 3. Completed, not completed and removed hold each item of the scope once; what was added is listed besides.
 */
import { html, nothing } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { chart, chartTheme } from "../parts/chart.js";
import { openForm } from "../parts/dialog.js";
import { gaugeCard } from "../parts/gauge.js";
import { table } from "../parts/table.js";
import { countText, dayText, daysText, pointsText, sizeText, whenText } from "../parts/text.js";
import { sayDone } from "../parts/toast.js";
import { movedCard } from "./calendar.js";
import { changeWord, origins, termsText } from "./board.js";
import { incidentReport } from "./incidents.js";
import { interruptReport } from "./interrupts.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[SprintList] | [SprintList, ClosedSprintReport, Correction, InterruptsOfSprint, IncidentsOfSprint | null]} View */

/** @type {Record<GoalOutcome, string>} */
const outcomes = { met: "met", partly: "partly met", notMet: "not met" };

/** @type {Record<Phase, string>} */
const phases = { planned: "planned", active: "running", overdue: "overdue", closed: "closed" };

/**
 * @param {View} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands([list, report, correction], context) {
  if (report) {
    return [
      { id: "allSprints", title: "All Sprints", key: "escape", run: () => context.set({ sprint: "", edition: "" }) },
      { id: "burnDown", title: "Burn-down", key: "b", when: () => report.report !== null, run: () => context.go("charts", { chart: "burnDown", sprint: report.sprint.id, edition: String(report.edition) }) },
      { id: "correct", title: "Correct this Sprint…", key: "shift+c", when: () => Boolean(correction?.changes), run: () => correct(report, correction, context) },
      ...report.editions.filter(({ number }) => number !== report.edition)
        .map(({ number }) => ({ id: `edition-${number}`, title: `Show edition ${number}`, // The latest is shown without naming it, so that undoing it shows the one before.
          run: () => context.set({ edition: number === report.editions.length ? "" : String(number) }) })),
    ];
  }
  const running = list.sprints.find(({ phase }) => phase === "active" || phase === "overdue");
  return [
    { id: "board", title: "Board", key: "b", when: () => running !== undefined, run: () => context.go("board") },
    { id: "plan", title: "Plan", key: "p", main: list.sprints.length === 0, run: () => context.go("plan") },
    { id: "recordPast", title: "Record a past Sprint…", key: "shift+r", run: recordPast },
  ];
}

function recordPast() {
  return openForm({
    title: "Record a past Sprint",
    action: "Record it",
    values: { name: "", firstDay: "", lastDay: "", committed: "", completed: "", personDays: "", bufferShare: "" },
    draw: (form) => html`<p class="dialog-text">What the team brings along: with three of them, planned points can be computed from experience.</p>
      ${form.field({ name: "name", label: "Name", placeholder: "Sprint 38", autofocus: true })}
      <div class="field-pair">${form.field({ name: "firstDay", label: "First day", type: "date" })}${form.field({ name: "lastDay", label: "Last day", type: "date" })}</div>
      <div class="field-pair">${form.field({ name: "committed", label: "Committed", type: "number", unit: "points", hint: "If it is known." })}${form.field({ name: "completed", label: "Completed", type: "number", unit: "points" })}</div>
      <div class="field-pair">${form.field({ name: "personDays", label: "Net person-days", type: "number", hint: "Days on which somebody worked, all members together; if it is known." })}${form.field({ name: "bufferShare", label: "Kept for unplanned work", type: "number", unit: "%", hint: "Empty: what the team usually kept then." })}</div>`,
    send: (values) => run({ sprint: { recordPast: values } }),
  });
}

/**
 * Asks why, shows what would change, and adds an edition.
 * @param {ClosedSprintReport} report
 * @param {Correction | undefined} correction
 * @param {Context} context
 */
async function correct({ sprint }, correction, context) {
  if (!correction?.changes) return;
  const { late, changes } = correction;
  const outcome = await openForm({
    title: `Correct ${sprint.name}`,
    action: "Add the edition",
    wide: true,
    values: { reason: "" },
    draw: (form) => html`<p class="dialog-text">The report of the close stays as it is. Beside it comes an edition from what is known now; from then on, that is what the Sprint came to.</p>
      ${form.field({ name: "reason", label: "Why", required: true, autofocus: true, placeholder: "It was finished before the close, and nobody had said so" })}
      ${late.length > 0 ? html`<h3>What arrived late</h3>${lateFacts(late)}` : nothing}
      <h3>What the edition says otherwise</h3>${differences(changes)}`,
    send: (values) => run({ sprint: { correct: { sprint: sprint.id, reason: values.reason } } }),
  });
  if (!outcome) return;
  sayDone(outcome, `${sprint.name} is corrected`);
  context.set({ edition: "" });
}

/** @param {LateFact[]} late */
function lateFacts(late) {
  return late.length === 0 ? nothing : html`<ul class="late-facts">${late.map(({ label, said }) => html`<li><span class="is-number">${label}</span><span>${said}</span></li>`)}</ul>`;
}

/** @param {EditionChanges} changes */
function differences({ figures, items, days }) {
  return html`${figures.length === 0 ? nothing : table({
      caption: "What differs",
      columns: [
        { title: "", cell: (/** @type {FigureChange} */ figure) => figure.name },
        { title: "Before", cell: (figure) => html`<span class="is-quiet">${figure.before}</span>` },
        { title: "Now", cell: (figure) => figure.after },
      ],
      rows: figures,
    })}
    ${items.length === 0 ? nothing : html`<ul class="late-facts">${items.map(({ label, title, said }) => html`<li><span class="is-number">${label}</span><span>${title}: ${said}</span></li>`)}</ul>`}
    ${days && items.length === 0 ? html`<p class="is-quiet">Changes of the scope have other days or sizes; every sum is the same.</p>` : nothing}`;
}

/**
 * @param {View} view
 * @param {Context} context
 */
function draw(view, context) {
  const [list, report, correction, unplanned, incidents] = view;
  const acts = commands(view, context);
  if (report) {
    const gauge = unplanned?.list.gauge;
    const told = gauge ? html`${gaugeCard(gauge, { title: `${gauge.lane}, at the close` })}${interruptReport(unplanned.ledger, unplanned.split, context, true)}${incidents ? incidentReport(incidents) : nothing}` : nothing;
    return drawReport(report, correction, acts, context, told);
  }
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  return html`<div class="screen-head">
      <div><h1>Sprints</h1><p class="is-quiet">${countText(list.sprints.length, "Sprint")}, the latest first.</p></div>
      <div class="screen-acts">${button(find("recordPast"), { plain: true })}${button(find("board"))}${button(find("plan"))}</div>
    </div>
    ${table({
      caption: "Sprints",
      columns: [
        { title: "Sprint", cell: (/** @type {SprintRow} */ row) => html`<a href=${addressOf(row)}>${row.name}</a><span class="sprints-goal" title=${row.goal}>${row.goal}</span>` },
        { title: "Days", cell: (row) => html`${daysText(row.firstDay, row.lastDay)}${row.workingDays > 0 ? html`<span class="sprints-more">${countText(row.workingDays, "working day")}</span>` : nothing}` },
        { title: "Committed", numeric: true, cell: (row) => (row.committed === null ? "" : sizeText(row.committed)) },
        { title: "Completed", numeric: true, cell: (row) => (row.completed === null ? "" : sizeText(row.completed)) },
        { title: "Done", cell: (row) => (row.count ? html`${row.count.done} of ${countText(row.count.items, "item")}${row.count.bufferItems > 0 ? html`<span class="sprints-more">${row.count.bufferDone} of ${row.count.bufferItems} in the buffer</span>` : nothing}` : "") },
        { title: "Goal", cell: (row) => (row.goalOutcome ? outcomes[row.goalOutcome] : nothing) },
        { title: "Stands", cell: (row) => html`<span class=${row.phase === "overdue" ? "is-grave" : "is-quiet"}>${phases[row.phase]}</span>` },
      ],
      rows: list.sprints,
      empty: empty({ title: "There is no Sprint yet", text: "Plan the first one; or record past Sprints by their totals, so that the team's experience counts from the first day.", acts: [find("plan"), find("recordPast")].filter((one) => one !== undefined) }),
    })}`;
}

/** @param {SprintRow} row */
function addressOf({ id, phase }) {
  if (phase === "planned") return `#/plan?sprint=${id}`;
  return phase === "closed" ? `#/sprints?sprint=${id}` : "#/board";
}

/**
 * @param {ClosedSprintReport} view
 * @param {Correction | undefined} correction
 * @param {Act[]} acts
 * @param {Context} context
 * @param {unknown} unplanned what interrupts did
 */
function drawReport(view, correction, acts, context, unplanned) {
  const { report, totals } = view;
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const closed = view.closedOn && report && view.closedOn !== view.lastDay ? ` · closed ${dayText(view.closedOn)}` : "";
  return html`<div class="screen-head">
      <div><h1>${view.sprint.name}</h1><p class="is-quiet">${daysText(view.firstDay, view.lastDay)}${closed}${view.editions.length > 1 ? ` · edition ${view.edition} of ${view.editions.length}` : ""}</p></div>
      <div class="screen-acts">${button(find("allSprints"), { plain: true })}${button(find("burnDown"))}</div>
    </div>
    <div class="report">
      ${correction?.changes ? html`<section class="card is-late"><div class="card-head"><h2>What is known has changed</h2>${button(find("correct"))}</div>
        <p class="is-quiet">${correction.late.length === 0 ? "What is known now" : `${countText(correction.late.length, "fact")} that arrived after the close`} would change this report. It stays as it is until you correct it.</p>
        ${lateFacts(correction.late)}</section>` : nothing}
      ${view.editions.length > 1 ? editions(view, acts) : nothing}
      ${totals ? html`<section class="card"><p>Only the totals of this Sprint are known: ${pointsText(totals.completed)} completed${totals.committed === null ? "" : ` of ${sizeText(totals.committed)} committed`}${totals.personDays === null ? "" : `, in ${sizeText(totals.personDays / 10)} net person-days`}.</p></section>` : nothing}
      ${report ? sealed(view, report, context, unplanned) : nothing}
    </div>`;
}

/**
 * All editions with their reasons, and what the one that is shown says otherwise than the one before.
 * @param {ClosedSprintReport} view
 * @param {Act[]} acts
 */
function editions(view, acts) {
  return html`<section class="card"><div class="card-head"><h2>Editions</h2></div>
    <ul class="editions">${view.editions.map(({ number, recordedOn, reason }) => html`<li aria-current=${number === view.edition ? "true" : nothing}>
      <span class="is-number">${number}</span><span>${reason ?? "As it was at the close"}</span><span class="is-quiet">${dayText(recordedOn)}</span>
      ${number === view.edition ? html`<span class="is-quiet">shown</span>` : button(acts.find(({ id }) => id === `edition-${number}`), { plain: true })}</li>`)}</ul>
    ${view.changes ? html`<h3>What edition ${view.edition} says otherwise than edition ${view.edition - 1}</h3>${differences(view.changes)}` : nothing}</section>`;
}

/**
 * @param {ClosedSprintReport} view
 * @param {SprintReport} report
 * @param {Context} context
 * @param {unknown} unplanned
 */
function sealed(view, report, context, unplanned) {
  const { sums } = report;
  return html`
    <section class="card report-finding">
      ${termsText(report.points, html`<span class="is-quiet">${view.count?.said}</span>`)}
      ${report.goal ? html`<p>Sprint Goal: ${report.goal} ${report.goalOutcome ? html`<strong class="is-capital">${outcomes[report.goalOutcome.outcome]}</strong>${report.goalOutcome.why ? html`: ${report.goalOutcome.why}` : nothing}` : nothing}</p>` : nothing}
      <ul class="report-lanes">${report.lanes.map((lane) => html`<li><span>${lane.name || "Unsorted"}</span><span class="is-quiet">${lane.isBuffer ? countText(sums.buffer.count, "item") : `${sizeText(lane.points.done)} of ${sizeText(lane.points.committed)} committed points`}</span></li>`)}</ul>
    </section>
    <section class="card">${chart({
      id: "report-chart",
      bare: true,
      ratio: 0.5,
      question: `${view.sprint.id} report ${view.edition}`,
      source: async (size) => (await ask({ flow: { chart: { chart: "burnDown", sprint: view.sprint.id, edition: view.edition, theme: chartTheme(), ...size } } })).chart,
    })}</section>
    ${unplanned}
    ${movedCard(view.capacity, "Capacity since the start")}
    ${list("Completed", report.completed, sums.completed, context)}
    ${list("Not completed", report.notCompleted, sums.notCompleted, context)}
    ${list("Removed", report.removed, sums.removed, context)}
    ${list("Completed outside this Sprint", report.completedOutside, sums.completedOutside, context)}
    ${list("Added after the start", report.added, sums.added, context)}
    ${list("In the buffer", report.buffer, sums.buffer, context)}
    ${changes(report)}`;
}

/**
 * @param {string} title
 * @param {ReportItem[]} items
 * @param {Pair} sums
 * @param {Context} context
 */
function list(title, items, sums, context) {
  if (items.length === 0) return nothing;
  const sum = sums.initial === sums.final ? pointsText(sums.final) : `${sizeText(sums.initial)} → ${pointsText(sums.final)}`;
  return html`<section class="card"><div class="card-head"><h2>${title}</h2><span class="is-quiet">${countText(sums.count, "item")} · ${sum}${sums.unsizedItems > 0 ? `, ${sums.unsizedItems} unsized` : ""}</span></div>
    ${table({
      caption: title,
      columns: [
        { title: "Item", cell: (/** @type {ReportItem} */ item) => html`<button type="button" class="cell-button" @click=${() => context.go("item", { id: item.item })}>${item.title}</button>` },
        { title: "Label", cell: (item) => item.label },
        { title: "", cell: (item) => html`<span class="is-quiet">${[item.origin && origins[item.origin], item.standing === "cancelled" && "cancelled", decided(item.decision)].filter(Boolean).join(", ")}</span>` },
        { title: "Points", numeric: true, cell: (item) => (item.initial === item.final ? sizeText(item.final) : `${sizeText(item.initial)} → ${sizeText(item.final)}`) },
      ],
      rows: items,
    })}</section>`;
}

/** @param {Decision | null} decision */
function decided(decision) {
  if (decision === null) return "";
  if (decision === "productBacklog") return "to the Product Backlog";
  if (decision === "cancel") return "cancelled at the close";
  return "split" in decision ? `split into ${countText(decision.split.parts.length, "part")}` : "into the next Sprint";
}

/** @param {SprintReport} report */
function changes(report) {
  const told = report.entries.filter(({ change }) => change !== "done");
  if (told.length === 0) return nothing;
  return html`<details class="chart-table"><summary>${countText(told.length, "change")} of the scope</summary>
    ${table({
      caption: "Changes of the scope",
      columns: [
        { title: "When", cell: (/** @type {ScopeEntry} */ entry) => whenText(entry.at) },
        { title: "Item", cell: (entry) => `${entry.label} ${entry.title}` },
        { title: "What", cell: changeWord },
        { title: "Points", numeric: true, cell: (entry) => sizeText(entry.points.scope - entry.points.done) },
      ],
      rows: told,
    })}</details>`;
}

/** @type {import("../main.js").Screen} */
export const sprints = {
  name: "sprints",
  title: "Sprints",
  group: "Looking back",
  key: "g t",
  query: (params) => {
    /** @type {Query} */
    const all = { sprint: { list: {} } };
    const edition = Number(params.edition) || null;
    return params.sprint ? [all, { sprint: { report: { sprint: params.sprint, edition } } }, { sprint: { correction: { sprint: params.sprint } } },
      { interrupt: { ofSprint: { sprint: params.sprint, edition } } }, { incident: { ofSprint: { sprint: params.sprint, edition } } }] : [all];
  },
  draw,
  commands,
};
