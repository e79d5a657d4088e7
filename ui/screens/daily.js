// @ts-check
/**
 * The Daily Scrum: production, what is new, what stands in the way and who takes what, on one page; then the walk, person by person or item by item.
 *
 * 1. The page is for a room: what matters is seen without scrolling, and `F` gives it the whole window.
 * 2. Whatever row has the focus is what the keys act on: a digit gives it to somebody, Enter opens it.
 * 3. What is said is kept at once, and of whom or of what the walk has come to.
 * 4. The clock runs only while a Daily Scrum goes on; nothing waits for it.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, host, onOpened, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { chart } from "../parts/chart.js";
import { openDialog, openForm } from "../parts/dialog.js";
import { gaugeCard, overflowBanner } from "../parts/gauge.js";
import { isTyping, kbd } from "../parts/keys.js";
import { menuButton, openMenu } from "../parts/menu.js";
import { clockText, countText, dayText, pointsText, weekdayText } from "../parts/text.js";
import { act, say, sayDone } from "../parts/toast.js";
import { decideAct } from "./interrupts.js";
import { block, moveTo } from "./item.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {{id: string, title: string, note: string, items: DailyItem[], member: string | null, item: string | null}} Step of a walk */

/** What has the focus, or had it last: `item:…`, `incident:…` or `interrupt:…`. */
let active = "";
onOpened(() => { active = ""; });

/** How many people have a digit. */
const DIGITS = 9;

/** @param {DailyBoard} board */
function isRunning({ daily }) {
  return daily !== null && daily.endedAt === null;
}

/**
 * The active item that is still shown.
 * @param {DailyBoard} board
 */
function activeItem(board) {
  const [kind, id] = active.split(":");
  if (kind !== "item") return undefined;
  return board.items.find((item) => item.id === id) ?? board.blockers.map(({ item, label, owner, reason }) => ({ id: item, label, owner, blocked: reason })).find((item) => item.id === id);
}

/**
 * The active incident or interrupt that is still shown.
 * @param {DailyBoard} board
 */
function activeGrave(board) {
  return board.triage.find((one) => keyOf(one) === active);
}

/** @param {DailyTriage} one */
function keyOf({ incident, interrupt }) {
  return incident ? `incident:${incident}` : `interrupt:${interrupt}`;
}

/** @param {DailyBoard} board */
function whoCanTake({ people }) {
  return people.filter(({ here }) => here).slice(0, DIGITS);
}

/**
 * Gives what is active to somebody, or to nobody.
 * @param {DailyBoard} board
 * @param {DailyPerson | null} person
 */
function give(board, person) {
  const grave = activeGrave(board);
  const item = activeItem(board);
  const owner = person?.member ?? null;
  if (grave?.incident) return act({ incident: { assign: { incident: grave.incident, owner } } });
  if (grave?.interrupt) return act({ interrupt: { assign: { interrupt: grave.interrupt, owner } } });
  if (item) return act({ backlog: { assign: { items: [item.id], owner } } });
  return undefined;
}

/**
 * The steps of the walk that the address names.
 * @param {DailyBoard} board
 * @param {Record<string, string>} params
 * @returns {Step[]}
 */
function steps(board, { walk }) {
  const open = board.items.filter(({ category }) => category !== "done" && category !== "cancelled");
  if (walk === "items") return open.map((item) => ({ id: item.id, title: item.title, note: item.label, items: [item], member: item.owner, item: item.id }));
  const of = (/** @type {string | null} */ owner) => board.items.filter((item) => item.owner === owner);
  const nobody = of(null);
  return [
    ...board.people.filter(({ here }) => here).map(({ member, name, said }) => ({ id: member, title: name, note: said, items: of(member), member, item: null })),
    ...(nobody.length === 0 ? [] : [{ id: "nobody", title: "Nobody’s items", note: "", items: nobody, member: null, item: null }]),
  ];
}

/**
 * The step at which the walk is.
 * @param {Step[]} all
 * @param {Record<string, string>} params
 */
function placeOf(all, { at }) {
  return Math.max(0, all.findIndex(({ id }) => id === at));
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 * @param {-1 | 1} by
 */
function step(board, context, by) {
  const all = steps(board, context.params);
  const to = all[placeOf(all, context.params) + by];
  if (to) context.set({ at: to.id }, true);
  else if (by === 1) context.set({ walk: "", at: "" });
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 * @param {DailyNoteKind} kind
 */
function note(board, context, kind) {
  const all = context.params.walk ? steps(board, context.params) : [];
  const at = all[placeOf(all, context.params)];
  const items = new Map([...board.blockers.map(({ item, label, title }) => /** @type {const} */ ([item, `${label} ${title}`])), ...board.items.map(({ id, label, title }) => /** @type {const} */ ([id, `${label} ${title}`]))]);
  return openForm({
    title: kind === "decision" ? "What was decided?" : "What is to be remembered?",
    action: "Keep it",
    values: { text: "", member: at?.member ?? "", item: at?.item ?? activeItem(board)?.id ?? "" },
    draw: (form) => html`
      ${form.field({ name: "text", label: kind === "decision" ? "Decision" : "Note", autofocus: true, required: true, placeholder: kind === "decision" ? "Ana asks the bank today" : "Look at the logs of Sunday night" })}
      <div class="field-pair">
        ${form.field({ name: "member", label: "Of whom", type: "choice", choices: [{ value: "", title: "all" }, ...board.people.map(({ member, name }) => ({ value: member, title: name }))] })}
        ${form.field({ name: "item", label: "Of which item", type: "choice", choices: [{ value: "", title: "none" }, ...[...items].map(([value, title]) => ({ value, title }))] })}
      </div>`,
    send: async ({ text, member, item }) => {
      const outcome = await run({ daily: { note: { text, kind, member: member || null, item: item || null } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/** @param {DailyNoteLine} line */
async function correct(line) {
  const remove = await openForm({
    title: line.kind === "decision" ? "Correct a decision" : "Correct a note",
    action: "Correct it",
    values: { text: line.text, kind: /** @type {string} */ (line.kind) },
    draw: (form) => html`${form.field({ name: "text", label: "What was said", autofocus: true, hint: "Empty takes it away." })}
      ${form.field({ name: "kind", label: "It is", type: "choice", choices: [{ value: "note", title: "a note" }, { value: "decision", title: "a decision" }] })}`,
    send: async ({ text, kind }) => {
      const outcome = await run({ daily: text.trim() === "" ? { removeNote: { note: line.id } } : { correct: { note: line.id, text, kind: /** @type {DailyNoteKind} */ (kind) } } });
      sayDone(outcome);
      return outcome;
    },
  });
  return remove;
}

/** Shows what was said in the Daily Scrums before. */
async function earlier() {
  const { dailies } = await ask({ daily: { past: { limit: 30 } } });
  await openDialog({
    title: "Daily Scrums before",
    wide: true,
    draw: (close) => html`<div class="behind">${dailies.length === 0 ? html`<p class="is-quiet">None was held yet. What is said in one stands here afterwards.</p>` : dailies.map((one) => html`<section class="daily-past">
        <h3>${weekdayText(one.day)}, ${dayText(one.day)} <span class="is-quiet">${[clockText(one.heldAt) + (one.endedAt === null ? "" : `–${clockText(one.endedAt)}`), one.sprint?.name].filter(Boolean).join(" · ")}</span></h3>
        ${one.notes.length === 0 ? html`<p class="is-quiet">Nothing was written down.</p>` : html`<ul class="daily-notes">${one.notes.map((line) => html`<li>${noteWords(line)}</li>`)}</ul>`}</section>`)}</div>
      <div class="dialog-buttons"><button class="button is-main" @click=${() => close()}>Close</button></div>`,
  });
}

/** @param {DailyBoard} board */
function setLimit({ limitDays }) {
  return openForm({
    title: "When a blocker asks for more",
    action: "Save",
    values: { days: String(limitDays) },
    draw: (form) => form.field({ name: "days", label: "After", type: "number", unit: "working days", narrow: true, autofocus: true, hint: "From then on it stands out here, and is told as one to escalate." }),
    send: async ({ days }) => {
      const outcome = await run({ daily: { setBlockerLimit: { days: Math.max(0, Math.round(Number(days))) } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

async function copy() {
  const { text } = await ask({ daily: { markdown: {} } });
  await navigator.clipboard.writeText(text);
  say("The Daily Scrum is on the clipboard, as Markdown");
}

/** @param {Context} context */
async function fill(context) {
  const on = context.params.fill !== "1";
  context.set({ fill: on ? "1" : "" });
  await host({ fullScreen: { on } });
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(board, context) {
  const { params } = context;
  const walking = Boolean(params.walk);
  const all = walking ? steps(board, params) : [];
  const item = () => activeItem(board);
  const any = () => item() !== undefined || activeGrave(board) !== undefined;
  const done = board.states.find(({ category }) => category === "done");
  const begun = board.states.find(({ category }) => category === "inProgress");
  const running = isRunning(board);
  return [
    running
      ? { id: "end", title: "End the Daily Scrum", key: "t", run: () => act({ daily: { end: {} } }) }
      : { id: "begin", title: board.daily ? "Go on" : "Begin", key: "t", main: !board.daily, run: () => act({ daily: { begin: {} } }) },
    { id: "walkPeople", title: "Walk by person", key: "w", when: () => params.walk !== "people" && board.people.length > 0, run: () => context.set({ walk: "people", at: "" }) },
    { id: "walkItems", title: "Walk by item", key: "shift+w", when: () => params.walk !== "items" && steps(board, { walk: "items" }).length > 0, run: () => context.set({ walk: "items", at: "" }) },
    { id: "next", title: placeOf(all, params) === all.length - 1 ? "Finish the walk" : "Next", key: "right", main: true, when: () => walking, run: () => step(board, context, 1) },
    { id: "before", title: "Back", key: "left", when: () => walking && placeOf(all, params) > 0, run: () => step(board, context, -1) },
    { id: "overview", title: "Overview", key: "o", when: () => walking, run: () => context.set({ walk: "", at: "" }) },
    { id: "note", title: "Note…", key: "n", run: () => note(board, context, "note") },
    { id: "decision", title: "Decision…", key: "shift+n", run: () => note(board, context, "decision") },
    ...whoCanTake(board).map((person, at) => ({ id: `give-${at + 1}`, title: `Give to ${person.name}`, key: String(at + 1), when: any, run: () => give(board, person) })),
    { id: "give-0", title: "Give to nobody", key: "0", when: any, run: () => give(board, null) },
    ...(done ? [{ id: "done", title: `Move to ${done.name}`, key: "d", when: () => item() !== undefined, run: () => moveTo([item()?.id ?? ""], done) }] : []),
    ...(begun ? [{ id: "begun", title: `Move to ${begun.name}`, key: "i", when: () => item() !== undefined, run: () => moveTo([item()?.id ?? ""], begun) }] : []),
    { id: "block", title: "Something is in its way…", key: "x", when: () => item() !== undefined && !item()?.blocked, run: () => block([item()?.id ?? ""]) },
    { id: "unblock", title: "Nothing is in its way any more", key: "x", when: () => Boolean(item()?.blocked), run: () => act({ backlog: { unblock: { items: [item()?.id ?? ""] } } }) },
    ...(board.gauge ? [{ ...decideAct(), when: () => board.gauge?.asks !== null }] : []),
    { id: "copy", title: "Copy as Markdown", key: "c", run: copy },
    { id: "earlier", title: "Earlier ones", key: "h", run: earlier },
    { id: "limit", title: "When a blocker asks for more…", key: "l", run: () => setLimit(board) },
    { id: "board", title: "Board", key: "b", when: () => board.sprint !== null, run: () => context.go("board") },
    { id: "interrupts", title: "Interrupts", key: "u", run: () => context.go("interrupts") },
    { id: "fill", title: params.fill ? "Show the rest of the window" : "Fill the window", key: "f", run: () => fill(context) },
    { id: "leave", title: walking ? "Overview" : "Show the rest of the window", key: "escape", quiet: true, when: () => walking || params.fill === "1", run: () => (walking ? context.set({ walk: "", at: "" }) : fill(context)) },
  ];
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 */
function draw(board, context) {
  const acts = commands(board, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const { params } = context;
  return html`<div class="daily ${params.fill === "1" ? "is-filled" : ""}" @keydown=${onKey}>
    <div class="screen-head">
      <div><h1>Daily Scrum</h1><p class="is-quiet">${weekdayText(board.today)}, ${dayText(board.today)}${board.sprint ? ` · ${board.sprint.name}: ${board.sprint.said}` : ""}</p></div>
      <div class="screen-acts">${clock(board)}${button(find(params.walk ? "overview" : "walkPeople"), { plain: true })}
        ${menuButton({ title: "More", plain: true, acts: () => acts.filter(({ id }) => [...(params.walk ? ["walkPeople"] : []), "walkItems", "copy", "earlier", "limit", "board", "interrupts", "fill"].includes(id)) })}${button(find(isRunning(board) ? "end" : "begin"))}</div>
    </div>
    ${board.sprint?.goal ? html`<p class="board-goal"><span class="is-quiet">Sprint Goal</span> ${board.sprint.goal}</p>` : nothing}
    ${overflowBanner(board.gauge, find("decideOverflow"))}
    ${params.walk ? walk(board, context, acts) : overview(board, context, acts)}
  </div>`;
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 * @param {Act[]} acts
 */
function overview(board, context, acts) {
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  return html`<div class="daily-grid">
    ${production(board, context)}
    ${news(board)}
    <div class="daily-last">${board.sprint ? html`<section class="card board-burn daily-burn" aria-label="Burn-down">${chart({ id: "daily-burn", bare: true, ratio: 0.52, question: board.sprint.id, source: (size, theme) => burnDown(board.sprint?.id ?? "", size, theme) })}</section>`
      : html`<section class="card">${empty({ title: "No Sprint is running", text: "Start one on Plan: its work, its buffer and its burn-down stand here then.", acts: [{ id: "toPlan", title: "Plan", run: () => context.go("plan") }] })}</section>`}
      ${board.gauge ? gaugeCard(board.gauge) : nothing}${notes(board, [find("note"), find("decision")])}</div>
    ${inTheWay(board, context, find("limit"))}
    ${people(board)}
  </div>`;
}

/**
 * @param {string} sprint
 * @param {{width: number, height: number}} size
 * @param {ThemeName} theme
 */
async function burnDown(sprint, size, theme) {
  return (await ask({ flow: { chart: { chart: "burnDown", sprint, theme, ...size } } })).chart;
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 */
function production(board, context) {
  const { triage, load, services } = board;
  const unowned = triage.filter(({ owner }) => owner === null).length;
  const head = triage.length === 0 ? "nothing open" : `${triage.length} open${unowned > 0 ? `, ${unowned} nobody’s` : ""}`;
  return html`<section class="card daily-card" aria-labelledby="daily-production">
    <div class="card-head"><h2 id="daily-production">Production</h2><span class=${unowned > 0 ? "is-grave" : "is-quiet"}>${head}</span></div>
    <div class="daily-scroll">
      ${services.length === 0 ? html`<p class="is-quiet">No service is known: add what the team runs in <a href="#/reliability">Reliability</a>.</p>` : html`<ul class="daily-services">${services.map((one) => service(one))}</ul>`}
      <ul class="daily-rows">${triage.map((one) => row({
        key: keyOf(one),
        grave: one.owner === null && one.severity <= "P2",
        lead: html`<strong class="daily-severity ${one.severity <= "P2" ? "is-grave" : ""}">${one.severityName}</strong>`,
        title: one.title,
        label: one.label,
        note: [one.said],
        owner: one.ownerName,
        board,
        open: () => (one.incident ? context.go("incidents", { id: one.incident }) : context.go("interrupts", { id: one.interrupt ?? "" })),
      }))}</ul>
      <p class=${load.spike ? "is-grave" : "is-quiet"}>${load.said}</p>
    </div></section>`;
}

/** @type {Record<ServiceState, string>} */
const serviceStates = { up: "up", degraded: "degraded", partial: "down in part", full: "down", maintenance: "in maintenance", unknown: "not known" };

/**
 * A service in a line: its state in a word and a sign, what is left of its error budget, how fast that goes.
 * @param {ServiceHealth} one
 */
function service({ name, state, remaining, remainingSaid, burn, burnSaid }) {
  const down = state === "full" || state === "partial" || state === "degraded";
  const spent = remaining !== null && remaining <= 0;
  return html`<li><span class="daily-state is-${down ? "down" : state === "up" ? "up" : "unknown"}" aria-hidden="true"></span>
    <a href="#/reliability">${name}</a>
    <span class=${spent || down ? "is-grave" : "is-quiet"}>${[state === "up" && remainingSaid !== null ? "" : serviceStates[state], remainingSaid].filter(Boolean).join(", ")}${burn !== null && burn > 1 && burnSaid ? html`, <span class="is-grave">${burnSaid}</span>` : nothing}</span></li>`;
}

/**
 * A row that takes the focus: what the digits give to somebody.
 * @param {object} options
 * @param {string} options.key
 * @param {unknown} [options.lead] before the title
 * @param {boolean} [options.grave]
 * @param {string} options.title
 * @param {string} options.label
 * @param {unknown[]} options.note in a line below
 * @param {string | null} options.owner
 * @param {DailyBoard} options.board
 * @param {() => void} options.open
 */
function row({ key, lead, grave, title, label, note: below, owner, board, open }) {
  const focused = () => {
    if (active === key) return;
    active = key;
    redraw();
  };
  return html`<li class="daily-row ${grave ? "is-late" : ""} ${active === key ? "is-active" : ""}" @focusin=${focused}>
    <button type="button" class="daily-open" id="daily-${key.replace(":", "-")}" data-row @click=${open}>
      <span class="daily-title">${lead ?? nothing}<span class="is-title">${title}</span> <span class="is-quiet">${label}</span></span>
      <span class="daily-note">${below.filter(Boolean).map((part, at) => html`${at > 0 ? " · " : ""}${part}`)}</span>
    </button>
    <button type="button" class="daily-owner ${owner === null ? "is-nobody" : ""}" aria-haspopup="menu" title="Give it to somebody" @click=${(/** @type {MouseEvent} */ event) => {
      const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
      active = key;
      openMenu({ x: box.left, y: box.bottom + 4 }, [
        ...whoCanTake(board).map((person, at) => ({ id: `to-${person.member}`, title: person.said ? `${person.name}, ${person.said}` : person.name, key: String(at + 1), run: () => give(board, person) })),
        { id: "to-nobody", title: "Nobody", key: "0", when: () => owner !== null, run: () => give(board, null) },
      ], /** @type {HTMLElement} */ (event.currentTarget));
    }}>${owner ?? "nobody"}</button></li>`;
}

/** @param {DailyBoard} board */
function news({ news: groups, sinceSaid }) {
  return html`<section class="card daily-card" aria-labelledby="daily-news">
    <div class="card-head"><h2 id="daily-news">New</h2><span class="is-quiet">${sinceSaid}</span></div>
    <div class="daily-scroll">${groups.length === 0 ? html`<p class="is-quiet">Nothing was written down. What is done, blocked or reported from now on stands here.</p>` : groups.map(({ title, lines, more }) => html`<h3>${title}</h3>
      <ul class="daily-news">${lines.map((line) => html`<li>${newsLine(line)}</li>`)}${more > 0 ? html`<li class="is-quiet">and ${countText(more, "more", "more")}</li>` : nothing}</ul>`)}</div></section>`;
}

/**
 * @param {DailyNewsLine} line
 */
function newsLine({ item, interrupt, incident, deployment, service, onCall, label, title, said }) {
  const words = html`${title ? html`<span>${title}</span> <span class="is-quiet">${label}</span>` : nothing}`;
  /** @type {[string, string | null][]} */
  const ways = [["item?id=", item], ["interrupts?id=", interrupt], ["incidents?id=", incident], ["deployments?id=", deployment], ["reliability?of=service:", service], ["on_call?day=", onCall]];
  const [screen, id] = ways.find(([, known]) => known !== null) ?? ["", null];
  return html`${id === null ? words : html`<a href="#/${screen}${id}">${words}</a>`}${said ? html` <span>${title ? "– " : ""}${said}</span>` : nothing}`;
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 * @param {Act | undefined} limit
 */
function inTheWay(board, context, limit) {
  const { blockers, items, ageingSaid, limitDays } = board;
  const late = blockers.filter(({ escalated }) => escalated).length;
  const aged = items.filter((item) => item.aged && item.blocked === null);
  return html`<section class="card daily-card" aria-labelledby="daily-blockers">
    <div class="card-head"><h2 id="daily-blockers">In the way</h2>${late > 0 ? html`<span class="is-grave">${late} to escalate</span>` : html`<span class="is-quiet">${blockers.length === 0 ? "nothing" : countText(blockers.length, "blocker")}</span>`}</div>
    <div class="daily-scroll">
      ${board.sprint === null ? nothing : html`
      <ul class="daily-rows">${blockers.map((one) => row({
        key: `item:${one.item}`,
        grave: one.escalated,
        title: one.title,
        label: one.label,
        note: [html`<span class="daily-reason">${reasonText(one.reason)}</span>`, html`<span class=${one.escalated ? "is-grave" : ""}>${one.said}${one.escalated ? ": escalate" : ""}</span>`, ...one.waits.filter(({ wrong }) => wrong).map(({ said }) => said)],
        owner: one.ownerName,
        board,
        open: () => context.go("item", { id: one.item }),
      }))}</ul>
      <h3>Older than usual</h3>
      <p class="is-quiet">${ageingSaid}</p>
      <ul class="daily-rows">${aged.map((item) => itemRow(item, board, context))}</ul>
      <p><button type="button" class="cell-button is-quiet" title=${limit?.title ?? ""} @click=${() => void limit?.run()}>A blocker is escalated after ${countText(limitDays, "working day")}</button></p>`}
    </div></section>`;
}

/**
 * A reason in the middle of a line.
 * @param {string} reason
 */
function reasonText(reason) {
  return reason.replace(/\.$/, "");
}

/**
 * @param {DailyItem} item
 * @param {DailyBoard} board
 * @param {Context} context
 */
function itemRow(item, board, context) {
  const isOver = item.category === "done" || item.category === "cancelled";
  return row({
    key: `item:${item.id}`,
    grave: item.blocked !== null,
    title: item.title,
    label: item.label,
    note: [
      item.state,
      item.blocked === null ? "" : html`<span class="is-grave">blocked: ${reasonText(item.blocked)}</span>`,
      item.days === null ? "" : html`<span class=${item.aged ? "daily-aged" : ""}>${item.days === 0 ? "begun today" : `${countText(item.days, "day")} in work`}${item.aged ? ", older than usual" : ""}</span>`,
      item.size === null ? (isOver ? "" : "unsized") : pointsText(item.size),
      // What the state and the blocker say already is not said again.
      item.news && item.news !== item.state && !item.news.startsWith("blocked") && !isOver ? html`<strong>new: ${item.news}</strong>` : "",
    ],
    owner: item.ownerName,
    board,
    open: () => context.go("item", { id: item.id }),
  });
}

/** @param {DailyBoard} board */
function people(board) {
  const digits = new Map(whoCanTake(board).map(({ member }, at) => [member, at + 1]));
  const here = board.people.filter((person) => person.here).length;
  return html`<section class="card daily-card" aria-labelledby="daily-people">
    <div class="card-head"><h2 id="daily-people">Today</h2><span class="is-quiet">${here} of ${board.people.length} here</span></div>
    <div class="daily-scroll"><ul class="daily-people">${board.people.map((person) => {
      const own = board.items.filter((item) => item.owner === person.member && item.category !== "done" && item.category !== "cancelled");
      const digit = digits.get(person.member);
      return html`<li class=${person.here ? "" : "is-quiet"}>${digit === undefined ? html`<span></span>` : kbd(String(digit))}<span>${person.name}${person.onCall ? html` <span class="daily-on-call">${person.said}</span>` : person.said ? html` <span class="is-quiet">${person.said}</span>` : nothing}</span>
        <span class="is-quiet">${person.here ? (own.length === 0 ? "nothing in work" : `${own.length} in work`) : ""}</span></li>`;
    })}</ul></div></section>`;
}

/**
 * @param {DailyBoard} board
 * @param {(Act | undefined)[]} acts
 */
function notes(board, acts) {
  return html`<section class="card daily-card daily-said" aria-labelledby="daily-notes">
    <div class="card-head"><h2 id="daily-notes">Said today</h2><span class="is-quiet">${board.notes.length === 0 ? "nothing yet" : ""}</span></div>
    ${board.notes.length === 0 ? nothing : html`<ul class="daily-notes daily-scroll">${board.notes.map((line) => html`<li><button type="button" class="cell-button" title="Correct" @click=${() => correct(line)}>${noteWords(line)}</button></li>`)}</ul>`}
    <div class="card-acts">${acts.map((one) => button(one, { plain: true }))}</div></section>`;
}

/** @param {DailyNoteLine} line */
function noteWords({ kind, text, memberName, itemLabel }) {
  const of = [memberName, itemLabel].filter(Boolean).join(", ");
  return html`${kind === "decision" ? html`<strong>Decided</strong> ` : nothing}${of ? html`<span class="is-quiet">${of}:</span> ` : nothing}${text}`;
}

/**
 * @param {DailyBoard} board
 * @param {Context} context
 * @param {Act[]} acts
 */
function walk(board, context, acts) {
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const all = steps(board, context.params);
  const place = placeOf(all, context.params);
  const at = all[place];
  if (!at) return empty({ title: "Nothing is in work", text: "An item that is begun or blocked is walked through here.", acts: acts.filter(({ id }) => id === "board" || id === "overview") });
  const open = at.items.filter(({ category }) => category !== "done" && category !== "cancelled");
  const over = at.items.filter((item) => !open.includes(item));
  return html`<div class="daily-walk">
    <ol class="daily-steps" aria-label="The walk">${all.map((one, index) => html`<li><button type="button" class=${index < place ? "is-past" : ""} aria-current=${index === place ? "step" : nothing} @click=${() => context.set({ at: one.id }, true)}>
      <span class="is-title">${one.title}</span>${one.note ? html` <span class="is-quiet">${one.note}</span>` : nothing}</button></li>`)}</ol>
    <section class="card daily-now" aria-labelledby="daily-now">
      <div class="card-head"><h2 id="daily-now">${context.params.walk === "items" ? at.note : at.title}</h2><span class="is-quiet">${at.note && context.params.walk !== "items" ? `${at.note} · ` : ""}${place + 1} of ${all.length}</span></div>
      <div class="daily-scroll">
        ${open.length === 0 ? html`<p class="is-quiet">Nothing in work. ${board.toDo === 0 ? "Nothing of the Sprint is left to begin." : `${countText(board.toDo, "item")} of the Sprint ${board.toDo === 1 ? "waits" : "wait"} to be begun.`}</p>` : html`<ul class="daily-rows">${open.map((item) => itemRow(item, board, context))}</ul>`}
        ${over.length === 0 ? nothing : html`<h3>Finished since the last time</h3><ul class="daily-rows">${over.map((item) => itemRow(item, board, context))}</ul>`}
      </div>
      <div class="card-acts">${button(find("before"))}${button(find("next"))}</div>
    </section>
    <div class="daily-last">${notes(board, [find("note"), find("decision")])}</div>
  </div>`;
}

/**
 * How long the Daily Scrum goes on, or how long it was.
 * @param {DailyBoard} board
 */
function clock(board) {
  if (board.daily === null) return nothing;
  if (board.daily.endedAt !== null) return html`<span class="daily-clock is-quiet">ended ${clockText(board.daily.endedAt)}</span>`;
  return html`<evenkeel-clock class="daily-clock" .since=${board.daily.heldAt} .minutes=${board.minutes}></evenkeel-clock>`;
}

/**
 * Arrows go from row to row.
 * @param {KeyboardEvent} event
 */
function onKey(event) {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0 || isTyping(event.target) || event.altKey || event.ctrlKey) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  const from = rows.findIndex((one) => one.closest("li")?.contains(/** @type {Node} */ (event.target)));
  const to = rows[from < 0 ? (by === 1 ? 0 : rows.length - 1) : from + by];
  if (!(to instanceof HTMLElement)) return;
  event.preventDefault();
  to.focus();
}

/** A clock that shows how long something goes on: "3:05 of 15 min". */
class ClockElement extends HTMLElement {
  #since = 0;
  #minutes = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  /** @param {number} since */
  set since(since) {
    this.#since = since;
    this.#show();
  }

  /** @param {number} minutes */
  set minutes(minutes) {
    this.#minutes = minutes;
    this.#show();
  }

  connectedCallback() {
    this.#ticking = setInterval(() => this.#show(), 1000);
    this.setAttribute("role", "timer");
    this.#show();
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
  }

  #show() {
    const seconds = Math.max(0, Math.floor((Date.now() - this.#since) / 1000));
    this.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}${this.#minutes > 0 ? ` of ${this.#minutes} min` : ""}`;
    this.classList.toggle("is-grave", this.#minutes > 0 && seconds >= this.#minutes * 60);
  }
}

customElements.define("evenkeel-clock", ClockElement);

/** @type {import("../main.js").Screen} */
export const daily = {
  name: "daily",
  title: "Daily Scrum",
  group: "",
  key: "g y",
  query: () => ({ daily: { board: {} } }),
  draw,
  commands,
  keys: [["up down", "Go from row to row"]],
};
