// @ts-check
/**
 * The burn-down: what is left of a Sprint, day by day, beside the ideal pace.
 *
 * 1. Rust computes and draws it; the window asks again for every width, theme and change.
 * 2. One key changes between points and items; the picture can be kept as SVG and as PNG.
 * 3. The same figures stand in a table below.
 */
import { html, nothing } from "../parts/draw.js";
import { ask, host, onOpened } from "../host.js";
import { button, empty } from "../parts/button.js";
import { chart, chartTheme } from "../parts/chart.js";
import { menuButton } from "../parts/menu.js";
import { daysText, pointsText } from "../parts/text.js";
import { say } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */

/** @type {BurnDownView | undefined} what was drawn last */
let drawn;
onOpened(() => { drawn = undefined; });

/**
 * The Sprint that is shown: the one of the address, else the running, the next, or the last.
 * @param {SprintList} list
 * @param {Context} context
 */
function shown({ sprints }, { params }) {
  const named = sprints.find(({ id }) => id === params.sprint);
  const running = sprints.find(({ phase }) => phase === "active" || phase === "overdue");
  const next = sprints.filter(({ phase }) => phase === "planned").at(-1);
  return named ?? running ?? next ?? sprints[0];
}

/**
 * @param {SprintRow} sprint
 * @param {Context} context
 * @param {{width: number, height: number}} size
 * @returns {{flow: {burnDown: BurnDownQuestion}}}
 */
function question(sprint, { params }, size) {
  const unit = params.unit === "points" || params.unit === "items" ? params.unit : null;
  return { flow: { burnDown: { sprint: sprint.id, unit, theme: chartTheme(), ...size } } };
}

/**
 * @param {SprintList} list
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(list, context) {
  const sprint = shown(list, context);
  if (!sprint) return [{ id: "toPlan", title: "Plan a Sprint", main: true, run: () => context.go("plan") }];
  const others = list.sprints.filter(({ id }) => id !== sprint.id);
  const unit = drawn?.burnDown.unit === "items" ? "points" : "items";
  return [
    { id: "unit", title: `Count ${unit}`, key: "u", run: () => context.set({ unit }) },
    { id: "saveSvg", title: "Save as SVG…", key: "s", run: () => save(sprint, context, "svg") },
    { id: "savePng", title: "Save as PNG…", key: "shift+s", run: () => save(sprint, context, "png") },
    { id: "board", title: "Board", key: "b", when: () => sprint.phase === "active" || sprint.phase === "overdue", run: () => context.go("board") },
    { id: "report", title: "Report", key: "r", when: () => sprint.phase === "closed", run: () => context.go("sprints", { sprint: sprint.id }) },
    ...others.map(({ id, name }) => ({ id: `show-${id}`, title: `Show ${name}`, run: () => context.set({ sprint: id, unit: "" }) })),
  ];
}

/**
 * @param {SprintRow} sprint
 * @param {Context} context
 * @param {ChartFormat} format
 */
async function save(sprint, context, format) {
  const name = await host({ saveChart: { name: `${sprint.name} burn-down.${format}`, query: question(sprint, context, { width: 960, height: 540 }), format } });
  if (name) say(`Saved as ${name}`);
}

/**
 * @param {SprintList} list
 * @param {Context} context
 */
function draw(list, context) {
  const sprint = shown(list, context);
  const acts = commands(list, context);
  if (!sprint) {
    return html`<div class="screen-head"><div><h1>Burn-down</h1></div></div>
      ${empty({ title: "There is no Sprint yet", text: "Plan a Sprint and start it: from then on this page shows what is left, day by day, beside the ideal pace.", acts })}`;
  }
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  return html`<div class="screen-head">
      <div><h1>Burn-down</h1><p class="is-quiet">${sprint.name} · ${daysText(sprint.firstDay, sprint.lastDay)}${sprint.committed === null ? "" : ` · ${pointsText(sprint.committed)} committed`}</p></div>
      <div class="screen-acts">
        ${button(find("unit"), { plain: true })}${button(find("board"), { plain: true })}${button(find("report"), { plain: true })}
        ${menuButton({ title: "Save", label: "Save the picture", acts: () => acts.filter(({ id }) => id.startsWith("save")) })}
        ${acts.some(({ id }) => id.startsWith("show-")) ? menuButton({ title: sprint.name, label: `${sprint.name}: show another Sprint`, acts: () => acts.filter(({ id }) => id.startsWith("show-")) }) : nothing}
      </div>
    </div>
    <div class="burn">${chart({
      id: "burn-down",
      question: `${sprint.id} ${context.params.unit ?? ""}`,
      source: async (size) => {
        drawn = await ask(question(sprint, context, size));
        return drawn.chart;
      },
    })}</div>`;
}

/** @type {import("../main.js").Screen} */
export const burnDown = {
  name: "burn-down",
  title: "Burn-down",
  group: "",
  key: "g d",
  query: () => ({ sprint: { list: {} } }),
  draw,
  commands,
  keys: [["left right", "On the chart, read its points"]],
  everywhere: (context) => [{ id: "saveBurnDown", title: "Save the burn-down…", run: () => saveUsual(context) }],
};

/** @param {Context} context */
async function saveUsual(context) {
  const list = await ask({ sprint: { list: {} } });
  // Elsewhere a Sprint in the address is one that is planned, and nothing is burnt down yet.
  const at = /^#\/(burn-down|sprints)\b/.test(location.hash) ? context : { ...context, params: {} };
  const sprint = shown(list, at);
  if (sprint) await save(sprint, at, "svg");
  else context.go("burn-down");
}
