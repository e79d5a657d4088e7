// @ts-check
/**
 * Import of what tells of reliability: logs of checks, notices of status pages, objectives. Such files are known by what they hold.
 *
 * 1. One page: what services and states stand for above, what comes in below; after each change both are read anew, and nothing is written
 *    before the last button.
 * 2. A notice that is over without saying when asks for it; what cannot be taken is listed with its line, and can be saved as CSV.
 * 3. What changed both here and there is kept, until somebody says that the file holds.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, host, onOpened, onRefresh, refusal, run } from "../host.js";
import { button } from "../parts/button.js";
import { field } from "../parts/field.js";
import { withProgress } from "../parts/progress.js";
import { firstRows, most, table } from "../parts/table.js";
import { bytesText, countText, numberText, shareText, stemText } from "../parts/text.js";
import { fail, say, sayDone, undo } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../host.js").Refusal} Refusal */

/**
 * @typedef {object} Work files on their way into the team
 * @property {PickedFile} file
 * @property {ReliabilityLook | null} look
 * @property {number} looked the generation in which the look was asked
 * @property {Outcome | null} outcome once they are imported
 * @property {boolean} busy while they are imported
 * @property {Refusal | undefined} error
 */

/** @type {Work | null} */
let work = null;
let reading = 0;

/** @type {[SeenAs | "", string][]} */
const seenAs = [["", "not known: not taken"], ["up", "up"], ["degraded", "degraded"], ["partial", "partial outage"], ["full", "full outage"], ["maintenance", "maintenance"], ["leaveOut", "says nothing: left out"]];
const stateChoices = seenAs.map(([value, title]) => ({ value, title }));

/** @type {[CheckColumnIs, string][]} */
const columnIs = [["ignore", "not read"], ["time", "When it was checked"], ["service", "Service"], ["state", "What was seen"]];
const columnChoices = columnIs.map(([value, title]) => ({ value, title }));

/** @type {Record<ReliabilityFile, {things: string, first: string, title: string, counts: [string, string]}>} what files are called by what they tell of */
const words = {
  checks: { things: "checks", first: "What the checks come to", title: "Service", counts: ["service", "row"] },
  outages: { things: "outages", first: "Outages and maintenance", title: "Service", counts: ["service", "notice"] },
  objectives: { things: "objectives", first: "Objectives", title: "Service", counts: ["service", "objective"] },
};

/** Whether files of reliability are on their way. */
export function hasReliability() {
  return work !== null;
}

/** Leaves the files, for others. */
export function leaveReliability() {
  work = null;
}

/**
 * Whether picked files tell of reliability.
 * @param {PickedFile} file
 */
export async function tellsOfReliability(file) {
  const { reliability } = await ask({ exchange: { recognised: {} } }, { attachment: file.handle });
  return reliability !== null;
}

/**
 * Looks at picked files.
 * @param {PickedFile} file
 */
export async function lookAtReliability(file) {
  work = { file, look: null, looked: -1, outcome: null, busy: false, error: undefined };
  redraw();
  await read(null);
  return true;
}

/**
 * Reads the files by a mapping; the latest reading is the one that is shown.
 * @param {ReliabilityMapping | null} mapping
 */
async function read(mapping) {
  const at = work;
  if (!at) return;
  const ticket = (reading += 1);
  at.error = undefined;
  // What was typed stays while the files are read anew.
  if (at.look && mapping) at.look = { ...at.look, mapping };
  redraw();
  try {
    const asked = generation();
    const seen = await withProgress(`Reading ${at.file.name}`, (report, signal) =>
      ask({ exchange: { reliability: { mapping, name: stemText(at.file.name) } } }, { attachment: at.file.handle, signal, onProgress: (step) => report({ ...step, text: shareText(step) }) }));
    if (ticket === reading && work === at) {
      at.look = seen;
      at.looked = asked;
    }
  } catch (error) {
    if (ticket === reading) at.error = refusal(error);
  }
  redraw();
}

/** @param {Partial<ReliabilityMapping>} change */
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
      run({ exchange: { importReliability: { mapping, name: stemText(at.file.name) } } }, { attachment: at.file.handle, signal, onProgress: (step) => report({ ...step, text: shareText(step) }) }));
    at.outcome = outcome;
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
  const { text } = await ask({ exchange: { reliabilityNotTaken: { mapping: at.look.mapping, name: stemText(at.file.name) } } }, { attachment: at.file.handle });
  const name = await host({ saveText: { name: `${stemText(at.file.name)} - not taken.csv`, text } });
  if (name) say(`Saved ${name}`);
}

/**
 * @param {import("../main.js").Context} context
 * @param {() => Promise<void>} another chooses other files
 * @param {(file: PickedFile) => Promise<void>} asItems reads the files as a backlog
 * @returns {Act[]}
 */
export function reliabilityCommands(context, another, asItems) {
  const at = work;
  const done = at?.outcome != null;
  const seen = at?.look;
  const lost = seen ? seen.rowsInAll + seen.leftOutInAll : 0;
  const isList = seen?.file === "checks";
  return [
    { id: "chooseFile", title: "Another file…", key: "o", run: another },
    { id: "reliabilityItems", title: "Read it as a backlog", when: () => isList && !done, run: async () => { if (at) await asItems(at.file); } },
    { id: "reliabilityBack", title: "Import something else", key: "escape", quiet: true, when: () => at !== null, run: () => { leaveReliability(); redraw(); } },
    { id: "reliabilitySave", title: "Save what is not taken as CSV…", key: "shift+s", when: () => lost > 0, run: saveNotTaken },
    { id: "reliabilityImport", title: `Import the ${words[seen?.file ?? "checks"].things}`, key: "shift+enter", main: true, when: () => !done && (seen?.new ?? 0) + (seen?.changed ?? 0) > 0, run: bringIn },
    { id: "reliabilitySee", title: "See the reliability", main: true, when: () => done, run: () => context.go("reliability") },
    { id: "reliabilityUndo", title: "Undo the import", when: () => at?.outcome?.operation != null, run: () => undo(at?.outcome?.operation) },
  ];
}

/**
 * @param {Act[]} acts
 */
export function drawReliability(acts) {
  const at = work;
  if (!at) return nothing;
  const seen = at.look;
  return html`
    <div class="screen-head">
      <div><h1 data-start tabindex="-1">${at.outcome ? at.outcome.title : `Import ${at.file.name}`}</h1>
        <p class="is-quiet import-said" role="status">${headline(at)}</p></div>
      <div class="screen-acts">${acts.filter(({ id }) => !at.outcome || id !== "reliabilitySave").map((act) => button(act))}</div>
    </div>
    ${at.error && (!seen || !["services", "columns"].includes(at.error.field ?? "")) ? html`<p class="field-error" role="alert">${at.error.message} ${at.error.hint}</p>` : nothing}
    ${seen ? html`${figures(seen)}
      ${seen.notes.length > 0 && !at.outcome ? html`<ul class="import-notes">${seen.notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      ${at.outcome ? nothing : html`${drawForm(at, seen)}${drawEnds(seen)}${drawMeanings(at, seen)}${drawDifferences(seen)}`}
      ${drawFirst(seen)}
      ${listed(seen, "Not taken", seen.rows, seen.rowsInAll)}
      ${listed(seen, "Left out on purpose", seen.leftOut, seen.leftOutInAll)}` : nothing}`;
}

/** @param {Work} at */
function headline(at) {
  if (at.outcome) return at.outcome.note ?? "Everything was taken.";
  if (!at.look) return at.error ? "" : "Reading …";
  const { from, title, new: isNew, changed } = at.look;
  const next = isNew + changed > 0 ? `This will be one step: “${title}”.` : "The team has all of it.";
  return `${from} · ${bytesText(at.file.size)} · ${next}`;
}

/** @param {ReliabilityLook} seen */
function figures(seen) {
  const figure = (/** @type {number} */ count, /** @type {string} */ text) => html`<div><strong>${numberText(count)}</strong><span class="is-quiet">${text}</span></div>`;
  const things = seen.file === "checks" ? "services " : "";
  const lost = seen.file === "checks" ? "lines" : seen.file === "outages" ? "notices" : "objectives";
  return html`<div class="import-figures panel">
    ${figure(seen.new, `${things}new`)}${figure(seen.changed, "changed")}${figure(seen.unchanged, "as they are")}
    ${figure(seen.rowsInAll, `${lost} not taken`)}${seen.leftOutInAll > 0 ? figure(seen.leftOutInAll, "left out") : nothing}
  </div>`;
}

/**
 * @param {Work} at
 * @param {ReliabilityLook} seen
 */
function drawForm({ error }, { file, mapping, examples }) {
  if (file === "objectives") return nothing;
  const isLog = file === "checks";
  return html`<div class="import-form panel">
      ${field({ name: "source", label: "Comes from", hint: isLog ? "The same log says anew what it said of its time." : "The same notice from the same place is the same outage.", value: mapping.source, error, done: (source) => map({ source }) })}
      ${isLog ? field({ name: "apart", label: "A check holds for at most", unit: "s", type: "number", min: 1, step: 1, narrow: true, hint: "What lies further behind a check is unknown.", value: mapping.apart ?? "", error,
        done: (apart) => map({ apart: Number(apart) > 0 ? Math.round(Number(apart)) : null }) }) : nothing}
      ${field({ name: "dates", label: "Dates", type: "choice", value: mapping.dates, done: (dates) => map({ dates }),
        choices: [{ value: "dayFirst", title: "day first: 31/12" }, { value: "monthFirst", title: "month first: 12/31" }] })}
    </div>
    ${isLog ? html`<section aria-labelledby="columns-title"><h2 id="columns-title">Columns</h2>
      ${table({
        caption: "What each column of the log is",
        rows: mapping.columns.map((column, place) => ({ ...column, place })),
        columns: [
          { title: "Column", cell: ({ name }) => name },
          { title: "Is", cell: ({ name, is, place }) => field({ id: `column-${place}`, name: "columns", label: `${name} is`, bare: true, type: "choice", choices: columnChoices, value: is, error,
            // One column each: what was it before is not read any more.
            done: (chosen) => map({ services: [], states: [], columns: mapping.columns.map((one, other) => (other === place ? { ...one, is: chosen } : one.is === chosen ? { ...one, is: "ignore" } : one)) }) }) },
          { title: "Holds", cell: ({ place }) => html`<span class="import-examples is-quiet">${(examples[place] ?? []).join(" · ") || "nothing"}</span>` },
        ],
      })}</section>` : nothing}`;
}

/**
 * What services and states of the files stand for.
 * @param {Work} at
 * @param {ReliabilityLook} seen
 */
function drawMeanings({ error }, seen) {
  const { mapping, file } = seen;
  const [, unit] = words[file].counts;
  const known = new Set(seen.knownServices.map((name) => name.toLowerCase()));
  const counts = (/** @type {ImportName[]} */ all) => new Map(all.map(({ name, count }) => [name, count]));
  const services = counts(seen.services);
  const states = counts(seen.states);
  const service = (/** @type {string} */ value, /** @type {string} */ to) => map({ services: mapping.services.map((one) => (one.value === value ? { value, to: to.trim() || null } : one)) });
  return html`<div class="import-values">
    ${mapping.services.length > 0 ? html`<section class="panel" aria-labelledby="services-title">
      <div class="panel-head"><h2 id="services-title">Services</h2><span class="is-quiet">empty: left out</span></div>
      ${mapping.services.slice(0, most).map(({ value, to }) => html`<div class="import-value import-service">${field({
        id: `service-${value}`, name: "services", label: value || "All rows", value: to ?? "", placeholder: "left out", error,
        hint: `${countText(services.get(value) ?? 0, unit)}${to && !known.has(to.toLowerCase()) ? ", a new service" : ""}`, done: (chosen) => service(value, chosen) })}</div>`)}
      ${mapping.services.length > most ? html`<p class="is-quiet">${countText(mapping.services.length - most, "more service")} as proposed.</p>` : nothing}
    </section>` : nothing}
    ${mapping.states.length > 0 ? html`<section class="panel" aria-labelledby="states-title">
      <div class="panel-head"><h2 id="states-title">States</h2></div>
      ${mapping.states.slice(0, most).map(({ value, to }) => html`<div class="import-value">${field({
        id: `state-${value}`, name: "states", label: value || "an empty cell", type: "choice", choices: stateChoices, value: to ?? "", hint: unit === "row" ? countText(states.get(value) ?? 0, unit) : "",
        done: (chosen) => map({ states: mapping.states.map((one) => (one.value === value ? { value, to: chosen || null } : one)) }) })}</div>`)}
      ${mapping.states.length > most ? html`<p class="is-quiet">${countText(mapping.states.length - most, "more state")} as proposed.</p>` : nothing}
    </section>` : nothing}
  </div>`;
}

/**
 * Asks when notices ended that do not say it, and shows what was said of others.
 * @param {ReliabilityLook} seen
 */
function drawEnds({ openEnds, mapping }) {
  const said = mapping.ends.filter(({ value, to }) => to && !openEnds.some(({ key }) => key === value)).map(({ value }) => ({ key: value, title: value, from: "" }));
  const all = [...openEnds, ...said];
  if (all.length === 0) return nothing;
  const end = (/** @type {string} */ key, /** @type {string} */ to) => map({ ends: [...mapping.ends.filter(({ value }) => value !== key), ...(to.trim() ? [{ value: key, to: to.trim() }] : [])] });
  return html`<section class="panel" aria-labelledby="ends-title">
    <div class="panel-head"><h2 id="ends-title">When did they end?</h2><span class="is-quiet">It is over, and the page does not say since when. Without it the notice is not taken.</span></div>
    ${all.slice(0, most).map(({ key, title, from }) => html`<div class="import-value import-service">${field({ id: `end-${key}`, name: "ends", label: from ? `${title}, ${from}` : title, placeholder: from || "2026-03-01 14:30",
      value: mapping.ends.find(({ value }) => value === key)?.to ?? "", done: (to) => end(key, to) })}</div>`)}
    ${all.length > most ? html`<p class="is-quiet">${countText(all.length - most, "more notice")}: say it of these first.</p>` : nothing}
  </section>`;
}

/** @param {ReliabilityLook} seen */
function drawDifferences({ differences, mapping }) {
  if (differences.length === 0) return nothing;
  const isOpen = mapping.theirs || differences.some(({ isTaken }) => !isTaken);
  return html`<section><div class="import-head"><h2>What differs</h2>
      ${isOpen ? field({ name: "theirs", label: "Where both changed", type: "choice", value: mapping.theirs ? "there" : "here",
        choices: [{ value: "here", title: "keep ours" }, { value: "there", title: "take the file’s" }], done: (side) => map({ theirs: side === "there" }) }) : nothing}</div>
    ${table({
      caption: "What differs between the file and what is here",
      rows: differences.slice(0, most),
      columns: [
        { title: "What", cell: ({ title }) => title },
        { title: "Field", cell: ({ field: name }) => name },
        { title: "Here", cell: ({ here }) => here },
        { title: "In the file", cell: ({ there }) => there },
        { title: "Then", cell: ({ isTaken }) => (isTaken ? "the file’s" : "ours stays") },
      ],
    })}
    ${differences.length > most ? html`<p class="is-quiet">${numberText(differences.length - most)} more.</p>` : nothing}</section>`;
}

/** @param {ReliabilityLook} seen */
function drawFirst({ file, first, firstInAll }) {
  if (first.length === 0) return nothing;
  const isDated = file !== "objectives";
  const hasTitles = file !== "checks";
  return html`<section><h2>${words[file].first}</h2>
    ${table({
      caption: words[file].first,
      rows: first.slice(0, most),
      columns: [
        { title: words[file].title, cell: ({ service }) => html`<strong>${service}</strong>` },
        ...(hasTitles ? [{ title: "What", cell: (/** @type {ReliabilityShown} */ { title }) => title }] : []),
        { title: hasTitles ? "How" : "Checks", cell: ({ what }) => what },
        ...(isDated ? [
          { title: "From", cell: (/** @type {ReliabilityShown} */ { from }) => from },
          { title: "To", cell: (/** @type {ReliabilityShown} */ { to }) => to || html`<span class="is-quiet">lasts still</span>` },
        ] : []),
      ],
    })}
    ${firstInAll > Math.min(most, first.length) ? html`<p class="is-quiet">${numberText(firstInAll - Math.min(most, first.length))} more.</p>` : nothing}</section>`;
}

/**
 * What is not taken; nothing where all is.
 * @param {ReliabilityLook} seen
 * @param {string} title
 * @param {ReliabilityProblem[]} rows
 * @param {number} all
 */
function listed({ isJson }, title, rows, all) {
  const hasFiles = rows.some(({ file }) => file !== "");
  return firstRows(title, rows, all, [
    ...(hasFiles ? [{ title: "File", cell: (/** @type {ReliabilityProblem} */ { file }) => html`<span class="import-examples">${file}</span>` }] : []),
    { title: isJson ? "Record" : "Line", numeric: true, cell: ({ line }) => String(line) },
    { title: "What", cell: ({ value }) => html`<span class="import-examples">${value}</span>` },
    { title: "Why", cell: ({ reason }) => reason },
  ]);
}

// A team that is opened or closed has other services.
onOpened(() => { work = null; });
// The team changed under the look: it is made anew while it is on screen.
onRefresh(() => {
  const at = work;
  if (at?.look && !at.outcome && !at.busy && at.looked !== generation() && location.hash.startsWith("#/import")) void read(at.look.mapping);
});
onRefresh(() => notice().catch(fail));

/** An import that was taken back is not claimed any more. */
async function notice() {
  const at = work;
  const title = at?.outcome?.title;
  if (!at || title === undefined) return;
  const { redo } = await ask({ journal: { undoState: {} } });
  if (redo !== title || work !== at || at.outcome?.title !== title) return;
  at.outcome = null;
  await read(at.look?.mapping ?? null);
}
