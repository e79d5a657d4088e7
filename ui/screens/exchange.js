// @ts-check
/**
 * Import: a file is chosen, looked at, mapped, previewed, and brought in.
 *
 * 1. Nothing is written before the last button, and the last button does what the preview said.
 * 2. What a column or a value becomes is proposed by Rust and changed here; after each change the first rows are shown anew.
 * 3. Whatever is not taken is listed, and can be saved as CSV.
 * 4. What changed on both sides is decided one by one or for all at once; undecided, nothing is brought in.
 * 5. The chosen file and its mapping live here until another team is opened; what a person changed in the mapping is kept in the team by the
 *    import, and proposed for the next such file.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, host, onOpened, onRefresh, refusal, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { field } from "../parts/field.js";
import { kindChoices, severities as allSeverities } from "../parts/kinds.js";
import { withProgress } from "../parts/progress.js";
import { table } from "../parts/table.js";
import { bytesText, countText, dayText, numberText } from "../parts/text.js";
import { fail, say, sayDone } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../host.js").Refusal} Refusal */

/**
 * @typedef {object} Work a file on its way into the team
 * @property {PickedFile} file
 * @property {ImportLook | null} look
 * @property {number} looked the generation in which the look was asked
 * @property {ImportPreview | null} preview while the preview is shown
 * @property {number} previewed the generation in which the preview was asked
 * @property {Outcome | null} outcome once it is imported
 * @property {boolean} busy while it is imported
 * @property {Map<string, ImportSettled>} settled what was decided one by one, by key and field
 * @property {Side | null} others what was decided for all others
 * @property {string} find part of the names of the columns that are shown
 * @property {Refusal | undefined} error
 */

/** @type {Work | null} */
let work = null;
let reading = 0;

/** How many rows of a table are in the page at most. */
const most = 60;

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
];

/** @type {Map<string, string>} */
const titles = new Map(targets);
const choices = targets.map(([value, title]) => ({ value, title }));
const kinds = [choice(["", "unsorted"]), ...kindChoices];
const severities = [choice(["", "no severity"]), ...allSeverities.map((severity) => choice([severity, severity]))];
const encodings = [["utf8", "UTF-8"], ["utf16Le", "UTF-16, low byte first"], ["utf16Be", "UTF-16, high byte first"], ["cp1252", "Windows-1252"]].map(choice);
const delimiters = [["comma", "comma"], ["semicolon", "semicolon"], ["tab", "tab"], ["pipe", "bar |"]].map(choice);
const signs = [["point", "point: 8.5"], ["comma", "comma: 8,5"]].map(choice);
const orders = [["dayFirst", "day first: 31/12"], ["monthFirst", "month first: 12/31"]].map(choice);

/** @param {string[]} pair */
function choice([value = "", title = ""]) {
  return { value, title };
}

/** Chooses a file and looks at it. */
async function choose() {
  const file = await host({ pickFile: { title: "Import items", filters: [{ name: "Tables as text", extensions: ["csv", "tsv", "txt"] }, { name: "All files", extensions: ["*"] }] } });
  if (!file) return false;
  work = { file, look: null, looked: -1, preview: null, previewed: -1, outcome: null, busy: false, settled: new Map(), others: null, find: "", error: undefined };
  await look({ mapping: null, encoding: null, delimiter: null });
  return true;
}

/**
 * Looks at the file; the latest look is the one that is shown.
 * @param {Omit<ImportLookAt, "name">} question
 */
async function look(question) {
  const at = work;
  if (!at) return;
  const ticket = (reading += 1);
  at.preview = null;
  at.error = undefined;
  redraw();
  try {
    const asked = generation();
    const seen = await ask({ exchange: { look: { ...question, name: nameOf(at.file) } } }, { attachment: at.file.handle });
    if (ticket === reading) {
      at.look = seen;
      at.looked = asked;
    }
  } catch (error) {
    if (ticket === reading) at.error = refusal(error);
  }
  redraw();
}

/**
 * The name of a file without its ending.
 * @param {PickedFile} file
 */
function nameOf({ name }) {
  return name.replace(/(?<=.)\.[^.]*$/, "");
}

/** @param {Partial<ImportMapping>} change */
function map(change) {
  if (!work?.look) return;
  const mapping = { ...work.look.mapping, ...change };
  // What was typed stays while the first rows are read anew.
  work.look = { ...work.look, mapping };
  return look({ mapping, encoding: null, delimiter: null });
}

async function preview() {
  const at = work;
  if (!at?.look) return;
  if (await askPreview(at, at.look.mapping)) {
    at.settled.clear();
    at.others = null;
  }
  redraw();
}

/** Forgets what was kept of the mapping of such files, and has this one proposed anew. */
async function forget() {
  const at = work;
  if (!at?.look) return;
  sayDone(await run({ exchange: { forgetMapping: { export: at.look.keep.export } } }));
  await look({ mapping: null, encoding: null, delimiter: null });
}

let previews = 0;

/**
 * Asks what the import would do; the latest answer is the one that is shown.
 * @param {Work} at
 * @param {ImportMapping} mapping
 * @returns {Promise<boolean>} whether it is shown
 */
async function askPreview(at, mapping) {
  const ticket = (previews += 1);
  const asked = generation();
  at.error = undefined;
  try {
    const said = await withProgress(`Reading ${at.file.name}`, (report, signal) =>
      ask({ exchange: { preview: { mapping } } }, { attachment: at.file.handle, onProgress: (step) => report({ ...step, text: shareText(step) }), signal }));
    if (ticket !== previews || work !== at || at.outcome) return false;
    at.preview = said;
    at.previewed = asked;
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
  if (!at?.look || !at.preview || at.busy) return;
  at.busy = true;
  const body = { mapping: at.look.mapping, settled: [...at.settled.values()], others: at.others, keep: at.look.keep };
  try {
    at.error = undefined;
    const outcome = await withProgress(`Importing ${at.file.name}`, (report, signal) =>
      run({ exchange: { import: body } }, { attachment: at.file.handle, onProgress: (step) => report({ ...step, text: shareText(step) }), signal }));
    at.outcome = outcome;
    sayDone(outcome);
  } catch (error) {
    const refused = refusal(error);
    if (refused.field) at.error = refused;
    else fail(refused);
  }
  at.busy = false;
  redraw();
}

/** @param {Progress} step */
function shareText({ done, of }) {
  return of > 0 ? `${Math.floor((100 * done) / of)} %` : "";
}

async function saveNotTaken() {
  const at = work;
  if (!at?.look) return;
  const { text } = await ask({ exchange: { notTaken: { mapping: at.look.mapping } } }, { attachment: at.file.handle });
  const name = await host({ saveText: { name: `${nameOf(at.file)} - not taken.csv`, text } });
  if (name) say(`Saved ${name}`);
}

function backToMapping() {
  if (!work) return;
  work.preview = null;
  work.error = undefined;
  redraw();
}

/** @param {import("../main.js").Context} context */
function commands(context) {
  const at = work;
  const mapped = at?.look !== null && at?.look !== undefined;
  const previewed = at?.preview !== null && at?.preview !== undefined;
  const done = at?.outcome !== null && at?.outcome !== undefined;
  const lost = (at?.preview?.rowsInAll ?? 0) + (at?.preview?.cellsInAll ?? 0);
  /** @type {Act[]} */
  const acts = [
    { id: "chooseFile", title: at ? "Another file…" : "Choose a file…", key: "o", main: !at || done, run: choose },
    { id: "preview", title: "Preview", key: "p", main: true, when: () => mapped && !previewed && !done, run: preview },
    { id: "forgetMapping", title: "Propose the mapping anew", when: () => mapped && !previewed && !done && Boolean(at?.look?.keptOn), run: forget },
    { id: "mapping", title: "Back to the mapping", key: "m", when: () => previewed && !done, run: backToMapping },
    { id: "saveNotTaken", title: "Save what is not taken as CSV…", key: "shift+s", when: () => previewed && lost > 0, run: saveNotTaken },
    { id: "import", title: "Import the file", key: "shift+enter", main: true, when: () => previewed && !done, run: bringIn },
    { id: "backlog", title: "See the Product Backlog", when: () => done, run: () => context.go("backlog") },
  ];
  return acts;
}

/**
 * @param {unknown} _view
 * @param {import("../main.js").Context} context
 */
function draw(_view, context) {
  const acts = commands(context);
  const by = (/** @type {string} */ id) => button(acts.find((act) => act.id === id));
  const at = work;
  if (!at) {
    return html`<div class="screen-head"><div><h1 data-start tabindex="-1">Import</h1></div></div>
      ${empty({
        title: "Bring in what the team has elsewhere",
        text: "An export of Jira, Azure DevOps, Linear or any other tracker as CSV. You see what becomes of each column and row before anything is written, a later export updates the same items, and one undo takes it all back.",
        acts: acts.filter(({ id }) => id === "chooseFile"),
      })}`;
  }
  return html`
    <div class="screen-head">
      <div><h1 data-start tabindex="-1">${at.outcome ? at.outcome.title : `Import ${at.file.name}`}</h1>
        <p class="is-quiet" role="status">${headline(at)}</p></div>
      <div class="screen-acts">${by("chooseFile")}${by("forgetMapping")}${by("mapping")}${by("saveNotTaken")}${by("preview")}${by("import")}${by("backlog")}</div>
    </div>
    ${at.error && at.error.field !== (at.preview ? "settled" : "source") ? html`<p class="field-error" role="alert">${at.error.message} ${at.error.hint}</p>` : nothing}
    ${at.preview ? drawPreview(at, at.preview) : at.look ? drawMapping(at, at.look) : nothing}`;
}

/** @param {Work} at */
function headline(at) {
  if (at.outcome) return at.outcome.note ?? "Every row was taken.";
  if (at.preview) return at.preview.title === "" ? "" : `This will be one step: “${at.preview.title}”.`;
  if (at.look) return `${bytesText(at.file.size)} · ${countText(at.look.columns.length, "column")} · check what becomes of them, then preview.`;
  return at.error ? "" : "Reading the file …";
}

/**
 * @param {Work} at
 * @param {ImportLook} seen
 */
function drawMapping(at, seen) {
  const { mapping } = seen;
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
      ${field({ name: "source", label: "Comes from", hint: "The same key from the same place is the same item.", value: mapping.source, error: at.error, done: (source) => map({ source }) })}
      ${pick("encoding", "Encoding", encodings, mapping.encoding, (encoding) => look({ mapping: null, encoding, delimiter: null }))}
      ${pick("delimiter", "Between cells", delimiters, mapping.delimiter, (delimiter) => look({ mapping: null, encoding: mapping.encoding, delimiter }))}
      ${pick("decimal", "Decimals", signs, mapping.decimal, (decimal) => map({ decimal }))}
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
          { title: "Line", numeric: true, cell: ({ line }) => String(line) },
          { title: "Item", cell: ({ becomes }) => html`<strong>${text(becomes, "title")}</strong> <span class="is-quiet">${text(becomes, "key")}</span>` },
          { title: "With", cell: ({ becomes, problems }) => html`<span class="import-with">${becomes
            .filter(({ target }) => target !== "title" && target !== "key")
            .map((shown) => html`<span><span class="is-quiet">${titles.get(shown.target)}</span> ${shown.text}</span>`)}</span>
            ${problems.map((problem) => html`<span class="field-error">${problem}</span>`)}` },
        ],
        empty: html`<p class="is-quiet">Choose the column of the title, and the first rows are shown here.</p>`,
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
    ${field({ id: `column-${name}`, name: "columns", label: `${name} becomes`, bare: true, type: "choice", choices, value: target, done: change })}</span>`;
}

/**
 * The values of a column and what each stands for.
 * @param {string} title
 * @param {"kinds" | "severities" | "states"} name
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
 * @param {Work} at
 * @param {ImportPreview} said
 */
function drawPreview(at, said) {
  const figure = (/** @type {number} */ count, /** @type {string} */ words) => html`<div><strong>${numberText(count)}</strong><span class="is-quiet">${words}</span></div>`;
  const problems = [
    { title: "Line", numeric: true, cell: (/** @type {ImportProblem} */ { line }) => String(line) },
    { title: "Column", cell: (/** @type {ImportProblem} */ { column }) => column || html`<span class="is-quiet">the row</span>` },
    { title: "Value", cell: (/** @type {ImportProblem} */ { value }) => html`<span class="import-examples">${value}</span>` },
    { title: "Why", cell: (/** @type {ImportProblem} */ { reason }) => reason },
  ];
  const notes = [
    ...said.notes,
    said.missing.length > 0 ? `The file lacks columns of the mapping: ${said.missing.join(", ")}. What they hold here stays.` : "",
    said.unknownOwners.length > 0 ? `Kept as labels: ${said.unknownOwners.slice(0, 20).map(({ name, count }) => `${name} (${count})`).join(", ")}.` : "",
  ].filter(Boolean);
  return html`
    <div class="import-figures panel">
      ${figure(said.new, "new")}${figure(said.changed, "changed")}${figure(said.unchanged, "as they are")}
      ${figure(said.conflictsInAll, "to decide")}${figure(said.rowsInAll, "rows not taken")}${figure(said.cellsInAll, "cells not taken")}
    </div>
    ${notes.length > 0 ? html`<ul class="import-notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
    ${at.outcome ? nothing : firstItems(at, said)}
    ${said.conflictsInAll > 0 && !at.outcome ? drawConflicts(at, said) : nothing}
    ${listed("Taken from the file", said.taken, said.takenInAll, [
      { title: "Item", cell: ({ label, title }) => html`${label} <span class="is-quiet">${title}</span>` },
      { title: "Field", cell: ({ field: name }) => name },
      { title: "Here", cell: ({ here }) => html`<span class="import-examples">${here}</span>` },
      { title: "From the file", cell: ({ there }) => html`<span class="import-examples">${there}</span>` },
    ])}
    ${listed("Rows not taken", said.rows, said.rowsInAll, problems)}
    ${listed("Cells not taken; their rows are", said.cells, said.cellsInAll, problems)}
    ${said.notImported.length > 0 ? html`<details class="import-rest"><summary>${countText(said.notImported.length, "column")} not imported</summary>
      <p class="is-quiet">${said.notImported.slice(0, 300).join(" · ")}${said.notImported.length > 300 ? " …" : ""}</p></details>` : nothing}`;
}

/**
 * Names the first items of the file, so that people see what comes in. Where the team has none of them yet, they are new.
 * @param {Work} at
 * @param {ImportPreview} said
 */
function firstItems(at, said) {
  const notTaken = new Set(said.rows.map(({ line }) => line));
  const first = (at.look?.rows ?? []).filter(({ line, becomes }) => text(becomes, "title") !== "" && !notTaken.has(line)).slice(0, 5);
  if (first.length === 0 || said.new === 0) return nothing;
  const areNew = said.changed + said.unchanged + said.conflicting === 0;
  return html`<section><h2>${areNew ? "The first of the new items" : "The first items of the file"}</h2>
    <ul class="import-first">${first.map(({ becomes }) => html`<li>${text(becomes, "title")} <span class="is-quiet">${text(becomes, "key")}</span></li>`)}</ul></section>`;
}

/**
 * @param {Work} at
 * @param {ImportPreview} said
 */
function drawConflicts(at, said) {
  const others = (/** @type {Side} */ side) => {
    at.others = side;
    at.error = undefined;
    redraw();
  };
  const settle = (/** @type {ImportDifference} */ { key, field: name }, /** @type {string} */ side) => {
    const id = `${name} ${key}`;
    if (side === "here" || side === "there") at.settled.set(id, { key, field: name, side });
    else at.settled.delete(id);
    at.error = undefined;
    redraw();
  };
  const sides = (/** @type {ImportDifference} */ { here, there }) => [["", at.others ? "like the others" : "decide …"], ["here", `ours: ${here}`], ["there", `the file’s: ${there}`]].map(choice);
  return html`<section aria-labelledby="conflicts-title">
    <div class="import-head"><h2 id="conflicts-title">Changed both here and there</h2>
      ${field({ name: "settled", label: "All others", type: "choice", value: at.others ?? "", error: at.error,
        choices: [["", "decide one by one"], ["here", "keep ours"], ["there", "take the file’s"]].map(choice),
        done: (side) => { if (side) others(side); else { at.others = null; redraw(); } } })}</div>
    ${table({
      caption: "Fields that changed both here and in the file",
      rows: said.conflicts.slice(0, most),
      columns: [
        { title: "Item", cell: ({ label, title }) => html`${label} <span class="is-quiet">${title}</span>` },
        { title: "Field", cell: ({ field: name }) => name },
        { title: "Whose value holds", cell: (conflict) => field({
          id: `conflict-${conflict.field}-${conflict.key}`, name: "side", label: `${conflict.field} of ${conflict.label}`, bare: true, type: "choice",
          choices: sides(conflict), value: at.settled.get(`${conflict.field} ${conflict.key}`)?.side ?? "", done: (side) => settle(conflict, side) }) },
      ],
    })}
    ${said.conflictsInAll > most ? html`<p class="is-quiet">${countText(said.conflictsInAll - Math.min(most, said.conflicts.length), "more field")}: decide for all others at once.</p>` : nothing}
  </section>`;
}

/**
 * A titled table of the first of many rows; nothing where there are none.
 * @template Row
 * @param {string} title
 * @param {Row[]} rows
 * @param {number} all
 * @param {{title: string, numeric?: boolean, cell: (row: Row) => unknown}[]} columns
 */
function listed(title, rows, all, columns) {
  if (all === 0) return nothing;
  const shown = Math.min(rows.length, most);
  return html`<section><h2>${title}</h2>
    ${table({ caption: title, rows: rows.slice(0, most), columns })}
    ${all > shown ? html`<p class="is-quiet">${`${numberText(all - shown)} more`}.</p>` : nothing}</section>`;
}

// A team that is opened or closed has other states, so that the mapping means nothing there.
onOpened(() => { work = null; });
// The team changed under a preview: while it is on screen it is made anew, else when somebody comes back to it; what was decided stays.
function renew() {
  const at = work;
  const mapping = at?.look?.mapping;
  if (!location.hash.startsWith("#/import") || !at?.preview || at.outcome || at.busy || !mapping || at.previewed === generation()) return;
  void askPreview(at, mapping).then((isShown) => {
    // What was not read again is not what the last button would do.
    if (!isShown && work === at && !at.outcome && at.previewed !== generation()) at.preview = null;
    redraw();
  });
}
onRefresh(() => renew());
// What is kept of a mapping may have been taken back, and the states of the team may be others.
onRefresh(() => {
  const at = work;
  if (location.hash.startsWith("#/import") && at?.look && !at.preview && !at.outcome && at.looked !== generation()) void look({ mapping: at.look.mapping, encoding: null, delimiter: null });
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

/** @type {import("../main.js").Screen} */
export const exchange = {
  name: "import",
  title: "Import",
  group: "Team",
  key: "g i",
  query: () => null,
  draw,
  commands: (_view, context) => commands(context),
  everywhere: (context) => [{ id: "importFile", title: "Import items from a file…", run: async () => { if (await choose()) context.go("import"); } }],
};
