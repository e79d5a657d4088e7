// @ts-check
/**
 * Forecast: a question like a sentence, and what may come as a range with likelihoods, a picture, and the past that it is drawn from.
 *
 * 1. Rust simulates, draws and says; the window only asks. What is asked is in the address.
 * 2. The answer is never one number: four marks with their words, and the picture of all trials.
 * 3. What would be otherwise is tried beside the answer without it; nothing is saved by that.
 * 4. A forecast that is shown to people is kept with one key. How those before held stands beside the next one.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, generation, host, onOpened, refusal, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { chart, chartTheme, openBehind } from "../parts/chart.js";
import { field, savedField } from "../parts/field.js";
import { menuButton } from "../parts/menu.js";
import { table } from "../parts/table.js";
import { countText, whenText } from "../parts/text.js";
import { act, fail, say } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[ForecastChoices, KeptForecasts]} View */
/** @typedef {Record<string, string>} Params */

/** @type {{key: string, answer: Promise<ForecastView>} | undefined} what was asked last */
let asked;
/** @type {ForecastView | undefined} */
let answer;
/** @type {import("../host.js").Refusal | undefined} */
let error;

onOpened(() => {
  asked = undefined;
  answer = undefined;
  error = undefined;
});

/** What can be asked. */
const kinds = [
  { value: "when", title: "When will this be done?" },
  { value: "howMany", title: "How much will be done by then?" },
  { value: "inOrder", title: "When will each of these be done, in order?" },
  { value: "plan", title: "Will the plan of a Sprint hold?" },
];

/** @param {Params} params */
function kindOf(params) {
  return kinds.some(({ value }) => value === params.ask) ? params.ask ?? "when" : "when";
}

/**
 * The question that the address holds; none while a part of it is missing.
 * @param {ForecastChoices} choices
 * @param {Params} params
 * @param {{width: number, height: number}} size
 * @returns {ForecastQuestion | null}
 */
function question(choices, params, size) {
  const what = asks(choices, params);
  if (!what) return null;
  const percent = (/** @type {string | undefined} */ text) => {
    const number = Number((text ?? "").replace(",", ".").replace("%", ""));
    return (text ?? "").trim() === "" || !Number.isFinite(number) ? null : Math.round(number * 100);
  };
  return {
    ask: what,
    unit: params.unit === "points" || params.unit === "items" ? params.unit : null,
    whatIf: { throughput: percent(params.throughput), scope: params.scope ?? "", buffer: percent(params.buffer), start: params.start ?? "" },
    theme: chartTheme(),
    ...size,
  };
}

/**
 * @param {ForecastChoices} choices
 * @param {Params} params
 * @returns {ForecastAsk | null}
 */
function asks(choices, params) {
  switch (kindOf(params)) {
    case "howMany": {
      if (params.day) return { howMany: { until: { day: params.day } } };
      const sprint = choices.sprints.find(({ id }) => id === params.sprint) ?? choices.sprints[0];
      return sprint ? { howMany: { until: { sprint: sprint.id } } } : null;
    }
    case "inOrder": {
      const groups = groupsOf(params).map((group) => work(group)).filter((group) => group !== null);
      return groups.length > 0 ? { inOrder: { groups } } : null;
    }
    case "plan":
      return choices.sprints.length > 0 ? { plan: { sprint: choices.sprints.find(({ id }) => id === params.sprint)?.id ?? choices.plan } } : null;
    default: {
      const one = work({ of: params.of ?? "top", value: params.value ?? (params.of === undefined ? "10" : "") });
      return one && { when: { work: one, above: params.above === "1" } };
    }
  }
}

/** @typedef {{of: string, value: string}} Group */

/**
 * @param {Group} group
 * @returns {ForecastWork | null}
 */
function work({ of, value }) {
  if (value === "") return null;
  if (of === "label") return { label: value };
  if (of === "parent") return { parent: value };
  if (of === "items") return { items: value.split(" ") };
  if (of === "top") return Number.isInteger(Number(value)) && Number(value) > 0 ? { top: Number(value) } : { amount: value };
  return { amount: value };
}

/**
 * The groups of the address: `label=checkout&parent=…` in one parameter.
 * @param {Params} params
 * @returns {Group[]}
 */
function groupsOf({ groups = "" }) {
  return [...new URLSearchParams(groups)].map(([of, value]) => ({ of, value }));
}

/** @param {Group[]} groups */
function inAddress(groups) {
  return new URLSearchParams(groups.map(({ of, value }) => [of, value])).toString();
}

/**
 * The answer at a width; asked once for both pictures.
 * @param {ForecastChoices} choices
 * @param {Params} params
 * @param {number} width
 */
function answerAt(choices, params, width) {
  const size = { width, height: Math.round(Math.max(240, Math.min(width * 0.5, innerHeight * 0.55)) / 8) * 8 };
  const what = params.kept ? null : question(choices, params, size);
  const key = JSON.stringify([params.kept, what, size, chartTheme(), generation()]);
  if (asked?.key !== key) {
    const promise = params.kept
      ? ask({ forecast: { again: { forecast: params.kept, theme: chartTheme(), ...size } } })
      : what ? ask({ forecast: { ask: what } }) : Promise.reject(new Error("Nothing is asked yet."));
    asked = { key, answer: promise };
    promise.then((view) => told(key, view, undefined), (thrown) => told(key, undefined, refusal(thrown)));
  }
  return asked.answer;
}

/**
 * @param {string} key
 * @param {ForecastView | undefined} view
 * @param {import("../host.js").Refusal | undefined} refused
 */
function told(key, view, refused) {
  if (asked?.key !== key) return;
  answer = view;
  error = refused;
  redraw();
}

/**
 * @param {View} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands([choices], context) {
  const { params } = context;
  const can = () => !params.kept && answer !== undefined;
  const unit = answer?.unit === "items" ? "points" : "items";
  return [
    { id: "keep", title: "Keep this forecast", key: "k", main: true, when: can, run: () => keep(choices, context) },
    { id: "unit", title: `Count ${unit}`, key: "u", when: can, run: () => context.set({ unit }) },
    { id: "whatIf", title: params.whatIf ? "Hide what if" : "What if…", key: "w", when: () => !params.kept, run: () => toggleWhatIf(context) },
    ...(/** @type {const} */ ([["svg", "Save as SVG…", "s"], ["png", "Save as PNG…", "shift+s"], ["csv", "Save the table as CSV…", "alt+s"]])).map(([format, title, key]) => ({
      id: `save-${format}`,
      title,
      key,
      when: can,
      run: () => save(choices, context, format),
    })),
    { id: "new", title: "Ask something else", key: "n", when: () => params.kept !== undefined, run: () => context.set({ kept: "" }) },
    ...kinds.filter(({ value }) => params.kept || value !== kindOf(params)).map(({ value, title }) => ({ id: `ask-${value}`, title, run: () => context.set({ ask: value, kept: "" }) })),
  ];
}

/**
 * @param {ForecastChoices} choices
 * @param {Context} context
 */
async function keep(choices, { params }) {
  const what = question(choices, params, { width: 960, height: 480 });
  if (what) await act({ forecast: { keep: what } }, "Kept. It is scored when a Sprint closes");
}

/**
 * @param {ForecastChoices} choices
 * @param {Context} context
 * @param {ChartFormat} format
 */
async function save(choices, { params }, format) {
  const what = question(choices, params, { width: 960, height: 540 });
  if (!what) return;
  const name = await host({ saveChart: { name: `Forecast.${format}`, query: { forecast: { ask: what } }, format } });
  if (name) say(`Saved as ${name}`);
}

/** @param {Context} context */
function toggleWhatIf(context) {
  const open = context.params.whatIf === "1";
  context.set(open ? { whatIf: "", throughput: "", scope: "", buffer: "", start: "" } : { whatIf: "1" });
  if (!open) setTimeout(() => document.getElementById("throughput")?.focus(), 60);
}

/**
 * @param {View} view
 * @param {Context} context
 */
function draw(view, context) {
  const [choices, kept] = view;
  const { params } = context;
  const acts = commands(view, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const again = params.kept ? kept.rows.find(({ id }) => id === params.kept) : undefined;
  return html`<div class="screen-head">
      <div><h1>Forecast</h1><p class="is-quiet">What may come, drawn from what the team did.</p></div>
      <div class="screen-acts">${button(find("unit"), { plain: true })}${button(find("whatIf"), { plain: true })}
        ${params.kept ? nothing : menuButton({ title: "Save", label: "Save the picture", acts: () => acts.filter(({ id }) => id.startsWith("save-")) })}${button(find("new"))}${button(find("keep"))}</div>
    </div>
    <div class="forecast">
      ${again ? html`<p class="forecast-again">Kept ${whenText(again.madeAt)}, drawn again from what was known then. ${again.outcome ?? "It is not scored yet."}</p>` : html`
        <form class="forecast-asked" aria-label="Question" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>${sentence(choices, context)}</form>
        ${params.whatIf ? whatIf(choices, context) : nothing}`}
      ${shown(choices, context)}
      ${keptTable(kept, context)}
    </div>`;
}

/**
 * The question as a sentence with fields.
 * @param {ForecastChoices} choices
 * @param {Context} context
 */
function sentence(choices, context) {
  const { params } = context;
  const kind = kindOf(params);
  const sprints = choices.sprints.map(({ id, name }) => ({ value: id, title: name }));
  const usual = (kind === "plan" ? choices.plan : sprints[0]?.value) ?? "";
  const sprint = (/** @type {string} */ label) => field({
    name: "sprint", label, type: "choice", value: params.sprint ?? usual, choices: sprints, error, done: (id) => context.set({ sprint: id, day: "" }),
  });
  return html`
    ${field({ name: "ask", label: "Ask", bare: true, type: "choice", value: kind, choices: kinds, done: (to) => context.set({ ask: to }) })}
    ${kind === "howMany" ? html`${sprints.length > 0 ? sprint("By the end of") : nothing}
      ${field({ name: "until", label: sprints.length > 0 ? "or by" : "By", type: "date", value: params.day ?? "", min: choices.tomorrow, error, done: (day) => context.set({ day }) })}` : nothing}
    ${kind === "plan" ? (sprints.length > 0 ? sprint("The plan of") : nothing) : nothing}
    ${kind === "when" ? one(choices, context) : nothing}
    ${kind === "inOrder" ? several(choices, context) : nothing}`;
}

/** What a group can be. */
const things = [
  { value: "top", title: "the first items of the Product Backlog" },
  { value: "amount", title: "a number of items or points" },
  { value: "label", title: "the items with a label" },
  { value: "parent", title: "the parts of an item" },
];

/**
 * One group.
 * @param {ForecastChoices} choices
 * @param {Context} context
 */
function one(choices, context) {
  const { params } = context;
  const of = params.of ?? "top";
  const value = params.value ?? (params.of === undefined ? "10" : "");
  const picked = of === "items" ? [{ value: "items", title: `${countText(value.split(" ").length, "picked item")}` }] : [];
  return html`
    ${field({ name: "of", label: "What", type: "choice", value: of, choices: [...picked, ...things], done: (to) => context.set({ of: to, value: firstOf(choices, to) }) })}
    ${valueField(choices, "value", { of, value }, (to) => context.set({ of, value: to }))}
    ${of === "top" || of === "amount" ? nothing : field({ name: "above", label: "after all that stands above", type: "check", value: params.above === "1", done: (on) => context.set({ above: on ? "1" : "" }) })}`;
}

/**
 * What a kind of group begins with.
 * @param {ForecastChoices} choices
 * @param {string} of
 */
function firstOf(choices, of) {
  if (of === "label") return choices.labels[0]?.name ?? "";
  if (of === "parent") return choices.parents[0]?.item ?? "";
  return "10";
}

/**
 * @param {ForecastChoices} choices
 * @param {string} id
 * @param {Group} group
 * @param {(value: string) => void} put
 */
function valueField(choices, id, { of, value }, put) {
  if (of === "items") return nothing;
  if (of === "label") {
    const labels = choices.labels.map(({ name, items }) => ({ value: name, title: `${name} (${countText(items, "item")})` }));
    if (labels.length === 0) return html`<p class="is-quiet">No open item has a label yet.</p>`;
    return field({ id, name: "work", label: "Label", type: "choice", value, choices: labels, error, done: put });
  }
  if (of === "parent") {
    const parents = choices.parents.map(({ item, name, parts }) => ({ value: item, title: `${name} (${countText(parts, "part")})` }));
    if (parents.length === 0) return html`<p class="is-quiet">No item has open parts yet.</p>`;
    return field({ id, name: "work", label: "Item", type: "choice", value, choices: parents, error, done: put });
  }
  return field({ id, name: of === "top" ? "work" : "amount", label: of === "top" ? "How many" : "How much", type: "number", narrow: true, value, error, done: put });
}

/**
 * Groups one after the other.
 * @param {ForecastChoices} choices
 * @param {Context} context
 */
function several(choices, context) {
  const groups = groupsOf(context.params);
  const put = (/** @type {Group[]} */ all) => context.set({ groups: inAddress(all) });
  const named = (/** @type {Group} */ { of, value }, /** @type {number} */ at) => {
    const title = of === "parent" ? choices.parents.find(({ item }) => item === value)?.name ?? "an item" : of === "top" ? `the first ${value}` : value;
    return html`<li><span>${title}</span><button type="button" class="button is-plain" aria-label="Take ${title} away" @click=${() => put(groups.filter((_, place) => place !== at))}>×</button></li>`;
  };
  const left = (/** @type {string} */ of, /** @type {string} */ value) => !groups.some((group) => group.of === of && group.value === value);
  const offered = [
    ...choices.labels.filter(({ name }) => left("label", name)).map(({ name, items }) => ({ value: `label ${name}`, title: `${name} (label, ${countText(items, "item")})` })),
    ...choices.parents.filter(({ item }) => left("parent", item)).map(({ item, name, parts }) => ({ value: `parent ${item}`, title: `${name} (${countText(parts, "part")})` })),
    ...["5", "10", "20"].map((value) => ({ value: `top ${value}`, title: `the first ${value} of the Product Backlog` })),
  ];
  return html`
    ${groups.length > 0 ? html`<ol class="forecast-groups" aria-label="In this order">${groups.map(named)}</ol>` : html`<p class="is-quiet">Choose what comes first, then what comes after it.</p>`}
    ${field({ name: "groups", label: groups.length > 0 ? "then" : "First", type: "choice", value: "", choices: [{ value: "", title: "choose…" }, ...offered], error, done: (text) => {
      const [of = "", ...value] = text.split(" ");
      if (of !== "") put([...groups, { of, value: value.join(" ") }]);
    } })}`;
}

/**
 * What would be otherwise.
 * @param {ForecastChoices} choices
 * @param {Context} context
 */
function whatIf(choices, context) {
  const { params } = context;
  const put = (/** @type {string} */ name) => (/** @type {string} */ value) => context.set({ [name]: value });
  return html`<fieldset class="forecast-what-if"><legend>What if <span class="is-quiet">nothing is saved</span></legend>
    ${field({ name: "throughput", label: "Throughput", type: "number", unit: "% of the past", narrow: true, placeholder: "100", value: params.throughput ?? "", error, done: put("throughput") })}
    ${kindOf(params) === "howMany" ? nothing : field({ name: "scope", label: "More to do", type: "number", narrow: true, placeholder: "0", value: params.scope ?? "", error, done: put("scope") })}
    ${field({ name: "buffer", label: "Buffer", type: "number", unit: "%", narrow: true, placeholder: String(choices.buffer / 100), value: params.buffer ?? "", error, done: put("buffer") })}
    ${field({ name: "start", label: "Begins on", type: "date", min: choices.tomorrow, value: params.start ?? "", error, done: put("start") })}
  </fieldset>`;
}

/** The fields at which a refusal is said. */
const fields = ["until", "work", "amount", "groups", "throughput", "scope", "buffer", "start", "sprint"];

/**
 * The answer: in words, as marks, as a picture, with the past that it is drawn from.
 * @param {ForecastChoices} choices
 * @param {Context} context
 */
function shown(choices, context) {
  const { params } = context;
  if (!params.kept && asks(choices, params) === null) return nothingAsked(choices, params, context);
  const told = JSON.stringify([params.kept, asks(choices, params), params.unit, params.throughput, params.scope, params.buffer, params.start]);
  return html`
    ${answer && !error ? words(answer) : nothing}
    ${chart({
      id: "forecast-chart",
      question: told,
      ratio: 0.5,
      source: async ({ width }) => (await answerAt(choices, params, width)).chart,
      refused: (refused) => (fields.includes(refused.field) ? html`<p class="list-note">${refused.message} ${refused.hint}</p>` : empty({ title: refused.message, text: refused.hint, acts: [
        { id: "toBoard", title: "Board", run: () => context.go("board") },
        { id: "toImport", title: "Import a backlog", run: () => context.go("import") },
      ] })),
    })}
    ${answer && !error ? itemTable(answer, context) : nothing}
    <section class="forecast-past" aria-labelledby="forecast-past-title" ?hidden=${!answer || error !== undefined}><h2 id="forecast-past-title">What it is drawn from</h2>
      <p class="is-quiet">${answer?.method ?? ""}</p>
      ${chart({
        id: "forecast-past-chart",
        question: told,
        ratio: 0.2,
        source: async ({ width }) => (await answerAt(choices, params, width)).past,
        open: (size, behind) => void openBehind({ question: { chart: "throughput", theme: chartTheme(), ...size }, behind }, context).catch(fail),
        refused: () => nothing,
      })}
      ${params.kept ? nothing : html`<div class="forecast-window">${savedField({ name: "weeks", label: "Drawn from the last", type: "number", unit: "weeks", narrow: true, value: String(choices.weeks), save: (weeks) => run({ forecast: { setWindow: { weeks: Math.max(0, Math.round(Number(weeks)) || 0) } } }) })}</div>`}
    </section>`;
}

/**
 * What is missing before anything can be asked.
 * @param {ForecastChoices} choices
 * @param {Params} params
 * @param {Context} context
 */
function nothingAsked(choices, params, context) {
  const kind = kindOf(params);
  if (kind === "plan" || (kind === "howMany" && choices.sprints.length === 0)) {
    return empty({ title: "No Sprint is planned or running", text: kind === "plan" ? "Plan one and select what it should bring: then this page says how likely it is that all of it is done." : "Choose a day above, or plan a Sprint.", acts: [{ id: "toPlan", title: "Plan a Sprint", main: true, run: () => context.go("plan") }] });
  }
  if (kind === "inOrder") return empty({ title: "Several things, one after the other", text: "Choose labels or items with parts, in the order in which they are worked off. The answer says for each of them by when it is likely done." });
  return empty({ title: "Nothing is asked yet", text: "Say what it is about: a number of items, a label, or the parts of an item." });
}

/** @param {ForecastView} view */
function words(view) {
  const several = view.groups.length > 1;
  return html`<section class="forecast-answer" aria-live="polite">
    <h2>${view.question}</h2>
    <p class="forecast-said">${view.answer}</p>
    ${view.without ? html`<p class="is-quiet">Without the changes: ${view.without}</p>` : nothing}
    ${several ? nothing : html`<ol class="forecast-marks">${view.groups[0]?.marks.map((mark) => html`<li class=${mark.percent === 85 ? "is-strong" : ""}>
      <span class="is-number">${mark.percent} %</span><span class="is-quiet">${mark.likelihood}</span><span>${mark.said}</span>${mark.without && mark.without !== mark.said ? html`<span class="is-quiet">without: ${mark.without}</span>` : nothing}</li>`)}</ol>`}
    ${several ? table({
      caption: "By when each is done",
      columns: [
        { title: "In order", cell: (/** @type {ForecastGroup} */ group) => group.name },
        ...(view.groups[0]?.marks ?? []).map(({ percent, likelihood }, at) => ({ title: `${percent} %, ${likelihood}`, cell: (/** @type {ForecastGroup} */ group) => group.marks[at]?.said })),
      ],
      rows: view.groups,
    }) : nothing}
    ${view.notes.map((note) => html`<p class="is-quiet">${note}</p>`)}
    <p class="is-quiet">${view.held.said}${calibrated(view.held)}</p>
  </section>`;
}

/**
 * How forecasts of the other marks held.
 * @param {Held} held
 */
function calibrated({ coverage }) {
  const others = coverage.filter(({ percent, of }) => percent !== 85 && of > 0);
  return others.length === 0 ? nothing : ` At ${others.map(({ percent, held, of }) => `${percent} %: ${held} of ${of}`).join(", ")}.`;
}

/**
 * The items of a plan, each with its chance.
 * @param {ForecastView} view
 * @param {Context} context
 */
function itemTable({ items }, context) {
  if (items.length === 0) return nothing;
  return html`<details class="forecast-items"><summary>${countText(items.length, "item")} in order, each with the chance that it is done with all before it</summary>${table({
    caption: "The items of the plan",
    columns: [
      { title: "Item", cell: (/** @type {ItemOdds} */ one) => html`<button type="button" class="item-link" @click=${() => context.go("item", { id: one.item })}>${one.label} ${one.title}</button>` },
      { title: "Done", cell: (one) => one.said },
    ],
    rows: items.slice(0, 50),
    key: (one) => one.item,
  })}${items.length > 50 ? html`<p class="is-quiet">and ${countText(items.length - 50, "more")}</p>` : nothing}</details>`;
}

/**
 * The forecasts that were kept.
 * @param {KeptForecasts} kept
 * @param {Context} context
 */
function keptTable({ rows, held }, context) {
  if (rows.length === 0) return nothing;
  const scored = held.coverage.filter(({ of }) => of > 0);
  return html`<section class="forecast-kept" aria-labelledby="forecast-kept-title"><h2 id="forecast-kept-title">Kept</h2>
    ${scored.length > 0 ? html`<p class="is-quiet">${scored.map(({ percent, held: times, of }) => `${percent} %: held ${times} of ${of}`).join(" · ")}</p>` : nothing}
    ${table({
      caption: "Forecasts that were kept",
      columns: [
        { title: "Asked", cell: (/** @type {KeptRow} */ row) => html`<button type="button" class="cell-button" aria-label="Draw again: ${row.question}" @click=${() => context.set({ kept: row.id })}>${row.question}</button>` },
        { title: "When", cell: (row) => whenText(row.madeAt) },
        { title: "Said", cell: (row) => row.answer },
        { title: "What became of it", cell: (row) => html`<span class=${row.held === false ? "is-grave" : ""}>${row.outcome ?? "open"}</span>${row.scoredBy ? html` <span class="is-quiet">${row.scoredBy.name}</span>` : nothing}` },
      ],
      rows: rows.slice(0, 50),
      key: (row) => row.id,
    })}${rows.length > 50 ? html`<p class="is-quiet">and ${countText(rows.length - 50, "more")}</p>` : nothing}</section>`;
}

/** @type {import("../main.js").Screen} */
export const forecast = {
  name: "forecast",
  title: "Forecast",
  group: "Planning",
  key: "g f",
  query: () => [{ forecast: { choices: {} } }, { forecast: { kept: {} } }],
  draw,
  commands,
  keys: [["left right", "On a picture, read its points"]],
};
