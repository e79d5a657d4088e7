// @ts-check
/**
 * The dialog that closes a Sprint.
 *
 * 1. Every unfinished item gets a decision; none is made for the team.
 * 2. The Sprint Goal was met, partly, or not, with a sentence that says why.
 * 3. A split leaves the original in the report, not completed; what is left goes on in its parts.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { openForm } from "../parts/dialog.js";
import { field } from "../parts/field.js";
import { carriedText } from "../parts/kinds.js";
import { countText, dayText, hoursText, pointsText, sizeText } from "../parts/text.js";
import { fail, sayDone } from "../parts/toast.js";

/** @typedef {{title: string, size: string, to: string}} Part */
/** @typedef {{decisions: Record<string, string>, parts: Record<string, Part[]>, outcome: string, why: string}} Values */

/**
 * Asks what closing asks, and closes.
 * @param {string} sprint
 * @param {import("../main.js").Context} context
 */
export async function openClose(sprint, context) {
  let summary = await ask({ sprint: { closeSummary: { sprint } } });
  const gauge = await ask({ interrupt: { gauge: { sprint } } });
  const name = summary.sprint.name;
  /** @type {Values} */
  const values = { decisions: {}, parts: {}, outcome: "", why: "" };
  const outcome = await openForm({
    title: `Close ${name}`,
    action: "Close the Sprint",
    wide: true,
    values,
    draw: (form) => html`
      <p class="dialog-text">${sumsText(summary)}</p>
      ${gauge ? unplanned(gauge) : nothing}
      ${summary.goal ? goal(form, summary) : nothing}
      ${summary.unfinished.length === 0 ? html`<p class="dialog-text">Nothing is left over.</p>` : unfinished(form, summary, planNext)}`,
    send: async ({ decisions, parts, outcome, why }) => run({
      sprint: {
        close: {
          sprint,
          decisions: Object.entries(decisions).filter(([, choice]) => choice !== "").map(([item, choice]) => ({ item, decision: decisionOf(choice, parts[item] ?? []) })),
          goal: outcome === "" ? null : { outcome: /** @type {GoalOutcome} */ (outcome), why },
        },
      },
    }),
  });
  if (!outcome) return;
  sayDone(outcome, `${name} is closed`);
  context.go("sprints", { sprint });

  async function planNext() {
    try {
      await run({ sprint: { plan: {} } });
      summary = await ask({ sprint: { closeSummary: { sprint } } });
      redraw();
    } catch (error) {
      fail(error);
    }
  }
}

/** @param {CloseSummary} summary */
function sumsText({ points, count, lastDay, today }) {
  const scope = points.committed + points.added - points.removed + points.resized;
  const early = today < lastDay ? ` Its last day would be ${dayText(lastDay)}.` : "";
  return `${sizeText(points.done)} of ${pointsText(scope)} ${points.done === 100 ? "is" : "are"} done, ${count.said}; ${sizeText(points.committed)} were committed.${early}`;
}

/**
 * What of the interrupts is still open; nothing of it keeps the Sprint from being closed.
 * @param {BufferGauge} gauge
 */
function unplanned({ open, asks, unknownSaid, kept }) {
  const lines = [
    open > 0 && `${countText(open, "interrupt")} ${open === 1 ? "is" : "are"} not over: the next Sprint can take ${open === 1 ? "it" : "them"}.`,
    asks && `An overflow of ${hoursText(asks.left)} is not decided, and will stay so.`,
    kept !== null && unknownSaid,
  ].filter(Boolean);
  return lines.length === 0 ? nothing : html`<p class="dialog-text">${lines.join(" ")}</p>`;
}

/**
 * @param {import("../parts/dialog.js").Form<Values>} form
 * @param {CloseSummary} summary
 */
function goal(form, summary) {
  const error = form.error("outcome");
  /** @type {[GoalOutcome, string][]} */
  const outcomes = [["met", "Met"], ["partly", "Partly"], ["notMet", "Not met"]];
  return html`<fieldset class="close-goal">
    <legend>Sprint Goal: ${summary.goal}</legend>
    <div class="choices">${outcomes.map(([value, title]) => html`<label><input type="radio" name="outcome" value=${value} .checked=${form.values.outcome === value} aria-invalid=${error ? "true" : "false"}
      @change=${() => form.set({ outcome: value })}><span>${title}</span></label>`)}</div>
    ${error ? html`<p class="field-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
    ${form.field({ name: "why", label: isWhyAsked(form, summary) ? "Why (needed)" : form.values.outcome === "" ? "Why" : "What made it possible (may be empty)", required: isWhyAsked(form, summary) })}
  </fieldset>`;
}

/**
 * @param {import("../parts/dialog.js").Form<Values>} form
 * @param {CloseSummary} summary
 */
function isWhyAsked(form, { whyRequired }) {
  return whyRequired.some((outcome) => outcome === form.values.outcome);
}

/**
 * @param {import("../parts/dialog.js").Form<Values>} form
 * @param {CloseSummary} summary
 * @param {() => void} planNext
 */
function unfinished(form, summary, planNext) {
  const error = form.error("decisions");
  const choices = [
    { value: "", title: "Decide …" },
    ...summary.planned.map(({ id, name }) => ({ value: `sprint ${id}`, title: `Into ${name}` })),
    { value: "backlog", title: "Product Backlog" },
    { value: "split", title: "Split" },
    { value: "cancel", title: "Cancel it" },
  ];
  const open = summary.unfinished.filter(({ id }) => !form.values.decisions[id]);
  const set = (/** @type {string} */ item, /** @type {string} */ choice) => {
    const parts = choice === "split" && !form.values.parts[item] ? { ...form.values.parts, [item]: [firstPart(item, summary)] } : form.values.parts;
    form.set({ decisions: { ...form.values.decisions, [item]: choice }, parts });
  };
  return html`<section class="close-items">
    <div class="close-head"><h3>${countText(summary.unfinished.length, "unfinished item")}</h3>
      ${summary.planned.length === 0 ? html`<button type="button" class="button" @click=${planNext}>Plan the next Sprint</button>` : nothing}
      ${open.length > 1 ? field({ name: "rest", id: "close-rest", label: "The rest", type: "choice", value: "", bare: true,
        choices: [{ value: "", title: `Decide for the other ${open.length} …` }, ...choices.filter(({ value }) => !["", "split"].includes(value))],
        change: (choice) => form.set({ decisions: { ...form.values.decisions, ...Object.fromEntries(open.map(({ id }) => [id, choice])) } }) }) : nothing}
    </div>
    ${error ? html`<p class="field-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
    <ul>${summary.unfinished.map((item) => html`<li>
      <div class="close-item"><span class="is-title">${item.title}</span>
        <span class="is-quiet">${[item.label, item.state, sizeText(item.size), item.inBuffer && "buffer", carriedText(item.carried)].filter(Boolean).join(" · ")}</span>
        ${field({ name: "decision", id: `decide-${item.id}`, label: `What becomes of ${item.label}`, type: "choice", value: form.values.decisions[item.id] ?? "", bare: true, choices, change: (choice) => set(item.id, choice) })}</div>
      ${form.values.decisions[item.id] === "split" ? split(form, summary, item) : nothing}
    </li>`)}</ul>
  </section>`;
}

/**
 * @param {string} item
 * @param {CloseSummary} summary
 * @returns {Part}
 */
function firstPart(item, summary) {
  const title = summary.unfinished.find(({ id }) => id === item)?.title ?? "";
  return { title: `${title}: the rest`, size: "", to: summary.planned[0] ? `sprint ${summary.planned[0].id}` : "backlog" };
}

/**
 * @param {import("../parts/dialog.js").Form<Values>} form
 * @param {CloseSummary} summary
 * @param {Unfinished} item
 */
function split(form, summary, item) {
  const parts = form.values.parts[item.id] ?? [];
  const put = (/** @type {Part[]} */ next) => form.set({ parts: { ...form.values.parts, [item.id]: next } });
  const change = (/** @type {number} */ at, /** @type {Partial<Part>} */ by) => put(parts.map((part, place) => (place === at ? { ...part, ...by } : part)));
  const places = [...summary.planned.map(({ id, name }) => ({ value: `sprint ${id}`, title: `Into ${name}` })), { value: "backlog", title: "Product Backlog" }];
  return html`<div class="close-parts">
    <p class="is-quiet">${item.label} stays in the report, not completed. What is left goes on as:</p>
    ${parts.map((part, at) => html`<div class="close-part">
      ${field({ name: "title", id: `part-${item.id}-${at}`, label: "Title", bare: true, value: part.title, change: (title) => change(at, { title }) })}
      ${field({ name: "size", id: `part-size-${item.id}-${at}`, label: "Size", bare: true, type: "number", placeholder: "points", value: part.size, change: (size) => change(at, { size }) })}
      ${field({ name: "to", id: `part-to-${item.id}-${at}`, label: "Where it goes", bare: true, type: "choice", choices: places, value: part.to, change: (to) => change(at, { to }) })}
      <button type="button" class="button is-plain" aria-label="Leave out part ${at + 1}" @click=${() => put(parts.filter((_, place) => place !== at))}>×</button></div>`)}
    <button type="button" class="button is-plain" @click=${() => put([...parts, { ...firstPart(item.id, summary), title: "" }])}>Add a part</button>
  </div>`;
}

/**
 * @param {string} choice
 * @param {Part[]} parts
 * @returns {Decision<Amount>}
 */
function decisionOf(choice, parts) {
  if (choice === "cancel") return "cancel";
  if (choice === "split") return { split: { parts: parts.map(({ title, size, to }) => ({ title, size, to: placeOf(to) })) } };
  return placeOf(choice);
}

/**
 * @param {string} place
 * @returns {Destination}
 */
function placeOf(place) {
  return place.startsWith("sprint ") ? { nextSprint: { sprint: place.slice(7) } } : "productBacklog";
}
