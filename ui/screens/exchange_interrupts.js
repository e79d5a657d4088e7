// @ts-check
/**
 * Import of interrupts and incidents: what is chosen besides the mapping of items, when the rows of a file become these.
 *
 * 1. Whether rows become items, interrupts or incidents is chosen for a single export, and proposed the next time as it was chosen.
 * 2. Of any file only the rows can be taken that hold certain values in a column; how many there are of each is said.
 * 3. A file without titles gets one name for all; how long they took is never guessed: the file says it or nobody knows.
 */
import { html, nothing } from "../parts/draw.js";
import { field } from "../parts/field.js";
import { countText, numberText } from "../parts/text.js";

/** @type {[ImportTarget, string][]} what a column can become, where rows become interrupts */
export const interruptTargets = [
  ["ignore", "not imported"],
  ["key", "Key"],
  ["title", "What happened"],
  ["severity", "Severity"],
  ["created", "Came"],
  ["resolved", "Ended"],
  ["hours", "Hours of work"],
  ["minutes", "Minutes of work"],
  ["owner", "Who took it on"],
];

/** @type {[ImportTarget, string][]} what a column can become, where rows become incidents */
export const incidentTargets = [
  ["ignore", "not imported"],
  ["key", "Key"],
  ["title", "What happened"],
  ["severity", "Severity"],
  ["services", "Services"],
  ["owner", "Who took it"],
  ["created", "Reported"],
  ["began", "Began"],
  ["detected", "Detected"],
  ["acknowledged", "Acknowledged"],
  ["mitigated", "Mitigated"],
  ["resolved", "Resolved"],
];

/** @type {Record<ImportRowsBecome, {one: string, many: string}>} what a row becomes, in words */
const things = {
  items: { one: "item", many: "items" },
  interrupts: { one: "interrupt", many: "interrupts" },
  incidents: { one: "incident", many: "incidents" },
};

/**
 * What a row becomes, in words.
 * @param {ImportMapping | undefined} mapping
 */
export function thingsOf(mapping) {
  return things[mapping?.becomes ?? "items"];
}

/** @param {ImportMapping} mapping */
export function areItems(mapping) {
  return mapping.becomes === "items";
}

/** How many values of a column can be chosen at most; more are not what rows are told apart by. */
const most = 40;

/** @param {ImportMapping} mapping */
export function areInterrupts(mapping) {
  return mapping.becomes === "interrupts";
}

/**
 * The choice what rows become; what holds incidents has no items.
 * @param {ImportMapping} mapping
 * @param {(becomes: ImportRowsBecome) => void} choose
 */
export function rowsBecome({ becomes, source }, choose) {
  const items = ["PagerDuty", "Opsgenie", "Postmortems"].includes(source) ? [] : [{ value: "items", title: "Product Backlog items" }];
  return field({ name: "becomes", label: "Rows become", type: "choice", value: becomes, done: choose,
    choices: [...items, { value: "interrupts", title: "interrupts" }, { value: "incidents", title: "incidents" }] });
}

/**
 * Whether each new incident becomes an interrupt too.
 * @param {ImportMapping} mapping
 * @param {(withInterrupts: boolean) => void} choose
 */
export function interruptsToo({ becomes, withInterrupts }, choose) {
  if (becomes !== "incidents") return nothing;
  return field({ name: "withInterrupts", label: "Make an interrupt of each", hint: "Of those that were reported while a Sprint ran; it counts the hours on the buffer.", type: "check", value: withInterrupts, done: choose });
}

/**
 * The service of new incidents that name none.
 * @param {ImportMapping} mapping
 * @param {(service: string) => void} choose
 */
export function usualService({ becomes, service }, choose) {
  if (becomes !== "incidents") return nothing;
  return field({ name: "service", label: "Service", hint: "Of new incidents that name none, by its name here; without one no deployment can be proposed as the cause.", value: service, done: choose });
}

/**
 * What all interrupts are called, where no column is their title.
 * @param {ImportMapping} mapping
 * @param {(titled: string) => void} call
 */
export function calledAlike(mapping, call) {
  if (!areInterrupts(mapping) || mapping.columns.some(({ target }) => target === "title")) return nothing;
  return field({ name: "titled", label: "Each is called", value: mapping.titled, done: call });
}

/**
 * Which rows are taken: all, or those that hold certain values in a column.
 * @param {ImportLook} seen
 * @param {(only: ImportOnlyRows | null) => void} choose
 */
export function chosenRows({ mapping, columns, only }, choose) {
  const chosen = mapping.only;
  const values = new Set(chosen?.values ?? []);
  const taken = only.reduce((sum, { name, count }) => sum + (values.has(name) ? count : 0), 0);
  const all = only.reduce((sum, { count }) => sum + count, 0);
  const change = (/** @type {string} */ value, /** @type {boolean} */ isTaken) => {
    if (!chosen) return;
    choose({ column: chosen.column, values: isTaken ? [...chosen.values, value] : chosen.values.filter((one) => one !== value) });
  };
  return html`<section class="panel import-only" aria-labelledby="only-title">
    <div class="panel-head"><h2 id="only-title">Rows</h2>${chosen ? html`<span class="is-quiet" role="status">${numberText(taken)} of ${countText(all, "row")} are taken</span>` : nothing}</div>
    ${field({ name: "only", label: "Only the rows that hold certain values in", type: "choice", value: chosen?.column ?? "",
      choices: [{ value: "", title: "all rows are taken" }, ...columns.map(({ name }) => ({ value: name, title: name }))],
      done: (column) => choose(column === "" ? null : { column, values: [] }) })}
    ${chosen ? html`<fieldset class="import-only-values"><legend>Take the rows with</legend>
      ${only.slice(0, most).map(({ name, count }, at) => html`<label><input type="checkbox" name="only-value" id="only-${at}" .checked=${values.has(name)}
        @change=${(/** @type {Event} */ event) => { if (event.currentTarget instanceof HTMLInputElement) change(name, event.currentTarget.checked); }}>
        <span>${name || "an empty cell"}</span> <span class="is-quiet is-number">${numberText(count)}</span></label>`)}
      ${only.length > most ? html`<p class="is-quiet">${countText(only.length - most, "more value")}: rows are better told apart by another column.</p>` : nothing}</fieldset>` : nothing}
  </section>`;
}
