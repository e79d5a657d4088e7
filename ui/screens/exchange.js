// @ts-check
/**
 * Import: files are chosen, looked at, mapped, previewed, and brought in. Export: what the team has, saved as a file.
 *
 * 1. Nothing is written before the last button, and the last button does what the preview said.
 * 2. What a column or a value becomes is proposed by Rust and changed here; after each change the first rows are shown anew.
 * 3. Whatever is not taken is listed, and can be saved as CSV.
 * 4. What changed on both sides is decided one by one or for all at once; undecided, nothing is brought in.
 * 5. Files of one tracker are one export; several exports are mapped one by one, previewed as they would come in one after the other, and
 *    brought in together as one step.
 * 6. The chosen file and its mapping live here until another team is opened; what a person changed in the mapping is kept in the team by the
 *    import, and proposed for the next such file.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, host, onOpened, onRefresh, refusal, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { openForm } from "../parts/dialog.js";
import { field } from "../parts/field.js";
import { kindChoices, severities as allSeverities } from "../parts/kinds.js";
import { withProgress } from "../parts/progress.js";
import { firstRows, most, table } from "../parts/table.js";
import { bytesText, capital, countText, dayText, numberText, shareText, stemText } from "../parts/text.js";
import { fail, say, sayDone, undo } from "../parts/toast.js";
import { chooseDeployments, chooseRepository, deploymentCommands, drawDeployments, hasDeployments, leaveDeployments, look as lookAtDeployments, tellsOfDeployments } from "./exchange_deployments.js";
import { drawReliability, hasReliability, leaveReliability, lookAtReliability, reliabilityCommands, tellsOfReliability } from "./exchange_reliability.js";
import { areItems, calledAlike, chosenRows, incidentTargets, interruptTargets, interruptsToo, rowsBecome, thingsOf, usualService } from "./exchange_interrupts.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../host.js").Refusal} Refusal */

/**
 * @typedef {object} Part an export among the files
 * @property {number} at its place
 * @property {ImportFilesOf} files
 * @property {ImportLook | null} look
 * @property {number} looked the generation in which the look was asked
 * @property {ImportPreview | null} preview while the preview is shown
 * @property {number} previewed the generation in which the preview was asked
 * @property {Map<string, ImportSettled>} settled what was decided one by one, by key and field
 * @property {Side | null} others what was decided for all others
 */

/**
 * @typedef {object} Work files on their way into the team
 * @property {PickedFile} file
 * @property {Part[]} parts the exports
 * @property {Part} part the one that is shown
 * @property {ImportPreviewAll | null} together what several exports come to together, while the preview is shown
 * @property {Outcome | null} outcome once they are imported
 * @property {boolean} busy while they are imported
 * @property {string} find part of the names of the columns that are shown
 * @property {Refusal | undefined} error
 */

/** @type {Work | null} */
let work = null;
let reading = 0;

/** @type {[ImportTarget, string][]} */
const targets = [
  ["ignore", "not imported"],
  ["key", "Key"],
  ["id", "Number"],
  ["title", "Title"],
  ["description", "Description"],
  ["kind", "Kind of work"],
  ["severity", "Severity"],
  ["size", "Size"],
  ["state", "State"],
  ["stateCategory", "Category of the state"],
  ["created", "Created"],
  ["started", "Started"],
  ["resolved", "Done or cancelled"],
  ["parent", "Part of"],
  ["owner", "Owner"],
  ["labels", "Labels"],
  ["sprint", "Sprint, as a label"],
  ["base", "What was exported"],
];

/** @type {Map<string, string>} */
const titles = new Map(targets);
const choices = targets.map(([value, title]) => ({ value, title }));
/** @type {Record<ImportRowsBecome, {titles: Map<string, string>, choices: {value: string, title: string}[]}>} */
const targetsOf = {
  items: { titles, choices },
  interrupts: { titles: new Map(interruptTargets), choices: interruptTargets.map(choice) },
  incidents: { titles: new Map(incidentTargets), choices: incidentTargets.map(choice) },
};
const kinds = [choice(["", "unsorted"]), ...kindChoices, choice(["leaveOut", "leave these rows out"])];
const severities = [choice(["", "no severity"]), ...allSeverities.map((severity) => choice([severity, severity]))];
const encodings = [["utf8", "UTF-8"], ["utf16Le", "UTF-16, low byte first"], ["utf16Be", "UTF-16, high byte first"], ["cp1252", "Windows-1252"]].map(choice);
const delimiters = [["comma", "comma"], ["semicolon", "semicolon"], ["tab", "tab"], ["pipe", "bar |"]].map(choice);
const signs = [["point", "point: 8.5"], ["comma", "comma: 8,5"]].map(choice);
const orders = [["dayFirst", "day first: 31/12"], ["monthFirst", "month first: 12/31"]].map(choice);

/** @param {string[]} pair */
function choice([value = "", title = ""]) {
  return { value, title };
}

/** Chooses files and looks at them. */
async function choose() {
  return lookAt(await host({ pickFiles: { title: "Import", filters: [{ name: "Exports", extensions: ["csv", "tsv", "txt", "json", "md", "mdx", "yaml", "yml"] }, { name: "All files", extensions: ["*"] }] } }));
}

/** Chooses a folder and looks at all exports that lie in it. */
async function chooseFolder() {
  return lookAt(await host({ pickFolder: { title: "Import all exports of a folder" } }));
}

/**
 * Looks at what was picked; answers whether anything was.
 * @param {PickedFile | null} file
 * @param {boolean} [asItems] whether a person says that it is a backlog, whatever it looks like
 */
async function lookAt(file, asItems = false) {
  if (!file) return false;
  leaveDeployments();
  leaveReliability();
  /** @type {(files: ImportFilesOf, at: number) => Part} */
  const part = (files, at) => ({ at, files, look: null, looked: -1, preview: null, previewed: -1, settled: new Map(), others: null });
  const single = part({ names: [], tracker: null, refused: null }, 0);
  const chosen = { file, parts: [single], part: single, together: null, outcome: null, busy: false, find: "", error: undefined };
  work = chosen;
  redraw();
  // What tells of reliability is known by what it holds.
  if (!asItems && (await tellsOfReliability(file))) {
    work = null;
    return lookAtReliability(file);
  }
  const { exports } = await ask({ exchange: { files: {} } }, { attachment: file.handle });
  // What only another part of the program can read goes there by itself.
  if (exports.length === 1 && exports[0]?.refused && (await tellsOfDeployments(file))) {
    work = null;
    return lookAtDeployments(file);
  }
  if (exports.length > 1) chosen.parts = exports.map(part);
  chosen.part = readable(chosen)[0] ?? single;
  for (const one of readable(chosen)) if (work === chosen) await look(one, { mapping: null, encoding: null, delimiter: null });
  return true;
}

/**
 * The exports that can be read; a single file says by its look why it cannot.
 * @param {Work} at
 */
function readable({ parts }) {
  return parts.length === 1 ? parts : parts.filter(({ files }) => files.refused === null);
}

/**
 * Looks at an export; the latest look is the one that is shown.
 * @param {Part} part
 * @param {Omit<ImportLookAt, "name" | "part">} question
 */
async function look(part, question) {
  const at = work;
  if (!at) return;
  const ticket = (reading += 1);
  leavePreview(at);
  at.error = undefined;
  redraw();
  try {
    const asked = generation();
    /** @type {{becomes?: ImportRowsBecome}} */
    const becomes = at.parts.length > 1 ? { becomes: "items" } : {};
    const seen = await ask({ exchange: { look: { ...question, ...becomes, part: part.at, name: stemText(part.files.names[0] ?? at.file.name) } } }, { attachment: at.file.handle });
    if (ticket === reading) {
      part.look = seen;
      part.looked = asked;
    }
  } catch (error) {
    if (ticket === reading) at.error = refusal(error);
  }
  redraw();
}

/** @param {Work} at */
function leavePreview(at) {
  for (const one of at.parts) one.preview = null;
  at.together = null;
}

/** @param {Partial<ImportMapping>} change */
function map(change) {
  const part = work?.part;
  if (!part?.look) return;
  const mapping = { ...part.look.mapping, ...change };
  // What was typed stays while the first rows are read anew.
  part.look = { ...part.look, mapping };
  return look(part, { mapping, encoding: null, delimiter: null });
}

async function preview() {
  const at = work;
  if (!at?.part.look) return;
  if (await askPreviews(at)) {
    for (const part of at.parts) {
      part.settled.clear();
      part.others = null;
    }
  }
  redraw();
}

/** Reads the chosen file as one of deployments. */
async function areDeployments() {
  const file = work?.file;
  if (!file) return;
  work = null;
  await lookAtDeployments(file);
}

/** Forgets what was kept of the mapping of such files, and has this one proposed anew. */
async function forget() {
  const part = work?.part;
  if (!part?.look) return;
  sayDone(await run({ exchange: { forgetMapping: { export: part.look.keep.export } } }));
  await look(part, { mapping: null, encoding: null, delimiter: null });
}

let previews = 0;

/**
 * The exports with their mappings, as a preview of them takes them; none until all were looked at.
 * @param {Work} at
 * @returns {ImportPreviewOf[]}
 */
function questions(at) {
  const parts = readable(at);
  const asked = parts.flatMap(({ at: part, look: seen }) => (seen ? [{ mapping: seen.mapping, part }] : []));
  return asked.length === parts.length ? asked : [];
}

/**
 * Asks what the import would do; of several exports, one after the other. The latest answer is the one that is shown.
 * @param {Work} at
 * @returns {Promise<boolean>} whether all of it is shown
 */
async function askPreviews(at) {
  const imports = questions(at);
  const [only] = imports;
  if (!only) return false;
  const ticket = (previews += 1);
  const generationAsked = generation();
  at.error = undefined;
  try {
    const { together, each } = await withProgress(`Reading ${at.file.name}`, async (report, signal) => {
      /** @type {import("../host.js").Options} */
      const options = { attachment: at.file.handle, onProgress: (step) => report({ ...step, text: shareText(step) }), signal };
      if (at.parts.length === 1) return { together: null, each: [await ask({ exchange: { preview: only } }, options)] };
      const all = await ask({ exchange: { previewAll: { imports } } }, options);
      return { together: all, each: all.each };
    });
    if (ticket !== previews || work !== at || at.outcome) return false;
    at.together = together;
    readable(at).forEach((part, place) => {
      part.preview = each[place] ?? null;
      part.previewed = generationAsked;
    });
    renew();
    return true;
  } catch (error) {
    const refused = refusal(error);
    // Who stops the reading is back where they were.
    if (ticket === previews && refused.kind !== "cancelled") at.error = refused;
    return false;
  }
}

async function bringIn() {
  const at = work;
  const parts = at ? readable(at) : [];
  if (!at || at.busy || parts.some((part) => !part.look || !part.preview)) return;
  at.busy = true;
  const bodies = parts.flatMap(({ at: part, look: seen, settled, others }) => (seen ? [{ part, mapping: seen.mapping, settled: [...settled.values()], others, keep: seen.keep }] : []));
  const [only] = bodies;
  /** @type {ExchangeCommand} */
  const command = at.parts.length === 1 && only ? { import: only } : { importAll: { imports: bodies } };
  try {
    at.error = undefined;
    const outcome = await withProgress(`Importing ${at.file.name}`, (report, signal) =>
      run({ exchange: command }, { attachment: at.file.handle, onProgress: (step) => report({ ...step, text: shareText(step) }), signal }));
    at.outcome = outcome;
    // What it came to, file by file, stands in the head.
    sayDone(at.parts.length > 1 ? { ...outcome, note: null } : outcome);
  } catch (error) {
    const refused = refusal(error);
    if (refused.field) at.error = refused;
    else fail(refused);
    // What is to be decided is shown, in whichever file it is.
    const open = parts.find(({ preview: said, settled, others }) => said && others === null && settled.size < said.conflictsInAll);
    if (refused.field === "settled" && open) at.part = open;
  }
  at.busy = false;
  redraw();
}

async function saveNotTaken() {
  const at = work;
  const part = at?.part;
  if (!at || !part?.look) return;
  const [only] = questions(at);
  if (!only) return;
  const { text } = await (at.parts.length > 1
    ? ask({ exchange: { notTakenOfAll: { imports: questions(at) } } }, { attachment: at.file.handle })
    : ask({ exchange: { notTaken: only } }, { attachment: at.file.handle }));
  const name = await host({ saveText: { name: `${stemText(at.file.name)} - not taken.csv`, text } });
  if (name) say(`Saved ${name}`);
}

function backToMapping() {
  if (!work) return;
  leavePreview(work);
  work.error = undefined;
  redraw();
}

/** @param {import("../main.js").Context} context */
function commandsOfReliability(context) {
  const again = async () => { await choose(); };
  return reliabilityCommands(context, again, async (file) => { await lookAt(file, true); });
}

/** @param {import("../main.js").Context} context */
function commands(context) {
  if (hasDeployments()) return deploymentCommands(context);
  if (hasReliability()) return commandsOfReliability(context);
  const at = work;
  const part = at?.part;
  const mapped = at !== null && readable(at).length > 0 && readable(at).every((one) => one.look !== null);
  const previewed = part?.preview !== null && part?.preview !== undefined;
  const done = at?.outcome !== null && at?.outcome !== undefined;
  const becomes = part?.look?.mapping.becomes ?? "items";
  const sums = at?.together ?? part?.preview;
  const lost = (sums?.rowsInAll ?? 0) + (sums?.cellsInAll ?? 0) + (sums?.leftOutInAll ?? 0);
  /** @type {Act[]} */
  const acts = [
    { id: "chooseFile", title: at ? "Another file…" : "Choose files…", key: "o", main: !at || done, run: choose },
    { id: "chooseFolder", title: "A folder…", key: "f", run: chooseFolder },
    { id: "areDeployments", title: "These are deployments", key: "d", when: () => at !== null && at.parts.length === 1 && !previewed && !done, run: areDeployments },
    { id: "preview", title: "Preview", key: "p", main: true, when: () => mapped && !previewed && !done, run: preview },
    { id: "forgetMapping", title: "Propose the mapping anew", when: () => mapped && !previewed && !done && Boolean(part?.look?.keptOn), run: forget },
    { id: "mapping", title: "Back to the mapping", key: "m", when: () => previewed && !done, run: backToMapping },
    { id: "saveNotTaken", title: "Save what is not taken as CSV…", key: "shift+s", when: () => previewed && lost > 0, run: saveNotTaken },
    { id: "import", title: at && at.parts.length > 1 ? "Import the files" : "Import the file", key: "shift+enter", main: true, when: () => previewed && !done, run: bringIn },
    { id: "backlog", title: "See the Product Backlog", when: () => done && becomes === "items", run: () => context.go("backlog") },
    { id: "seeInterrupts", title: "See the interrupts", when: () => done && becomes === "interrupts", run: () => context.go("interrupts", { all: "1" }) },
    { id: "seeIncidents", title: "See the incidents", when: () => done && becomes === "incidents", run: () => context.go("incidents") },
    { id: "undoImport", title: "Undo the import", when: () => at?.outcome?.operation != null, run: () => undo(at?.outcome?.operation) },
    { id: "exportFile", title: "Export…", key: "e", run: save },
    ...(at ? [] : deploymentCommands(context)),
  ];
  return acts;
}

/**
 * @param {unknown} _view
 * @param {import("../main.js").Context} context
 */
function draw(_view, context) {
  if (hasDeployments()) return drawDeployments(context);
  if (hasReliability()) return drawReliability(commands(context));
  const acts = commands(context);
  const by = (/** @type {string} */ id) => button(acts.find((act) => act.id === id));
  const at = work;
  if (!at) {
    return html`<div class="screen-head"><div><h1 data-start tabindex="-1">Import</h1></div></div>
      ${empty({
        title: "Bring in what the team has elsewhere",
        text: "Exports of Jira, Azure DevOps, Linear, Redmine or any other tracker as CSV; answers of Jira with their change logs, boards of Trello and issues of GitHub as JSON; several files at once, or a folder of them. You see what becomes of each column and row before anything is written, a later export updates the same items, and one undo takes it all back. A list of production issues or calls becomes interrupts: how many come in a week is said, their hours only where the list has them. Incidents of PagerDuty and Opsgenie, a list with milestones and postmortems in Markdown become incidents, with their timelines.",
        acts: acts.filter(({ id }) => id === "chooseFile" || id === "chooseFolder" || id === "exportFile"),
      })}
      ${empty({
        title: "Bring in what happened in production",
        text: "Deployments: a list of releases or tags, answers of GitHub and GitLab, or a git repository whose tags or merges they are. With them the five measures have a past, and items say when they went live. Reliability: logs of checks as CSV, notices of a status page (Markdown, Statuspage, Upptime) and objectives of OpenSLO, Sloth or Pyrra; choose the files, or a folder, and they are known by what they hold.",
        acts: acts.filter(({ id }) => id === "deploymentsFile" || id === "deploymentsRepository"),
      })}`;
  }
  return html`
    <div class="screen-head">
      <div><h1 data-start tabindex="-1">${at.outcome ? at.outcome.title : `Import ${at.file.name}`}</h1>
        <p class="is-quiet import-said" role="status">${headline(at)}</p></div>
      <div class="screen-acts">${by("chooseFile")}${at.outcome || at.part.preview ? nothing : by("chooseFolder")}${by("areDeployments")}${by("forgetMapping")}${by("mapping")}${by("saveNotTaken")}${by("preview")}${by("import")}${by("backlog")}${by("seeInterrupts")}${by("seeIncidents")}${by("undoImport")}${by("exportFile")}</div>
    </div>
    ${at.error && at.error.field !== (at.part.preview ? "settled" : "source") ? html`<p class="field-error" role="alert">${at.error.message} ${at.error.hint}</p>` : nothing}
    ${at.parts.length > 1 ? drawParts(at) : nothing}
    ${at.part.preview ? drawPreview(at, at.part, at.part.preview) : at.part.look ? drawMapping(at, at.part.look) : nothing}`;
}

/**
 * The files, what wrote them, and what becomes of each; one of them is shown below.
 * @param {Work} at
 */
function drawParts(at) {
  const named = (/** @type {Part} */ { files }) => files.names.join(", ");
  const becomes = (/** @type {Part} */ { files, preview: said, look: seen }) => {
    if (files.refused) return html`<span class="field-error">${files.refused}</span>`;
    if (!said) return seen ? countText(seen.columns.length, "column") : "Reading …";
    const parts = [`${numberText(said.new)} new`, `${numberText(said.changed)} changed`, `${numberText(said.unchanged)} as they are`];
    if (said.conflictsInAll > 0) parts.push(`${numberText(said.conflictsInAll)} to decide`);
    if (said.rowsInAll > 0) parts.push(`${countText(said.rowsInAll, "row")} not taken`);
    if (said.leftOutInAll > 0) parts.push(`${numberText(said.leftOutInAll)} left out`);
    return parts.join(" · ");
  };
  return html`${at.together ? html`<section aria-labelledby="together-title"><h2 id="together-title">All files together</h2>${figures(at.together)}</section>` : nothing}<section aria-labelledby="files-title">
    <div class="import-head"><h2 id="files-title">${countText(at.file.count, "file")}</h2>
      ${readable(at).length > 1 ? field({ name: "part", label: "Shown below", type: "choice", value: String(at.part.at), choices: readable(at).map((part) => ({ value: String(part.at), title: named(part) })),
        done: (chosen) => { at.part = at.parts[Number(chosen)] ?? at.part; redraw(); } }) : nothing}</div>
    ${table({
      caption: "The chosen files, and what becomes of them",
      rows: at.parts,
      columns: [
        { title: "File", cell: (part) => (part === at.part ? html`<strong>${named(part)}</strong>` : named(part)) },
        { title: "From", cell: (part) => part.look?.mapping.source ?? part.files.tracker ?? "" },
        { title: "Becomes", cell: becomes },
      ],
    })}
  </section>`;
}

/** @param {Work} at */
function headline(at) {
  if (at.outcome) return at.outcome.note ?? "Every row was taken.";
  if (at.together) return `All files will be one step: “${at.together.title}”.`;
  if (at.parts.length > 1) return readable(at).length > 0 ? "Check what becomes of each, then preview." : "";
  if (at.part.preview) return at.part.preview.title === "" ? "" : `This will be one step: “${at.part.preview.title}”.`;
  if (at.part.look) return `${bytesText(at.file.size)} · ${countText(at.part.look.columns.length, "column")} · check what becomes of them, then preview.`;
  return at.error ? "" : "Reading the file …";
}

/**
 * @param {Work} at
 * @param {ImportLook} seen
 */
function drawMapping(at, seen) {
  const { mapping } = seen;
  const thing = thingsOf(mapping).one;
  const names = targetsOf[mapping.becomes].titles;
  const wanted = at.find.toLowerCase();
  const shown = seen.columns
    .filter(({ name, target, filled }) => (wanted ? name.toLowerCase().includes(wanted) : target !== "ignore" || filled > 0))
    .sort((a, b) => Number(a.target === "ignore") - Number(b.target === "ignore"));
  const hidden = seen.columns.length - Math.min(shown.length, most);
  const pick = (/** @type {string} */ name, /** @type {string} */ label, /** @type {{value: string, title: string}[]} */ options, /** @type {string} */ value, /** @type {(value: any) => void} */ done) =>
    field({ name, label, type: "choice", choices: options, value, error: at.error, done });
  const notes = [...(seen.keptOn ? [`Proposed as you mapped it on ${dayText(seen.keptOn)}; what is not the file’s own proposal is marked.`] : []), ...seen.notes];
  return html`
    ${notes.length > 0 ? html`<ul class="import-notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
    <div class="import-form panel">
      ${at.parts.length > 1 ? nothing : rowsBecome(mapping, (becomes) => look(at.part, { mapping: null, encoding: mapping.encoding, delimiter: mapping.delimiter, becomes }))}
      ${calledAlike(mapping, (titled) => map({ titled }))}
      ${interruptsToo(mapping, (withInterrupts) => map({ withInterrupts }))}
      ${usualService(mapping, (service) => map({ service }))}
      ${field({ name: "source", label: "Comes from", hint: `The same key from the same place is the same ${thing}.`, value: mapping.source, error: at.error, done: (source) => map({ source }) })}
      ${seen.isJson ? nothing : pick("encoding", "Encoding", encodings, mapping.encoding, (encoding) => look(at.part, { mapping: null, encoding, delimiter: null }))}
      ${seen.isJson ? nothing : pick("delimiter", "Between cells", delimiters, mapping.delimiter, (delimiter) => look(at.part, { mapping: null, encoding: mapping.encoding, delimiter }))}
      ${!areItems(mapping) ? nothing : pick("decimal", "Decimals", signs, mapping.decimal, (decimal) => map({ decimal }))}
      ${pick("dates", "Dates", orders, mapping.dates, (dates) => map({ dates }))}
    </div>
    <section aria-labelledby="columns-title">
      <div class="import-head"><h2 id="columns-title">Columns</h2>
        ${field({ name: "find", label: "Find a column", bare: true, placeholder: "Find a column", value: at.find, change: (find) => { at.find = find; redraw(); } })}</div>
      ${table({
        caption: "What each column becomes",
        key: ({ name }) => name,
        rows: shown.slice(0, most),
        columns: [
          { title: "Column", cell: ({ name, repeated }) => html`${name}${repeated > 1 ? html` <span class="is-quiet">× ${repeated}</span>` : nothing}` },
          { title: "Becomes", cell: (column) => columnChoice(mapping, column) },
          { title: "Holds", cell: ({ examples }) => html`<span class="import-examples is-quiet">${examples.join(" · ") || "nothing"}</span>` },
          { title: "Filled", numeric: true, cell: ({ filled, lookedAt }) => (lookedAt ? `${Math.round((100 * filled) / lookedAt)} %` : "") },
        ],
        empty: html`<p class="is-quiet">No column has such a name.</p>`,
      })}
      ${hidden > 0 && !wanted ? html`<p class="is-quiet">${countText(hidden, "more column")}, empty or further down; find one by its name.</p>` : nothing}
    </section>
    <div class="import-values">
      ${chosenRows(seen, (only) => map({ only }))}
      ${values("Severities", "incidentSeverities", mapping.incidentSeverities, [choice(["", "no severity"]), ...seen.severities.map(({ severity, name }) => choice([severity, name]))], seen.keep.choices.incidentSeverities)}
      ${values("Types", "kinds", mapping.kinds, kinds, seen.keep.choices.kinds)}
      ${values("Priorities", "severities", mapping.severities, severities, seen.keep.choices.severities)}
      ${values("Statuses", "states", mapping.states, [choice(["", "first state"]), ...seen.states.map(({ id, name }) => choice([id, name]))], seen.keep.choices.states)}
    </div>
    <section aria-labelledby="rows-title">
      <h2 id="rows-title">The first rows become</h2>
      ${table({
        caption: "The first rows of the file, and what becomes of them",
        rows: seen.rows,
        columns: [
          { title: seen.isJson ? "Record" : "Line", numeric: true, cell: ({ line }) => String(line) },
          { title: capital(thing), cell: ({ becomes }) => html`<strong>${text(becomes, "title")}</strong> <span class="is-quiet">${knownBy(mapping, becomes)}</span>` },
          { title: "With", cell: ({ becomes, problems }) => html`<span class="import-with">${becomes
            .filter(({ target }) => target !== "title" && target !== "key")
            .map((shown) => html`<span><span class="is-quiet">${names.get(shown.target)}</span> ${shown.text}</span>`)}</span>
            ${problems.map((problem) => html`<span class="field-error">${problem}</span>`)}` },
        ],
        empty: html`<p class="is-quiet">${mapping.only?.values.length === 0
          ? "Say which rows are taken, and the first of them are shown here."
          : "Choose the column of the title, and the first rows are shown here."}</p>`,
      })}
    </section>`;
}

/** @type {Partial<Record<ImportBecause, {look: string, title: string}>>} how a choice is marked that no name of a column gave */
const marks = {
  values: { look: "import-guess", title: "Proposed from its values: please check" },
  kept: { look: "import-kept", title: "As you mapped it the last time" },
  chosen: { look: "import-kept", title: "Your choice" },
};

/**
 * @param {ImportMapping} mapping
 * @param {ImportColumn} column
 */
function columnChoice(mapping, { name, target, because }) {
  const known = mapping.columns.some((column) => column.name === name);
  const change = (/** @type {ImportTarget} */ to) => map({
    columns: known ? mapping.columns.map((column) => (column.name === name ? { name, target: to } : column)) : [...mapping.columns, { name, target: to }],
  });
  return html`<span class=${marks[because]?.look ?? ""} title=${marks[because]?.title ?? nothing}>
    ${field({ id: `column-${name}`, name: "columns", label: `${name} becomes`, bare: true, type: "choice", choices: targetsOf[mapping.becomes].choices, value: target, done: change })}</span>`;
}

/**
 * The values of a column and what each stands for.
 * @param {string} title
 * @param {"kinds" | "severities" | "incidentSeverities" | "states"} name
 * @param {{value: string, to: string | null}[]} all
 * @param {{value: string, title: string}[]} options
 * @param {{value: string}[]} chosen those that are a person's choice
 */
function values(title, name, all, options, chosen) {
  if (all.length === 0) return nothing;
  const change = (/** @type {string} */ value, /** @type {string} */ to) => map({ [name]: all.map((one) => (one.value === value ? { value, to: to || null } : one)) });
  return html`<section class="panel" aria-labelledby="${name}-title">
    <div class="panel-head"><h2 id="${name}-title">${title}</h2><span class="is-quiet">${countText(all.length, "value")}</span></div>
    ${all.slice(0, most).map(({ value, to }) => html`<div class="import-value ${chosen.some((one) => one.value === value) ? "import-kept" : ""}">${field({
      id: `${name}-${value}`, name, label: value, type: "choice", choices: options, value: to ?? "", done: (chosen) => change(value, chosen) })}</div>`)}
    ${all.length > most ? html`<p class="is-quiet">${countText(all.length - most, "more value")} as proposed.</p>` : nothing}
  </section>`;
}

/**
 * @param {ImportShown[]} becomes
 * @param {ImportTarget} target
 */
function text(becomes, target) {
  return becomes.find((shown) => shown.target === target)?.text ?? "";
}

/**
 * The key of a row; where no column holds keys, an interrupt or incident is known by what stands beside it anyway.
 * @param {ImportMapping} mapping
 * @param {ImportShown[]} becomes
 */
function knownBy(mapping, becomes) {
  return !areItems(mapping) && !mapping.columns.some(({ target }) => target === "key") ? "" : text(becomes, "key");
}

/**
 * What an import comes to, in numbers.
 * @param {ImportPreview | ImportPreviewAll} said
 */
function figures(said) {
  const figure = (/** @type {number} */ count, /** @type {string} */ words) => html`<div><strong>${numberText(count)}</strong><span class="is-quiet">${words}</span></div>`;
  return html`<div class="import-figures panel">
      ${figure(said.new, "new")}${figure(said.changed, "changed")}${figure(said.unchanged, "as they are")}
      ${figure(said.conflictsInAll, "to decide")}${figure(said.rowsInAll, "rows not taken")}${figure(said.cellsInAll, "cells not taken")}${said.leftOutInAll > 0 ? figure(said.leftOutInAll, "left out") : nothing}
    </div>`;
}

/**
 * @param {Work} at
 * @param {Part} part
 * @param {ImportPreview} said
 */
function drawPreview(at, part, said) {
  const isOfItems = part.look === null || areItems(part.look.mapping);
  const thing = capital(thingsOf(part.look?.mapping).one);
  const problems = [
    { title: part.look?.isJson ? "Record" : "Line", numeric: true, cell: (/** @type {ImportProblem} */ { line }) => String(line) },
    { title: "Column", cell: (/** @type {ImportProblem} */ { column }) => column || html`<span class="is-quiet">the row</span>` },
    { title: "Value", cell: (/** @type {ImportProblem} */ { value }) => html`<span class="import-examples">${value}</span>` },
    { title: "Why", cell: (/** @type {ImportProblem} */ { reason }) => reason },
  ];
  const notes = [
    ...said.notes,
    said.missing.length > 0 ? `The file lacks columns of the mapping: ${said.missing.join(", ")}. What they hold here stays.` : "",
    said.unknownOwners.length > 0 ? `${isOfItems ? "Kept as labels" : "No members"}: ${said.unknownOwners.slice(0, 20).map(({ name, count }) => `${name} (${count})`).join(", ")}.` : "",
  ].filter(Boolean);
  return html`
    ${at.parts.length > 1 ? html`<h2>${part.files.names.join(", ")}</h2>` : nothing}
    ${figures(said)}
    ${notes.length > 0 ? html`<ul class="import-notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
    ${firstRows("Sprints of the past", said.sprints, said.sprints.length, [
      { title: "Sprint", cell: ({ name }) => name },
      { title: "Days", cell: ({ firstDay, lastDay }) => `${dayText(firstDay)} – ${dayText(lastDay)}` },
      { title: "Items", numeric: true, cell: ({ items }) => numberText(items) },
    ])}
    ${at.outcome ? nothing : firstItems(part, said)}
    ${said.conflictsInAll > 0 && !at.outcome ? drawConflicts(at, part, said) : nothing}
    ${firstRows("Taken from the file", said.taken, said.takenInAll, [
      { title: thing, cell: ({ label, title }) => html`${label} <span class="is-quiet">${title}</span>` },
      { title: "Field", cell: ({ field: name }) => name },
      { title: "Here", cell: ({ here }) => html`<span class="import-examples">${here}</span>` },
      { title: "From the file", cell: ({ there }) => html`<span class="import-examples">${there}</span>` },
    ])}
    ${at.outcome ? nothing : firstRows("Perhaps here already: merge them afterwards", said.near, said.nearInAll, [
      { title: "In the file", cell: ({ title }) => title },
      { title: "Here", cell: ({ item, known }) => html`${item.label} <span class="is-quiet">${known}</span>` },
    ])}
    ${firstRows("Rows not taken", said.rows, said.rowsInAll, problems)}
    ${firstRows("Cells not taken; their rows are", said.cells, said.cellsInAll, problems)}
    ${firstRows("Left out on purpose", said.leftOut, said.leftOutInAll, problems)}
    ${said.notImported.length > 0 ? html`<details class="import-rest"><summary>${countText(said.notImported.length, "column")} not imported</summary>
      <p class="is-quiet">${said.notImported.slice(0, 300).join(" · ")}${said.notImported.length > 300 ? " …" : ""}</p></details>` : nothing}`;
}

/**
 * Names the first items of the file, so that people see what comes in. Where the team has none of them yet, they are new.
 * @param {Part} part
 * @param {ImportPreview} said
 */
function firstItems(part, said) {
  const notTaken = new Set([...said.rows, ...said.leftOut].map(({ line }) => line));
  const first = (part.look?.rows ?? []).filter(({ line, becomes }) => text(becomes, "title") !== "" && !notTaken.has(line)).slice(0, 5);
  if (first.length === 0 || said.new === 0) return nothing;
  const areNew = said.changed + said.unchanged + said.conflicting === 0;
  const things = thingsOf(part.look?.mapping).many;
  return html`<section><h2>${areNew ? `The first of the new ${things}` : `The first ${things} of the file`}</h2>
    <ul class="import-first">${first.map(({ becomes }) => html`<li>${text(becomes, "title")} <span class="is-quiet">${part.look ? knownBy(part.look.mapping, becomes) || text(becomes, "created") || text(becomes, "resolved") : ""}</span></li>`)}</ul></section>`;
}

/**
 * @param {Work} at
 * @param {Part} part
 * @param {ImportPreview} said
 */
function drawConflicts(at, part, said) {
  const thing = capital(thingsOf(part.look?.mapping).one);
  const others = (/** @type {Side} */ side) => {
    part.others = side;
    at.error = undefined;
    redraw();
  };
  const settle = (/** @type {ImportDifference} */ { key, field: name }, /** @type {string} */ side) => {
    const id = `${name} ${key}`;
    if (side === "here" || side === "there") part.settled.set(id, { key, field: name, side });
    else part.settled.delete(id);
    at.error = undefined;
    redraw();
  };
  const sides = (/** @type {ImportDifference} */ { here, there }) => [["", part.others ? "like the others" : "decide …"], ["here", `ours: ${here}`], ["there", `the file’s: ${there}`]].map(choice);
  return html`<section aria-labelledby="conflicts-title">
    <div class="import-head"><h2 id="conflicts-title">Changed both here and there</h2>
      ${field({ name: "settled", label: "All others", type: "choice", value: part.others ?? "", error: at.error,
        choices: [["", "decide one by one"], ["here", "keep ours"], ["there", "take the file’s"]].map(choice),
        done: (side) => { if (side) others(side); else { part.others = null; redraw(); } } })}</div>
    ${table({
      caption: "Fields that changed both here and in the file",
      rows: said.conflicts.slice(0, most),
      columns: [
        { title: thing, cell: ({ label, title }) => html`${label} <span class="is-quiet">${title}</span>` },
        { title: "Field", cell: ({ field: name }) => name },
        { title: "Whose value holds", cell: (conflict) => field({
          id: `conflict-${conflict.field}-${conflict.key}`, name: "side", label: `${conflict.field} of ${conflict.label}`, bare: true, type: "choice",
          choices: sides(conflict), value: part.settled.get(`${conflict.field} ${conflict.key}`)?.side ?? "", done: (side) => settle(conflict, side) }) },
      ],
    })}
    ${said.conflictsInAll > most ? html`<p class="is-quiet">${countText(said.conflictsInAll - Math.min(most, said.conflicts.length), "more field")}: decide for all others at once.</p>` : nothing}
  </section>`;
}

// A team that is opened or closed has other states, so that the mapping means nothing there.
onOpened(() => { work = null; });
// The team changed under a preview: while it is on screen it is made anew, else when somebody comes back to it; what was decided stays.
function renew() {
  const at = work;
  const isStale = () => at !== null && readable(at).some(({ previewed }) => previewed !== generation());
  if (!location.hash.startsWith("#/import") || !at?.part.preview || at.outcome || at.busy || !isStale()) return;
  void askPreviews(at).then((isShown) => {
    // What was not read again is not what the last button would do.
    if (!isShown && work === at && !at.outcome && isStale()) leavePreview(at);
    redraw();
  });
}
onRefresh(() => renew());
// What is kept of a mapping may have been taken back, and the states of the team may be others.
onRefresh(() => {
  const at = work;
  const part = at?.part;
  if (location.hash.startsWith("#/import") && part?.look && !part.preview && !at?.outcome && part.looked !== generation()) void look(part, { mapping: part.look.mapping, encoding: null, delimiter: null });
});

/** An import that was taken back is not claimed any more: the file is where it was before the last button. */
async function notice() {
  const at = work;
  const title = at?.outcome?.title;
  if (!at || title === undefined) return;
  const { redo } = await ask({ journal: { undoState: {} } });
  if (redo !== title || work !== at || at.outcome?.title !== title) return;
  at.outcome = null;
  renew();
  redraw();
}

onRefresh(() => notice().catch(fail));
addEventListener("hashchange", renew);

/** Asks what to export and in which form, and saves it. */
async function save() {
  const { tables } = await ask({ exchange: { tables: {} } });
  const whats = [["backlog", "the Product Backlog"], ["everything", "everything, as JSON"], ...tables.map(({ name, rows }) => [`table ${name}`, `table ${name}: ${countText(rows, "row")}`])].map(choice);
  const name = await openForm({
    title: "Export",
    action: "Save as…",
    values: { what: "backlog", format: "csv", mark: false },
    draw: (form) => html`
      ${form.field({ name: "what", label: "What", type: "choice", choices: whats })}
      ${form.values.what === "everything" ? nothing : form.field({ name: "format", label: "As", type: "choice", choices: [["csv", "CSV, for spreadsheets and for importing again"], ["json", "JSON"]].map(choice) })}
      ${form.values.what !== "everything" && form.values.format === "csv" ? form.field({ name: "mark", label: "Begin with a byte-order mark", hint: "Some versions of Excel need it to read letters with accents.", type: "check" }) : nothing}`,
    send: async ({ what, format, mark }) => {
      /** @type {Exportable} */
      const exportable = what === "backlog" || what === "everything" ? what : { table: what.slice("table ".length) };
      /** @type {ExportFormat} */
      const form = what === "everything" || format === "json" ? "json" : "csv";
      const { name: proposed, text: saved } = await ask({ exchange: { export: { what: exportable, format: form, mark } } });
      return host({ saveText: { name: proposed, text: saved } });
    },
  });
  if (name) say(`Saved ${name}`);
}

/** @type {import("../main.js").Screen} */
export const exchange = {
  name: "import",
  title: "Import and export",
  group: "Team",
  key: "g i",
  query: () => null,
  draw,
  commands: (_view, context) => commands(context),
  everywhere: (context) => [
    { id: "importFile", title: "Import items from files…", run: async () => { if (await choose()) context.go("import"); } },
    { id: "importFolder", title: "Import all exports of a folder…", run: async () => { if (await chooseFolder()) context.go("import"); } },
    { id: "importDeployments", title: "Import deployments from a file…", run: async () => { if (await chooseDeployments()) context.go("import"); } },
    { id: "importRepository", title: "Import deployments of a git repository…", run: async () => { if (await chooseRepository()) context.go("import"); } },
    { id: "export", title: "Export…", run: save },
  ],
};
