// @ts-check
/**
 * Import of deployments: a list, releases, answers of GitHub and GitLab, or a git repository.
 *
 * 1. One page: what becomes of each column and word above, what comes in below; after each change both are read anew, and nothing is written
 *    before the last button.
 * 2. What cannot be taken is listed with its line, and can be saved as CSV.
 * 3. A later import fills in what was not known; it never asks whose value holds.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, host, onOpened, onRefresh, refusal, run } from "../host.js";
import { button } from "../parts/button.js";
import { field } from "../parts/field.js";
import { withProgress } from "../parts/progress.js";
import { firstRows, most, table } from "../parts/table.js";
import { bytesText, countText, numberText, shareText, stemText, whenText } from "../parts/text.js";
import { fail, say, sayDone, undo } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../host.js").Refusal} Refusal */

/**
 * @typedef {object} Work a file on its way into the team
 * @property {PickedFile} file
 * @property {DeploymentsLook | null} look
 * @property {number} looked the generation in which the look was asked
 * @property {Outcome | null} outcome once it is imported
 * @property {boolean} busy while it is imported
 * @property {Refusal | undefined} error
 */

/** @type {Work | null} */
let work = null;
let reading = 0;

/** @type {[DeploymentTarget, string][]} */
const targets = [
  ["ignore", "not imported"],
  ["key", "Key"],
  ["service", "Service"],
  ["environment", "Environment"],
  ["version", "Version"],
  ["started", "Began"],
  ["finished", "Ended, or was live"],
  ["result", "How it went"],
  ["commit", "Commit"],
  ["written", "When its commit was written"],
  ["subject", "What it is about"],
  ["number", "Number, by which others name it"],
  ["rollback", "Took back"],
  ["hotfix", "Mended"],
  ["unplanned", "Was unplanned"],
];
const targetChoices = targets.map(([value, title]) => ({ value, title }));

/** @type {[DeploymentResultChoice | "", string][]} */
const results = [["", "not known: not taken"], ["succeeded", "got there"], ["aborted", "never got there"], ["running", "under way"], ["leaveOut", "leave these rows out"]];
const resultChoices = results.map(([value, title]) => ({ value, title }));

/** @type {Record<DeploymentsFrom, string>} */
const from = { list: "a list", gitHubRuns: "runs of GitHub’s workflows", gitHub: "deployments of GitHub", gitLab: "deployments of GitLab", repository: "a git repository" };

/** Whether a file of deployments is on its way. */
export function hasDeployments() {
  return work !== null;
}

/** Leaves the file, for another. */
export function leaveDeployments() {
  work = null;
}

/** Chooses a file and looks at it; answers whether one was chosen. */
export async function chooseDeployments() {
  return look(await host({ pickFile: { title: "Import deployments", filters: [{ name: "Lists and answers", extensions: ["csv", "tsv", "txt", "json"] }, { name: "All files", extensions: ["*"] }] } }));
}

/** Chooses the folder of a git repository and looks at it; answers whether one was chosen. */
export async function chooseRepository() {
  return look(await host({ pickRepository: { title: "Import deployments of a git repository" } }));
}

/**
 * Looks at a picked file; answers whether there is one.
 * @param {PickedFile | null} file
 */
export async function look(file) {
  if (!file) return false;
  work = { file, look: null, looked: -1, outcome: null, busy: false, error: undefined };
  redraw();
  await read(null);
  return true;
}

/**
 * Whether a picked file tells of deployments by itself, so that nobody has to say so.
 * @param {PickedFile} file
 */
export async function tellsOfDeployments(file) {
  try {
    const seen = await ask({ exchange: { deployments: { mapping: null, name: stemText(file.name) } } }, { attachment: file.handle });
    return seen.from !== "list";
  } catch {
    return false;
  }
}

/**
 * Reads the file by a mapping; the latest reading is the one that is shown.
 * @param {DeploymentsMapping | null} mapping
 */
async function read(mapping) {
  const at = work;
  if (!at) return;
  const ticket = (reading += 1);
  at.error = undefined;
  if (at.look && mapping) at.look = { ...at.look, mapping };
  redraw();
  try {
    const asked = generation();
    const seen = await ask({ exchange: { deployments: { mapping, name: stemText(at.file.name) } } }, { attachment: at.file.handle });
    if (ticket === reading && work === at) {
      at.look = seen;
      at.looked = asked;
    }
  } catch (error) {
    if (ticket === reading) at.error = refusal(error);
  }
  redraw();
}

/** @param {Partial<DeploymentsMapping>} change */
async function map(change) {
  if (work?.look) await read({ ...work.look.mapping, ...change });
}

async function bringIn() {
  const at = work;
  if (!at?.look || at.busy) return;
  at.busy = true;
  at.error = undefined;
  const { mapping } = at.look;
  try {
    const outcome = await withProgress(`Importing ${at.file.name}`, (report, signal) =>
      run({ exchange: { importDeployments: { mapping } } }, { attachment: at.file.handle, signal,
        onProgress: (step) => report({ ...step, text: shareText(step) }) }));
    at.outcome = outcome;
    // What it came to stands in the head.
    sayDone({ ...outcome, note: null });
  } catch (error) {
    const refused = refusal(error);
    if (refused.field) at.error = refused;
    else fail(refused);
  }
  at.busy = false;
  redraw();
}

async function saveNotTaken() {
  const at = work;
  if (!at?.look) return;
  const { text } = await ask({ exchange: { deploymentsNotTaken: { mapping: at.look.mapping } } }, { attachment: at.file.handle });
  const name = await host({ saveText: { name: `${stemText(at.file.name)} - not taken.csv`, text } });
  if (name) say(`Saved ${name}`);
}

/**
 * @param {import("../main.js").Context} context
 * @returns {Act[]}
 */
export function deploymentCommands(context) {
  const at = work;
  const done = at?.outcome != null;
  const seen = at?.look;
  const lost = seen ? seen.rowsInAll + seen.cellsInAll + seen.leftOutInAll : 0;
  return [
    { id: "deploymentsFile", title: at ? "Another file of deployments…" : "Deployments from a file…", key: at ? "o" : "d", main: done, run: async () => { await chooseDeployments(); } },
    { id: "deploymentsRepository", title: at ? "A git repository…" : "Deployments of a git repository…", key: "shift+g", run: async () => { await chooseRepository(); } },
    { id: "deploymentsBack", title: "Import something else", key: "escape", quiet: true, when: () => at !== null, run: () => { leaveDeployments(); redraw(); } },
    { id: "deploymentsSave", title: "Save what is not taken as CSV…", key: "shift+s", when: () => lost > 0, run: saveNotTaken },
    { id: "deploymentsImport", title: "Import the deployments", key: "shift+enter", main: true, when: () => !done && (seen?.new ?? 0) + (seen?.changed ?? 0) > 0, run: bringIn },
    { id: "deploymentsSee", title: "See the deployments", main: true, when: () => done, run: () => context.go("deployments") },
    { id: "deploymentsChart", title: "See the chart of delivery", when: () => done, run: () => context.go("charts", { chart: "delivery" }) },
    { id: "deploymentsUndo", title: "Undo the import", when: () => at?.outcome?.operation != null, run: () => undo(at?.outcome?.operation) },
  ];
}

/** @param {import("../main.js").Context} context */
export function drawDeployments(context) {
  const at = work;
  if (!at) return nothing;
  const acts = deploymentCommands(context);
  const seen = at.look;
  return html`
    <div class="screen-head">
      <div><h1 data-start tabindex="-1">${at.outcome ? at.outcome.title : `Deployments of ${at.file.name}`}</h1>
        <p class="is-quiet import-said" role="status">${headline(at)}</p></div>
      <div class="screen-acts">${acts.filter(({ id }) => id !== "deploymentsFile" || at.outcome).map((act) => button(act))}</div>
    </div>
    ${at.error && !seen ? html`<p class="field-error" role="alert">${at.error.message} ${at.error.hint}</p>` : nothing}
    ${seen ? html`${figures(seen)}
      ${seen.notes.length > 0 && !at.outcome ? html`<ul class="import-notes">${seen.notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      ${at.outcome ? nothing : html`${drawForm(at, seen)}${drawColumns(seen)}${drawFirst(seen)}`}
      ${drawLost(seen)}` : nothing}`;
}

/** @param {Work} at */
function headline(at) {
  if (at.outcome) return at.outcome.note ?? "Every row was taken.";
  if (!at.look) return at.error ? "" : "Reading …";
  return `${from[at.look.from]}, ${bytesText(at.file.size)} · This will be one step: “${at.look.title}”.`;
}

/** @param {DeploymentsLook} seen */
function figures(seen) {
  const figure = (/** @type {number} */ count, /** @type {string} */ words) => html`<div><strong>${numberText(count)}</strong><span class="is-quiet">${words}</span></div>`;
  return html`<div class="import-figures panel">
    ${figure(seen.new, "new")}${figure(seen.changed, "filled in")}${figure(seen.unchanged, "as they are")}
    ${figure(seen.rowsInAll, "rows not taken")}${figure(seen.cellsInAll, "cells not taken")}${seen.leftOutInAll > 0 ? figure(seen.leftOutInAll, "left out") : nothing}
  </div>`;
}

/**
 * @param {Work} at
 * @param {DeploymentsLook} seen
 */
function drawForm(at, { mapping, marks, from: writer, only }) {
  const error = at.error;
  const text = (/** @type {"source" | "service" | "environment"} */ name, /** @type {string} */ label, /** @type {string} */ hint) =>
    field({ name, label, hint, value: mapping[name], error, done: (value) => map({ [name]: value }) });
  const releases = writer === "list" || (writer === "repository" && mapping.marks !== "mainLine");
  return html`<div class="import-form panel">
      ${text("service", "Service", "Of deployments that name none.")}
      ${text("environment", "Environment", "Of deployments that name none. Only production counts in the measures.")}
      ${text("source", "Comes from", "The same key from the same place is the same deployment.")}
      ${marks.length > 0 ? field({ name: "marks", label: "Deployments are", type: "choice", value: mapping.marks ?? "tags", done: (chosen) => map({ marks: chosen }),
        choices: marks.map(({ marks: value, count }) => ({ value, title: value === "tags" ? countText(count, "tag") : `${numberText(count)} commits of the main line` })) }) : nothing}
      ${writer === "list" ? field({ name: "dates", label: "Dates", type: "choice", value: mapping.dates, done: (dates) => map({ dates }),
        choices: [{ value: "dayFirst", title: "day first: 31/12" }, { value: "monthFirst", title: "month first: 12/31" }] }) : nothing}
      ${releases ? field({ name: "prereleases", label: "Take what comes before a release: 2.0-rc.1", type: "check", value: mapping.prereleases, done: (prereleases) => map({ prereleases }) }) : nothing}
    </div>
    ${writer === "repository" ? nothing : drawOnly(mapping, only)}
    ${mapping.results.length > 0 ? html`<section class="panel" aria-labelledby="results-title">
      <div class="panel-head"><h2 id="results-title">How they went</h2><span class="is-quiet">${countText(mapping.results.length, "word")}</span></div>
      ${mapping.results.map(({ value, to }) => html`<div class="import-value">${field({ id: `result-${value}`, name: "results", label: value, type: "choice", choices: resultChoices, value: to ?? "",
        done: (chosen) => map({ results: mapping.results.map((one) => (one.value === value ? { value, to: chosen || null } : one)) }) })}</div>`)}
    </section>` : nothing}`;
}

/**
 * Which rows are deployments.
 * @param {DeploymentsMapping} mapping
 * @param {ImportName[]} only
 */
function drawOnly({ only: chosen, columns }, only) {
  const values = new Set(chosen?.values ?? []);
  const change = (/** @type {string} */ value, /** @type {boolean} */ taken) => {
    if (chosen) void map({ only: { column: chosen.column, values: taken ? [...chosen.values, value] : chosen.values.filter((one) => one !== value) } });
  };
  return html`<section class="panel import-only" aria-labelledby="only-title">
    <div class="panel-head"><h2 id="only-title">Rows</h2></div>
    ${field({ name: "only", label: "Only the rows that hold certain values in", type: "choice", value: chosen?.column ?? "",
      choices: [{ value: "", title: "all rows are deployments" }, ...columns.map(({ name }) => ({ value: name, title: name }))],
      done: (column) => map({ only: column === "" ? null : { column, values: [] } }) })}
    ${chosen ? html`<fieldset class="import-only-values"><legend>Take the rows with</legend>
      ${only.slice(0, 40).map(({ name, count }, at) => html`<label><input type="checkbox" name="only-value" id="only-${at}" .checked=${values.has(name)}
        @change=${(/** @type {Event} */ event) => { if (event.currentTarget instanceof HTMLInputElement) change(name, event.currentTarget.checked); }}>
        <span>${name || "an empty cell"}</span> <span class="is-quiet is-number">${numberText(count)}</span></label>`)}</fieldset>` : nothing}
  </section>`;
}

/** @param {DeploymentsLook} seen */
function drawColumns({ mapping, columns }) {
  const change = (/** @type {string} */ name, /** @type {DeploymentTarget} */ target) =>
    map({ columns: mapping.columns.map((column) => (column.name === name ? { name, target } : column)) });
  return html`<section aria-labelledby="columns-title"><h2 id="columns-title">Columns</h2>
    ${table({
      caption: "What each column becomes",
      key: ({ name }) => name,
      rows: columns.slice(0, most),
      columns: [
        { title: "Column", cell: ({ name }) => name },
        { title: "Becomes", cell: ({ name, target }) => field({ id: `column-${name}`, name: "columns", label: `${name} becomes`, bare: true, type: "choice", choices: targetChoices, value: target, done: (to) => change(name, to) }) },
        { title: "Filled", numeric: true, cell: ({ filled }) => numberText(filled) },
        { title: "For example", cell: ({ examples }) => html`<span class="import-examples">${examples.join(" · ")}</span>` },
      ],
    })}
    ${columns.length > most ? html`<p class="is-quiet">${countText(columns.length - most, "more column")} not imported.</p>` : nothing}
  </section>`;
}

/** @param {DeploymentsLook} seen */
function drawFirst({ first }) {
  return html`<section aria-labelledby="first-title"><h2 id="first-title">The first deployments</h2>
    ${table({
      caption: "The first deployments of the file, as they come in",
      rows: first,
      columns: [
        { title: "When", cell: ({ at }) => whenText(at) },
        { title: "Service", cell: ({ service }) => service },
        { title: "Version", cell: ({ version }) => version },
        { title: "Environment", cell: ({ environment }) => environment },
        { title: "How it went", cell: ({ result, more }) => html`${results.find(([value]) => value === result)?.[1] ?? result}${more ? html`, ${more}` : nothing}` },
        { title: "Commits", numeric: true, cell: ({ commits }) => (commits > 0 ? numberText(commits) : "") },
      ],
      empty: html`<p class="is-quiet">Say which rows are deployments and when they were, and the first of them are shown here.</p>`,
    })}</section>`;
}

/** @param {DeploymentsLook} seen */
function drawLost(seen) {
  const isJson = seen.from !== "list";
  const columns = [
    { title: isJson ? "Record" : "Line", numeric: true, cell: (/** @type {ImportProblem} */ { line }) => String(line) },
    { title: "Column", cell: (/** @type {ImportProblem} */ { column }) => column || html`<span class="is-quiet">the row</span>` },
    { title: "Value", cell: (/** @type {ImportProblem} */ { value }) => html`<span class="import-examples">${value}</span>` },
    { title: "Why", cell: (/** @type {ImportProblem} */ { reason }) => reason },
  ];
  return html`${firstRows("Rows not taken", seen.rows, seen.rowsInAll, columns)}${firstRows("Cells not taken; their rows are", seen.cells, seen.cellsInAll, columns)}${firstRows("Left out on purpose", seen.leftOut, seen.leftOutInAll, columns)}`;
}

// A team that is opened or closed has other services and deployments.
onOpened(() => { work = null; });
// The team changed under the look: what would be new may be here now, and an import that was taken back is not claimed any more.
onRefresh(() => void renew().catch(fail));

async function renew() {
  const at = work;
  if (!at?.look || at.busy || !location.hash.startsWith("#/import") || at.looked === generation()) return;
  if (at.outcome) {
    const { redo } = await ask({ journal: { undoState: {} } });
    if (redo !== at.outcome.title || work !== at) return;
    at.outcome = null;
  }
  await read(at.look.mapping);
}
