// @ts-check
/**
 * How many interrupts come in a week, and all interrupts as one list, the latest first.
 *
 * 1. The rate needs no hours. What interrupts may take is said as an expectation, and only where enough of them know their time.
 * 2. What a file of interrupts does not say stands beside the rate for as long as they are here.
 * 3. The list is shown in parts, so that years of interrupts stay a small page.
 */
import { html, nothing, vars } from "../parts/draw.js";
import { button, empty } from "../parts/button.js";
import { table } from "../parts/table.js";
import { countText, dayText, numberText, whenText } from "../parts/text.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */

/** How many interrupts are shown at once. */
const part = 100;

/** Asks for the rate. */
export const rateQuery = { interrupt: { rate: {} } };

/**
 * Asks for a part of all interrupts.
 * @param {Record<string, string>} params
 */
export function historyQuery({ from }) {
  return { interrupt: { latest: { from: Math.max(0, Number(from) || 0), limit: part } } };
}

/**
 * Goes to the list of all.
 * @param {InterruptRate} rate
 * @param {Context} context
 * @returns {Act}
 */
export function allAct({ all }, context) {
  return { id: "allInterrupts", title: `All ${countText(all, "interrupt")}`, key: "a", when: () => all > 0, run: () => context.set({ all: "1", from: "" }) };
}

/**
 * @param {InterruptRate} view
 * @param {Act | undefined} toAll
 */
export function rateCard({ all, rate, said, method, loadSaid, sources }, toAll) {
  if (all === 0) return nothing;
  return html`<section class="card" aria-labelledby="rate-title"><div class="card-head"><h2 id="rate-title">How many come</h2>${button(toAll, { plain: true })}</div>
    <p class="interrupt-sentence">${said}</p>
    ${"known" in rate ? weeks(rate.known) : nothing}
    <p class="is-quiet">${method}</p>
    ${loadSaid === null ? nothing : html`<p class="is-quiet">${loadSaid}</p>`}
    ${sources.map((line) => html`<p class="is-quiet">${line}</p>`)}</section>`;
}

/**
 * A bar for each week, with a line at what 85 of 100 weeks do not go beyond; the same as a table.
 * @param {WeeklyRate} known
 */
function weeks({ weeks: all, most }) {
  const highest = Math.max(1, ...all.map(({ count }) => count));
  /** @type {Map<number, number>} */
  const byCount = new Map();
  for (const { count } of all) byCount.set(count, (byCount.get(count) ?? 0) + 1);
  const counts = [...byCount].sort(([one], [other]) => one - other);
  return html`<div class="rate-weeks" aria-hidden="true">${all.map(({ monday, count }) => html`<span title="Week of ${dayText(monday)}: ${numberText(count)}" ${vars({ "--share": `${(100 * count) / highest}%` })}></span>`)}
      <i ${vars({ "--share": `${(100 * most) / highest}%` })}></i></div>
    <details class="rate-table"><summary>Weeks by their number of interrupts</summary>
      ${table({
        caption: "How many weeks had how many interrupts",
        columns: [
          { title: "Interrupts in a week", cell: (/** @type {[number, number]} */ [count]) => numberText(count) },
          { title: "Weeks", numeric: true, cell: ([, many]) => numberText(many) },
        ],
        rows: counts,
      })}</details>`;
}

/**
 * @param {InterruptHistory} view
 * @param {Context} context
 * @returns {Act[]}
 */
export function historyActs({ all, from, rows }, context) {
  const to = (/** @type {number} */ place) => context.set({ all: "1", from: place > 0 ? String(place) : "" });
  return [
    { id: "backToSprint", title: "Those of the Sprint", key: "escape", run: () => context.set({ all: "", from: "" }) },
    { id: "laterOnes", title: "Later ones", key: "l", when: () => from > 0, run: () => to(from - part) },
    { id: "earlierOnes", title: "Earlier ones", key: "e", when: () => from + rows.length < all, run: () => to(from + part) },
  ];
}

/**
 * @param {InterruptHistory} view
 * @param {Context} context
 */
export function drawHistory(view, context) {
  const { all, from, rows } = view;
  const acts = historyActs(view, context);
  const by = (/** @type {string} */ id) => button(acts.find((act) => act.id === id), { plain: true });
  const said = rows.length === 0 ? "None." : `${numberText(from + 1)} to ${numberText(from + rows.length)} of ${numberText(all)}, the latest first.`;
  return html`<div class="screen-head">
      <div><h1 data-start tabindex="-1">All interrupts</h1><p class="is-quiet" role="status">${said}</p></div>
      <div class="screen-acts">${by("backToSprint")}${by("laterOnes")}${by("earlierOnes")}</div>
    </div>
    ${rows.length === 0 ? empty({ title: "No interrupts yet", text: "What arrives unplanned is reported with Ctrl+I; a list of incidents or calls is brought in by Import.", acts: [] }) : html`<section class="card">
      ${table({
        caption: "All interrupts, the latest first",
        key: ({ id }) => id,
        columns: [
          { title: "Interrupt", cell: (/** @type {InterruptRow} */ row) => html`<button type="button" class="cell-button" @click=${() => context.set({ id: row.id })}>${row.title}</button> <span class="is-quiet">${row.label}</span>` },
          { title: "Severity", cell: (row) => row.severityName },
          { title: "Came", cell: (row) => (row.reportedAt === null ? html`<span class="is-quiet">not known</span>` : whenText(row.reportedAt)) },
          { title: "Ended", cell: (row) => (row.endedAt === null ? "open" : whenText(row.endedAt)) },
          { title: "Sprint", cell: (row) => row.sprint?.name ?? html`<span class="is-quiet">none</span>` },
          { title: "Who", cell: (row) => row.ownerName ?? html`<span class="is-quiet">nobody</span>` },
          { title: "Took", numeric: true, cell: (row) => row.timeSaid },
        ],
        rows,
      })}</section>`}`;
}
