// @ts-check
/**
 * Charts: a Sprint, the Sprints one after another, the flow of work, the Product Backlog.
 *
 * 1. Rust computes and draws; the window asks again for every width, theme and change. What is shown is in the address.
 * 2. One chart is large; the others are a quiet list beside it, or all of them small together.
 * 3. Only the options that belong to a chart are offered. “As of” shows what was known at a past moment.
 * 4. For a room the chart fills the window, and keys lead from one to the next.
 * 5. A chart that cannot be drawn yet says what it needs, and leads there.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, host, onOpened, Refusal } from "../host.js";
import { button, empty } from "../parts/button.js";
import { chart, chartTheme, openBehind } from "../parts/chart.js";
import { field } from "../parts/field.js";
import { menuButton } from "../parts/menu.js";
import { countText, dayText, daysText } from "../parts/text.js";
import { fail, say } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {"sprint" | "unit" | "ideal" | "step" | "window" | "last" | "goal" | "period" | "service" | "asOf"} Option */
/** @typedef {{kind: ChartKind, title: string, group: string, options: Option[]}} Entry */

/** @type {Entry[]} the charts, in their order */
const entries = [
  { kind: "burnDown", title: "Burn-down", group: "Sprint", options: ["sprint", "unit", "ideal", "asOf"] },
  { kind: "burnUp", title: "Burn-up", group: "Sprint", options: ["sprint", "unit", "asOf"] },
  { kind: "twoLanes", title: "Two lanes", group: "Sprint", options: ["sprint", "unit", "asOf"] },
  { kind: "split", title: "Split", group: "Sprint", options: ["sprint", "unit", "asOf"] },
  { kind: "velocity", title: "Velocity", group: "Sprints", options: ["last", "unit", "asOf"] },
  { kind: "splitTrend", title: "Split over Sprints", group: "Sprints", options: ["last", "unit", "asOf"] },
  { kind: "interruptLoad", title: "Interrupt load", group: "Sprints", options: ["last", "asOf"] },
  { kind: "release", title: "Release or goal", group: "Sprints", options: ["goal", "last", "unit", "asOf"] },
  { kind: "cumulativeFlow", title: "Cumulative flow", group: "Flow", options: ["window", "asOf"] },
  { kind: "cycleTime", title: "Cycle times", group: "Flow", options: ["window", "asOf"] },
  { kind: "throughput", title: "Throughput", group: "Flow", options: ["step", "window", "asOf"] },
  { kind: "ageing", title: "Work in progress", group: "Flow", options: ["window", "asOf"] },
  { kind: "health", title: "Health", group: "Product Backlog", options: ["window", "asOf"] },
  { kind: "errorBudget", title: "Error budget", group: "Production", options: ["sprint", "asOf"] },
  { kind: "incidentTimes", title: "Incident times", group: "Production", options: ["window", "asOf"] },
  { kind: "delivery", title: "Delivery", group: "Production", options: ["period", "service", "last", "asOf"] },
];

/** @type {Unit[]} */
const units = ["points", "items"];
/** @type {Ideal[]} */
const ideals = ["even", "weighted"];
/** @type {Step[]} */
const steps = ["day", "week"];
/** @type {ChartPeriod[]} */
const periods = ["sprint", "month"];

/** @type {Record<string, {title: string, screen: string}>} where what a group's charts need comes from */
const ways = {
  Sprint: { title: "Plan a Sprint", screen: "plan" },
  Sprints: { title: "Sprints", screen: "sprints" },
  Production: { title: "Incidents", screen: "incidents" },
  delivery: { title: "Deployments", screen: "deployments" },
  errorBudget: { title: "Reliability", screen: "reliability" },
};

/** @type {Map<string, ChartView>} what was drawn last of each kind */
const drawn = new Map();
/** @type {Refusal | undefined} why an option is refused, said where it stands */
let refusedField;
onOpened(() => {
  drawn.clear();
  refusedField = undefined;
});

/** @typedef {[SprintList, TeamOverview, BacklogOverview?, LabelUse[]?, ServiceName[]?]} View the labels and services where a chart may be of one */

/** @param {Context} context */
function chosen({ params }) {
  return entries.find(({ kind }) => kind === params.chart) ?? /** @type {Entry} */ (entries[0]);
}

/**
 * The Sprint that is shown: the one of the address, else the running, the next, or the last.
 * @param {SprintList} list
 * @param {Context} context
 */
function shown({ sprints }, { params }) {
  const named = sprints.find(({ id }) => id === params.sprint);
  const running = sprints.find(isRunning);
  const next = sprints.filter(({ phase }) => phase === "planned").at(-1);
  return named ?? running ?? next ?? sprints[0];
}

/** @param {SprintRow} sprint */
function isRunning({ phase }) {
  return phase === "active" || phase === "overdue";
}

/**
 * The question of a chart, with what the address says of the options that it has.
 * @param {Entry} entry
 * @param {View} view
 * @param {Context} context
 * @param {{width: number, height: number}} size
 * @returns {ChartQuestion}
 */
function question(entry, view, context, size) {
  const { params } = context;
  const [list] = view;
  const has = (/** @type {Option} */ option) => entry.options.includes(option);
  return {
    chart: entry.kind,
    sprint: has("sprint") ? shown(list, context)?.id ?? null : null,
    edition: has("sprint") && params.sprint ? Number(params.edition) || null : null,
    unit: has("unit") ? known(params.unit, units) : null,
    ideal: has("ideal") ? known(params.ideal, ideals) : null,
    step: has("step") ? known(params.step, steps) : null,
    firstDay: has("window") ? params.from || null : null,
    lastDay: has("window") ? params.to || null : null,
    last: has("last") ? Number(params.last) || null : null,
    goal: has("goal") ? goal(view, context) : null,
    period: has("period") ? known(params.period, periods) : null,
    service: has("service") ? params.service || null : null,
    asOf: has("asOf") ? params.asOf || null : null,
    theme: chartTheme(),
    ...size,
  };
}

/**
 * The goal of the address, else the label that most items have.
 * @param {View} view
 * @param {Context} context
 * @returns {ChartGoal | null}
 */
function goal([, , , labels = []], { params }) {
  if (params.label) return { label: params.label };
  if (params.parent) return { parent: params.parent };
  const [most] = [...labels].sort((a, b) => b.items - a.items);
  return most ? { label: most.name } : null;
}

/**
 * @template {string} Word
 * @param {string | undefined} text
 * @param {Word[]} words
 * @returns {Word | null}
 */
function known(text, words) {
  return words.find((word) => word === text) ?? null;
}

/**
 * @param {View} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(view, context) {
  const [list] = view;
  const entry = chosen(context);
  const { params } = context;
  const all = params.all === "1";
  const sprint = entry.options.includes("sprint") ? shown(list, context) : undefined;
  const at = entries.indexOf(entry);
  const go = (/** @type {Entry | undefined} */ other) => other && context.set({ chart: other.kind, all: "" });
  const unit = drawn.get(entry.kind)?.unit === "items" ? "points" : "items";
  return [
    { id: "next", title: "Next chart", key: "]", when: () => entries.length > 1, run: () => go(entries[(at + 1) % entries.length]) },
    { id: "previous", title: "Previous chart", key: "[", when: () => entries.length > 1, run: () => go(entries[(at + entries.length - 1) % entries.length]) },
    { id: "all", title: all ? "One chart" : "All charts", key: "o", when: () => entries.length > 1, run: () => context.set({ all: all ? "" : "1", fill: "" }) },
    { id: "fill", title: params.fill ? "Show the rest of the window" : "Fill the window", key: "f", when: () => !all, run: () => fill(context) },
    { id: "leave", title: "Show the rest of the window", key: "escape", quiet: true, when: () => params.fill === "1", run: () => fill(context) },
    { id: "unit", title: `Count ${unit}`, key: "u", when: () => !all && entry.options.includes("unit"), run: () => context.set({ unit }) },
    ...(/** @type {const} */ ([["svg", "Save as SVG…", "s"], ["png", "Save as PNG…", "shift+s"], ["csv", "Save the table as CSV…", "alt+s"]])).map(([format, title, key]) => ({
      id: `save-${format}`,
      title,
      key,
      when: () => !all,
      run: () => save(entry, view, context, format),
    })),
    { id: "board", title: "Board", key: "b", when: () => sprint !== undefined && isRunning(sprint), run: () => context.go("board") },
    { id: "report", title: "Report", key: "r", when: () => sprint?.phase === "closed", run: () => context.go("sprints", { sprint: sprint?.id ?? "" }) },
    ...entries.filter((other) => other !== entry).map((other) => ({ id: `chart-${other.kind}`, title: `Chart: ${other.title}`, run: () => go(other) })),
    ...list.sprints.filter(({ id }) => sprint && id !== sprint.id).map(({ id, name }) => ({ id: `show-${id}`, title: `Show ${name}`, run: () => context.set({ sprint: id, unit: "", edition: "", asOf: "" }) })),
  ];
}

/** @param {Context} context */
async function fill(context) {
  const on = context.params.fill !== "1";
  context.set({ fill: on ? "1" : "" });
  await host({ fullScreen: { on } });
}

/**
 * @param {Entry} entry
 * @param {View} view
 * @param {Context} context
 * @param {ChartFormat} format
 */
async function save(entry, view, context, format) {
  const [list] = view;
  const sprint = entry.options.includes("sprint") ? shown(list, context) : undefined;
  const named = sprint ? `${sprint.name} ${entry.title.toLowerCase()}` : entry.title;
  const query = { flow: { chart: question(entry, view, context, { width: 960, height: 540 }) } };
  const name = await host({ saveChart: { name: `${named}.${format}`, query, format } });
  if (name) say(`Saved as ${name}`);
}

/**
 * @param {View} view
 * @param {Context} context
 */
function draw(view, context) {
  const [list] = view;
  const acts = commands(view, context);
  const entry = chosen(context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  if (context.params.all === "1") return overview(view, context, acts);
  const filled = context.params.fill === "1";
  return html`<div class="charts ${filled ? "is-filled" : ""}">
    <nav class="charts-list" aria-label="Charts">${groups().map(([group, some]) => html`<h2>${group}</h2>
      ${some.map((one) => html`<a href=${address(one, context)} aria-current=${one === entry ? "page" : nothing}>${one.title}</a>`)}`)}</nav>
    <div class="charts-shown">
      <div class="screen-head">
        <div><h1>${entry.title}</h1>${about(entry, list, context)}</div>
        <div class="screen-acts">
          ${button(find("unit"), { plain: true })}${button(find("board"), { plain: true })}${button(find("report"), { plain: true })}
          ${button(find("all"), { plain: true })}${button(find("fill"), { plain: true })}
          ${menuButton({ title: "Save", label: "Save the chart", acts: () => acts.filter(({ id }) => id.startsWith("save-")) })}
        </div>
      </div>
      ${options(entry, view, context)}
      ${filled ? html`<div class="charts-leave">${button(find("leave"), { plain: true })}</div>` : nothing}
      ${large(entry, view, context)}
    </div>
  </div>`;
}

/** The groups with their charts. */
function groups() {
  return [...new Set(entries.map(({ group }) => group))].map((group) => /** @type {const} */ ([group, entries.filter((one) => one.group === group)]));
}

/**
 * @param {Entry} entry
 * @param {Context} context
 */
function address(entry, { params }) {
  const kept = { ...params, chart: entry.kind, all: "" };
  return `#/charts?${new URLSearchParams(Object.entries(kept).filter(([, value]) => value !== ""))}`;
}

/**
 * @param {Entry} entry
 * @param {SprintList} list
 * @param {Context} context
 */
function about(entry, list, context) {
  const sprint = entry.options.includes("sprint") ? shown(list, context) : undefined;
  return sprint ? html`<p class="is-quiet">${sprint.name} · ${daysText(sprint.firstDay, sprint.lastDay)}</p>` : nothing;
}

/**
 * @param {Entry} entry
 * @param {View} view
 * @param {Context} context
 */
function large(entry, view, context) {
  const counts = view[2]?.counts;
  if (counts && counts.open + counts.ended === 0 && !(entry.group in ways)) {
    return empty({
      title: "There is no item yet",
      text: "Write items into the Product Backlog, or import those of another tracker, with their history where it has one. What is moved on the Board is drawn here from its first day on.",
      acts: [
        { id: "toBacklog", title: "Backlog", main: true, run: () => context.go("backlog") },
        { id: "toImport", title: "Import…", run: () => context.go("import") },
      ],
    });
  }
  const asked = { ...question(entry, view, context, { width: 0, height: 0 }), theme: "" };
  const whole = context.params.fill === "1" || chartTheme() === "projector";
  return chart({
    id: "chart",
    question: JSON.stringify(asked),
    whole,
    bare: context.params.fill === "1",
    source: async (size) => {
      try {
        const answer = await ask({ flow: { chart: question(entry, view, context, size) } });
        drawn.set(entry.kind, answer);
        tell(undefined);
        return answer.chart;
      } catch (error) {
        tell(error instanceof Refusal && error.field ? error : undefined);
        throw error;
      }
    },
    open: (size, behind) => void openBehind({ question: question(entry, view, context, size), behind }, context).catch(fail),
    refused: (error) => refused(entry, error, context),
  });
}

/** @param {Refusal | undefined} error */
function tell(error) {
  refusedField = error;
  // The button that counts the other unit knows it from the drawing.
  redraw();
}

/**
 * What a chart needs before it can be drawn.
 * @param {Entry} entry
 * @param {Refusal} error
 * @param {Context} context
 */
function refused(entry, error, context) {
  if (error.field === "goal" && !context.params.label && !context.params.parent) {
    return empty({
      title: "No item has a label yet",
      text: "Select in Backlog the items that belong together, and give them a label, such as that of a release. Then this chart shows how much they are, what is done of them, and when the rest may be done.",
      acts: [{ id: "toBacklog", title: "Backlog", main: true, run: () => context.go("backlog") }],
    });
  }
  const way = ways[entry.kind] ?? ways[entry.group];
  const acts = way && error.kind === "refused" && !error.field ? [{ id: "way", title: way.title, main: true, run: () => context.go(way.screen) }] : [];
  return empty({ title: error.message, text: error.hint, acts });
}

/**
 * All charts small; those that cannot be drawn yet say why.
 * @param {View} view
 * @param {Context} context
 * @param {Act[]} acts
 */
function overview(view, context, acts) {
  return html`<div class="screen-head"><div><h1>Charts</h1></div>
      <div class="screen-acts">${button(acts.find(({ id }) => id === "all"), { plain: true })}</div></div>
    ${groups().map(([group, some]) => html`<h2 class="charts-group">${group}</h2>
      <div class="charts-all">${some.map((one) => html`<a class="charts-one" href=${address(one, context)} aria-label=${one.title}>
        <span class="is-quiet">${one.title}</span>
        ${chart({
          id: `small-${one.kind}`,
          question: JSON.stringify({ ...question(one, view, context, { width: 0, height: 0 }), theme: "" }),
          still: true,
          source: async (size) => (await ask({ flow: { chart: question(one, view, context, size) } })).chart,
          refused: (error) => html`<p class="charts-none">${error.message} ${error.hint}</p>`,
        })}</a>`)}</div>`)}`;
}

/**
 * The options of a chart, in a row; its unit has a button of its own.
 * @param {Entry} entry
 * @param {View} view
 * @param {Context} context
 */
function options(entry, view, context) {
  const { params } = context;
  const [list, team, , labels = [], services = []] = view;
  const sprint = shown(list, context);
  /** @type {Record<Exclude<Option, "unit">, () => unknown>} */
  const fields = {
    sprint: () => (sprint ? field({
      name: "sprint", label: "Sprint", type: "choice", value: sprint.id,
      choices: list.sprints.map(({ id, name }) => ({ value: id, title: name })),
      done: (id) => context.set({ sprint: id, unit: "", edition: "", asOf: "" }),
    }) : nothing),
    ideal: () => field({
      name: "ideal", label: "Ideal", type: "choice", value: params.ideal ?? "",
      choices: [{ value: "", title: "even" }, { value: "weighted", title: "by hours" }],
      done: (ideal) => context.set({ ideal }),
    }),
    step: () => field({
      name: "step", label: "A column is", type: "choice", value: params.step ?? "",
      choices: [{ value: "", title: "what fits" }, { value: "day", title: "a day" }, { value: "week", title: "a week" }],
      done: (step) => context.set({ step }),
    }),
    window: () => html`${field({ name: "firstDay", label: "From", type: "date", value: params.from ?? "", max: params.to || team.today, error: refusedField, done: (from) => context.set({ from }) })}
      ${field({ name: "lastDay", label: "to", type: "date", value: params.to ?? "", max: team.today, error: refusedField, done: (to) => context.set({ to }) })}`,
    last: () => field({
      name: "last", label: entry.options.includes("period") ? "Sprints or months" : "Sprints", type: "choice", value: params.last ?? "",
      choices: [{ value: "", title: "the usual" }, ...["6", "12", "24", "60"].map((value) => ({ value, title: `the last ${value}` }))],
      done: (last) => context.set({ last }),
    }),
    goal: () => {
      const of = goal(view, context);
      return of === null ? nothing : field({
        name: "goal", label: "Of", type: "choice", value: "label" in of ? `label ${of.label}` : "parent",
        choices: [
          ...("parent" in of ? [{ value: "parent", title: "the parts of an item" }] : []),
          ...labels.map(({ name, items }) => ({ value: `label ${name}`, title: `${name} (${countText(items, "item")})` })),
        ],
        done: (one) => { if (one.startsWith("label ")) context.set({ label: one.slice(6), parent: "" }); },
      });
    },
    period: () => field({
      name: "period", label: "A column is", type: "choice", value: params.period ?? "", error: refusedField,
      choices: [{ value: "", title: "what fits" }, { value: "sprint", title: "a Sprint" }, { value: "month", title: "a month" }],
      done: (period) => context.set({ period }),
    }),
    service: () => (services.length > 1 ? field({
      name: "service", label: "Service", type: "choice", value: params.service ?? "",
      choices: [{ value: "", title: "all services" }, ...services.map(({ id, name }) => ({ value: id, title: name }))],
      done: (service) => context.set({ service }),
    }) : nothing),
    asOf: () => html`${sprint && sprint.phase !== "planned" && entry.options.includes("sprint") ? daySlider(sprint, view, context) : nothing}${field({
      name: "asOf", label: "As of", value: params.asOf ?? "", placeholder: sprint?.phase === "closed" && entry.options.includes("sprint") ? "the close" : "now", error: refusedField,
      done: (asOf) => context.set({ asOf: asOf.trim() }),
    })}`,
  };
  return html`<div class="charts-options">${entry.options.map((option) => (option === "unit" ? nothing : fields[option]()))}</div>`;
}

/**
 * The days of a Sprint that was started, to go through one by one; the last is now, or its close.
 * @param {SprintRow} sprint
 * @param {View} view
 * @param {Context} context
 */
function daySlider(sprint, [, team], context) {
  const closed = sprint.phase === "closed";
  const most = daysBetween(sprint.firstDay, closed && sprint.lastDay < team.today ? sprint.lastDay : team.today);
  if (most < 1) return nothing;
  // Nothing, or what is no day, is now.
  const asked = daysBetween(sprint.firstDay, (context.params.asOf ?? "").slice(0, 10));
  const at = Number.isNaN(asked) ? most : Math.max(0, Math.min(most, asked));
  const says = at === most ? (closed ? "the close" : "now") : `end of ${dayText(plusDays(sprint.firstDay, at))}`;
  const move = (/** @type {Event} */ event) => {
    const day = Number(/** @type {HTMLInputElement} */ (event.currentTarget).value);
    context.set({ asOf: day >= most ? "" : plusDays(sprint.firstDay, day) }, true);
  };
  return html`<div class="field charts-days"><label for="day">Day by day</label>
    <span class="field-input"><input id="day" type="range" min="0" max=${most} step="1" .value=${String(at)} aria-valuetext=${says} @input=${move}></span></div>`;
}

/**
 * @param {string} first `YYYY-MM-DD`
 * @param {string} last
 */
function daysBetween(first, last) {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000);
}

/**
 * @param {string} day
 * @param {number} days
 */
function plusDays(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** @type {import("../main.js").Screen} */
export const charts = {
  name: "charts",
  title: "Charts",
  group: "Looking back",
  key: "g d",
  query: (params) => {
    /** @type {Query[]} */
    const always = [{ sprint: { list: {} } }, { team: { overview: {} } }, { backlog: { overview: {} } }];
    const ofGoal = params.all === "1" || entries.some(({ kind, options }) => kind === params.chart && options.includes("goal"));
    const ofService = entries.some(({ kind, options }) => kind === params.chart && options.includes("service"));
    if (ofService) return [...always, { backlog: { labels: {} } }, { reliability: { services: {} } }];
    return ofGoal ? [...always, { backlog: { labels: {} } }] : always;
  },
  draw,
  commands,
  keys: [["left right", "On the chart, read its points"], ["enter", "Open what stands behind a point"]],
  everywhere: (context) => [{ id: "saveBurnDown", title: "Save the burn-down…", run: () => saveUsual(context) }],
};

/** @param {Context} context */
async function saveUsual(context) {
  /** @type {View} */
  const view = await Promise.all([ask({ sprint: { list: {} } }), ask({ team: { overview: {} } })]);
  const [burnDown] = entries;
  // Elsewhere a Sprint in the address is one that is planned, and nothing is burnt down yet.
  const at = /^#\/(charts|sprints)\b/.test(location.hash) ? context : { ...context, params: {} };
  if (burnDown && shown(view[0], at)) await save(burnDown, view, at, "svg");
  else context.go("charts");
}
