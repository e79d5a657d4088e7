// @ts-check
/**
 * Boot, the way from the address to a screen, the frame, and the keyboard.
 *
 * 1. What is on screen is a function of the address and the team file: `#/backlog?kind=bug` names the screen and its parameters.
 * 2. A screen is a question and a drawing; after every change the screen asks again, and the old drawing stays until the answer is there.
 * 3. A screen that is not in the list below does not exist: not in the navigation, not in the palette, not in the native menu.
 * 4. Ctrl+Z in a text field undoes typing, elsewhere the last operation.
 * 5. The focus is where it was after every redraw; a new screen gets it at its list or its title.
 */
import { html, keyed, nothing, onRedraw, redraw, render } from "./parts/draw.js";
import { ask, host, on, onRefresh, opened, Refusal, refresh, refusal } from "./host.js";
import { actOf, isText, isTyping, keyOf } from "./parts/keys.js";
import { button } from "./parts/button.js";
import { damageNotice } from "./parts/damage.js";
import { openForm } from "./parts/dialog.js";
import { daysText, countText } from "./parts/text.js";
import { openKeys, openPalette } from "./parts/palette.js";
import { fail, perform, redo, undo } from "./parts/toast.js";
import { backlog } from "./screens/backlog.js";
import { welcome } from "./screens/welcome.js";
import { board } from "./screens/board.js";
import { calendar } from "./screens/calendar.js";
import { charts } from "./screens/charts.js";
import { daily } from "./screens/daily.js";
import { deployments } from "./screens/deployments.js";
import { exchange } from "./screens/exchange.js";
import { forecast } from "./screens/forecast.js";
import { history } from "./screens/history.js";
import { incidents } from "./screens/incidents.js";
import { interrupts } from "./screens/interrupts.js";
import { item } from "./screens/item.js";
import { onCall } from "./screens/on_call.js";
import { plan } from "./screens/plan.js";
import { priority } from "./screens/priority.js";
import { reliability } from "./screens/reliability.js";
import { sprints } from "./screens/sprints.js";
import { settings } from "./screens/settings.js";

/**
 * @typedef {object} Context what a screen is given beside the answer
 * @property {Record<string, string>} params of the address
 * @property {DeviceSettings} settings of this device
 * @property {(name: string, params?: Record<string, string>) => void} go to another screen
 * @property {(change: Record<string, string> | ((params: Record<string, string>) => Record<string, string>), quiet?: boolean) => void} set parameters of this screen, or what they become from what they are; "" takes one away; `quiet` leaves no step for Back
 */

/**
 * @typedef {object} Screen
 * @property {string} name in the address
 * @property {string} title in the navigation
 * @property {string} group of the navigation: "" (the Sprint itself, first and without a heading), "Planning", "Production" (the live product),
 *   "Looking back" or "Team"; groups and screens stand in the order of `screens`
 * @property {string} [key] that goes there: "g b"
 * @property {boolean} [aside] reached from other screens only: not in the navigation
 * @property {(params: Record<string, string>) => Query | Query[] | null} query asked at every refresh; several give `draw` an array
 * @property {(view: any, context: Context) => unknown} draw
 * @property {(view: any, context: Context) => import("./parts/keys.js").Act[]} commands of the screen while it is shown
 * @property {[string, string][]} [keys] keys that a part of the screen takes itself, and what they do there: for the sheet of keys
 * @property {(context: Context) => import("./parts/keys.js").Act[]} [everywhere] commands that are offered on every screen
 * @property {(text: string) => Promise<import("./parts/palette.js").Found[]>} [find] looks for items for the palette
 */

/** @type {Screen[]} the navigation, in its order */
const screens = [
  plan, daily, board,
  calendar, backlog, priority, forecast, item,
  incidents, reliability, deployments, interrupts, onCall,
  charts, sprints,
  exchange, settings, history,
];

/**
 * @typedef {object} Shown what is on screen
 * @property {Screen | null} screen null while no team is open
 * @property {Record<string, string>} params
 * @property {any} view the answer to the screen's query; the recent teams while no team is open
 * @property {import("./host.js").Refusal | null} error
 * @property {TeamOverview | null} team null while no team is open
 * @property {UndoState} undo
 * @property {boolean} readOnly the file may only be read
 * @property {DamagedFile | null} damaged the file that is damaged: the open one, or one that was refused
 * @property {DeviceSettings} settings
 */

/** @type {Shown} */
let shown = { screen: null, params: {}, view: [], error: null, team: null, undo: { undo: null, redo: null }, readOnly: false, damaged: null, settings: { person: "", theme: "system" } };
let asks = 0;
let started = false;
/** How many teams were in this window: each has a screen of its own, with nothing left of the one before. */
let teams = 0;

/** @type {Promise<void>} the last asking */
let asking = Promise.resolve();

/** Asks everything that the address needs, then draws. */
function askAgain() {
  asking = askNow();
  return asking;
}

/** Waits until what the address names is shown. */
async function arrived() {
  for (let last; last !== asking; await last) last = asking;
}

async function askNow() {
  const ticket = (asks += 1);
  const { screen, params } = route();
  /** @type {Shown} */
  const next = { ...shown, screen, params, error: null };
  try {
    const query = screen.query(params);
    // All at once; what a window without a team is refused is of no matter.
    const asked = Promise.all([
      ask({ team: { overview: {} } }),
      ask({ journal: { undoState: {} } }),
      query === null ? null : Array.isArray(query) ? Promise.all(query.map((one) => ask(one))) : ask(query),
    ]).catch(refusal);
    const info = await host({ windowInfo: {} });
    next.settings = info.settings;
    next.readOnly = info.readOnly;
    next.damaged = info.damaged;
    dress(info.settings.theme);
    // A damaged file is told of above the page, with its copies.
    if (info.refused && !info.damaged) fail(info.refused);
    if (info.team === null) {
      next.screen = null;
      next.team = null;
      next.view = await host({ recent: {} });
    } else {
      const answers = await asked;
      if (answers instanceof Refusal) throw answers;
      [next.team, next.undo, next.view] = answers;
    }
  } catch (error) {
    next.error = refusal(error);
  }
  if (ticket !== asks) return;
  const moved = started && (next.screen !== shown.screen || next.params.id !== shown.params.id);
  shown = next;
  draw();
  if (moved || !started) focusStart();
  if (!started) {
    started = true;
    await host({ ready: { screens: screens.filter(({ aside }) => !aside).map(({ name, title }) => ({ name, title })) } });
  }
}

/** @returns {{screen: Screen, params: Record<string, string>}} */
function route() {
  const [path = "", search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const screen = screens.find(({ name }) => name === path) ?? screens[0];
  return { screen: /** @type {Screen} */ (screen), params: Object.fromEntries(new URLSearchParams(search)) };
}

/**
 * @param {string} name
 * @param {Record<string, string>} [params]
 */
function address(name, params = {}) {
  const search = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== "")).toString();
  return `#/${name}${search ? `?${search}` : ""}`;
}

/** @returns {Context} */
function context() {
  return {
    params: shown.params,
    settings: shown.settings,
    go: (name, params) => {
      location.hash = address(name, params);
    },
    set: (change, quiet) => {
      // The address, not the drawing: between two quick changes the drawing is behind.
      const now = route();
      const hash = address(now.screen.name, { ...now.params, ...(typeof change === "function" ? change(now.params) : change) });
      if (hash === location.hash) return;
      if (!quiet) {
        location.hash = hash;
        return;
      }
      history_.replaceState(null, "", hash);
      // It comes with typing: the letters that follow are waited for.
      clearTimeout(soon);
      soon = setTimeout(() => void askAgain(), 120);
    },
  };
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

// The browser's own history; the screen of that name is the team's.
const history_ = globalThis.history;

/** @returns {import("./parts/keys.js").Act[]} commands of the screen */
function screenActs() {
  return shown.screen && !shown.error ? shown.screen.commands(shown.view, context()) : [];
}

/** @returns {import("./parts/keys.js").Act[]} commands of the window */
function windowActs() {
  const open = () => shown.screen !== null;
  return [
    ...(open() ? screens.flatMap((screen) => screen.everywhere?.(context()) ?? []) : []),
    { id: "undo", title: shown.undo.undo ? `Undo “${shown.undo.undo}”` : "Undo", key: "ctrl+z", when: () => open() && !shown.readOnly && shown.undo.undo !== null, run: () => undo() },
    { id: "redo", title: shown.undo.redo ? `Redo “${shown.undo.redo}”` : "Redo", key: "ctrl+shift+z", when: () => open() && !shown.readOnly && shown.undo.redo !== null, run: () => redo() },
    { id: "palette", title: "Commands", key: "ctrl+k", run: palette },
    { id: "keys", title: "Keys", key: "?", run: keys },
    ...screens.filter(({ aside }) => !aside).map((screen) => ({ id: `screen-${screen.name}`, title: `Go to ${screen.title}`, key: screen.key, when: open, run: () => context().go(screen.name) })),
    ...welcome.commands(),
    { id: "closeTeam", title: "Close the team", when: open, run: () => host({ closeTeam: {} }).then(refresh) },
    { id: "person", title: shown.settings.person ? `You are ${shown.settings.person}…` : "You are …", run: introduce },
    ...(/** @type {const} */ (["light", "dark", "system", "projector"])).map((theme) => ({
      id: `theme-${theme}`,
      title: theme === "system" ? "Look: as the system" : `Look: ${theme}`,
      when: () => shown.settings.theme !== theme,
      run: () => choose(theme),
    })),
  ];
}

function palette() {
  const here = [...screenActs(), ...windowActs().filter(({ id }) => id !== "palette")];
  return openPalette(here, async (text) => {
    if (!shown.screen) return [];
    const found = await Promise.all(screens.map((screen) => screen.find?.(text) ?? []));
    return found.flat();
  }, elsewhereActs(new Set(here.map(({ title }) => title))));
}

/**
 * The commands of the screens that are not shown, each of which goes to its screen first. Those that only lead to a screen are in the window's.
 * @param {Set<string>} known titles of commands that are offered without them
 * @returns {Promise<import("./parts/palette.js").Offer[]>}
 */
async function elsewhereActs(known) {
  if (!shown.screen) return [];
  const others = screens.filter((screen) => screen !== shown.screen && !screen.aside);
  const places = new Set(screens.map(({ title }) => title));
  const all = await Promise.all(others.map(async (screen) => {
    const query = screen.query({});
    const view = query === null ? null : await (Array.isArray(query) ? Promise.all(query.map((one) => ask(one))) : ask(query));
    return screen.commands(view, { ...context(), params: {} })
      .filter(({ title, when }) => (when?.() ?? true) && !known.has(title) && !places.has(title))
      .map(({ id, title }) => ({ id: `${screen.name}-${id}`, title, note: screen.title, run: () => goAndRun(screen, id) }));
  }));
  return all.flat();
}

/**
 * Goes to a screen, and runs a command of it if it is offered there.
 * @param {Screen} screen
 * @param {string} id
 */
async function goAndRun(screen, id) {
  const there = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  context().go(screen.name);
  await there;
  await arrived();
  const act = shown.screen === screen ? screenActs().find((one) => one.id === id) : undefined;
  if (act && (act.when?.() ?? true)) await act.run();
}

function keys() {
  const own = (shown.screen?.keys ?? []).map(([key, title]) => ({ key, title }));
  return openKeys([{ title: shown.screen?.title ?? "", acts: [...own, ...screenActs()] }, { title: "Everywhere", acts: windowActs() }]);
}

/** @param {DeviceTheme} theme */
async function choose(theme) {
  await host({ setTheme: { theme } });
  await askAgain();
}

function introduce() {
  return openForm({
    title: "You are …",
    action: "Save",
    values: { person: shown.settings.person },
    draw: (form) => form.field({ name: "person", label: "Your name", hint: "It is written beside what you do in the team file. It is kept on this device, and may be empty.", autofocus: true }),
    send: async ({ person }) => {
      const settings = await host({ setSettings: { settings: { ...shown.settings, person } } });
      void askAgain();
      return settings;
    },
  });
}

/** @param {DeviceTheme} theme */
function dress(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function draw() {
  const place = document.getElementById("window");
  if (!place) return;
  const held = document.activeElement;
  const heldId = held?.id ?? "";
  render(shown.screen ? frame(shown.screen) : first(), place);
  if (held && held !== document.body && !held.isConnected && document.activeElement === document.body) {
    const again = heldId ? document.getElementById(heldId) : null;
    if (again) again.focus();
    else focusStart();
  }
}

/** The window while no team is open. */
function first() {
  return shown.error ? html`<main class="first">${problem(shown.error)}</main>` : keyed("welcome", welcome.draw(shown.view, shown.damaged));
}

/** @param {Screen} screen */
function frame(screen) {
  const listed = screens.filter(({ aside }) => !aside);
  const groups = [...new Set(listed.map(({ group }) => group))];
  const acts = windowActs();
  const act = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  return html`
    <a class="skip" href="#content" @click=${(/** @type {Event} */ event) => { event.preventDefault(); focusStart(); }}>Skip to the content</a>
    <header class="top">
      <strong>${shown.team?.name ?? "Evenkeel"}</strong>
      <span class="is-quiet">${sprintLine(shown.team)}</span>
      ${shown.readOnly ? html`<span class="top-read" title="The file may only be read: nothing can be changed here, all of it can be looked at and saved elsewhere.">read only</span>` : nothing}
      <span class="top-space"></span>
      ${button(act("undo"), { plain: true })}
      ${button(act("palette"), { plain: true })}
    </header>
    <nav class="side" aria-label="Screens">
      ${groups.map((group) => html`${group ? html`<h2>${group}</h2>` : nothing}
        ${listed.filter((one) => one.group === group).map((one) => html`<a href=${address(one.name)} aria-current=${one === screen ? "page" : nothing}>${one.title}</a>`)}`)}
    </nav>
    <main id="content" tabindex="-1">${damageNotice(shown.damaged)}${keyed(`${teams} ${screen.name}`, html`<div class="screen is-${screen.name}">${drawn(screen)}</div>`)}</main>`;
}

/**
 * The screen, or what went wrong; a mistake in one screen leaves the others usable.
 * @param {Screen} screen
 */
function drawn(screen) {
  try {
    return shown.error ? problem(shown.error) : screen.draw(shown.view, context());
  } catch (error) {
    return problem(refusal(error));
  }
}

/**
 * "Sprint 43 · 30 Nov – 11 Dec · 9 working days".
 * @param {TeamOverview | null} team
 */
function sprintLine(team) {
  const sprint = team?.sprint;
  return sprint ? [sprint.name, daysText(sprint.firstDay, sprint.lastDay), countText(sprint.workingDays, "working day")].join(" · ") : "";
}

/** @param {import("./host.js").Refusal} error */
function problem(error) {
  return html`<div class="empty" role="alert"><h2 tabindex="-1">${error.message}</h2><p>${error.hint}</p>
    <div class="empty-acts">${button({ id: "again", title: "Ask again", main: true, run: askAgain })}</div></div>`;
}

function focusStart() {
  const place = document.getElementById("window");
  const start = /** @type {HTMLElement | null} */ (place?.querySelector("[data-start]") ?? place?.querySelector("h1") ?? place?.querySelector("main"));
  if (start && !start.hasAttribute("tabindex")) start.tabIndex = -1;
  start?.focus({ preventScroll: true });
}

/** Whether a dialog or a menu takes the keys. */
function isCovered() {
  return document.querySelector("dialog[open], .menu") !== null;
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  const key = keyOf(event);
  const back = key === "ctrl+z";
  const again = key === "ctrl+shift+z" || key === "ctrl+y";
  if (back || again) {
    event.preventDefault();
    // WebKitGTK has no undo key of its own.
    if (isText(event.target)) document.execCommand(back ? "undo" : "redo");
    // Rust says whether there is something to undo: what the page knows may be a moment old.
    else if (!isCovered() && shown.screen) void (back ? undo() : redo());
    return;
  }
  if (isCovered()) return;
  const act = actOf(event, [...screenActs(), ...windowActs()]);
  if (!act) return;
  event.preventDefault();
  void perform(act);
});

addEventListener("contextmenu", (event) => {
  if (!isTyping(event.target)) event.preventDefault();
});

addEventListener("unhandledrejection", (event) => fail(event.reason));
// A resize that goes on is told without an error.
addEventListener("error", (event) => { if (event.error) fail(event.error); });
addEventListener("hashchange", () => void askAgain());
onRefresh(askAgain);
onRedraw(draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void askAgain());

/** Another team is in this window: it is shown from its beginning. */
function another() {
  teams += 1;
  opened();
  if (location.hash) history_.replaceState(null, "", location.pathname);
  refresh();
}

/** @param {MenuChoice} choice */
function chosen({ id, value }) {
  if (isCovered()) return;
  if (id === "screen" || id === "import") context().go(value || id);
  else if (id === "theme") void perform({ id, title: "", run: () => choose(/** @type {DeviceTheme} */ (value)) });
  else if (id === "openRecent") void perform({ id, title: "", run: () => host({ openRecent: { handle: value } }) });
  else {
    const act = windowActs().find((one) => one.id === id);
    if (act && (act.when?.() ?? true)) void perform(act);
  }
}

// Before the first question, so that nothing is missed that comes after its answer; and not waited for.
const listening = Promise.all([
  on("menu", chosen),
  on("changed", refresh),
  on("opened", another),
  on("theme", () => void askAgain()),
]).catch(fail);
await askAgain();
await listening;
redraw();
