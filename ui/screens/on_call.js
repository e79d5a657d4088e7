// @ts-check
/**
 * On call: who answers now and in the weeks to come, by level and by person; gaps, load and fairness; rotations, what is agreed besides, handovers.
 *
 * 1. Every name, time and sentence comes from Rust, in the team's zone; a bar's place and length, too.
 * 2. A turn is a button in the strip: the arrow keys go from one to the next, Enter or a click says what can be done with it.
 * 3. The address says which weeks are shown.
 * 4. What is changed here is what the calendar and the plan count: there is no second roster.
 */
import { html, nothing, redraw, unseen, vars } from "../parts/draw.js";
import { ask, host, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { openDialog, openForm } from "../parts/dialog.js";
import { field } from "../parts/field.js";
import { menuButton, openMenu } from "../parts/menu.js";
import { table } from "../parts/table.js";
import { countText, dayText, daysText, weekdayText } from "../parts/text.js";
import { act, fail, say, sayDone } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[OnCallBoard, OnCallFactorView, OnCallOfSprint | null]} View */

const units = [["hours", "hours"], ["days", "days"], ["weeks", "weeks"], ["months", "months"]].map(([value = "", title = ""]) => ({ value, title }));
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * @param {View} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands([board, factor], context) {
  const some = () => board.members.length > 0;
  const level = () => board.levels[0];
  const rotations = board.levels.flatMap(({ rotations: own }) => own).filter(({ problem }) => problem === null);
  return [
    { id: "addRotation", title: board.levels.length > 0 ? "Add a rotation…" : "Set up a rotation…", key: "n", main: board.levels.length === 0, when: some, run: () => rotationForm(board, null) },
    { id: "takeOver", title: "Somebody takes over…", key: "o", when: () => some() && level() !== undefined, run: () => takeOverForm(board, null) },
    { id: "handover", title: "Handover note…", key: "h", when: () => level()?.next !== null && level() !== undefined, run: () => handoverPage(board) },
    { id: "rota", title: "Propose a fair rota…", key: "p", when: () => rotations.length > 0, run: () => chooseRota(board) },
    { id: "save", title: "Save as a calendar…", key: "s", when: () => level() !== undefined, run: () => saveCalendar(board) },
    { id: "importShifts", title: "Import shifts…", key: "i", run: () => importShifts(board) },
    { id: "factor", title: factor.measured === null ? "What being on call takes…" : `Use the measured ${factor.measured / 100} %…`, when: () => factor.measured !== null && factor.measured !== factor.holds, run: () => useFactor(board, factor) },
    { id: "earlier", title: "The weeks before", key: "[", run: () => context.set({ day: board.earlier }) },
    { id: "later", title: "The weeks after", key: "]", run: () => context.set({ day: board.later }) },
    { id: "today", title: "Today", key: "t", run: () => context.set({ day: "" }) },
    ...[2, 4, 8, 13].filter((weeks) => weeks !== board.weeks).map((weeks) => ({ id: `weeks-${weeks}`, title: `Show ${weeks} weeks`, run: () => context.set({ weeks: String(weeks) }) })),
    { id: "toCalendar", title: "Absences in the calendar", run: () => context.go("calendar") },
  ];
}

/**
 * @param {View} view
 * @param {Context} context
 */
function draw([board, factor, sprint], context) {
  const acts = commands([board, factor, sprint], context);
  const by = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const more = acts.filter(({ id }) => ["addRotation", "rota", "save", "importShifts", "factor", "toCalendar"].includes(id) || id.startsWith("weeks-"));
  const head = html`<div class="screen-head">
      <div><h1>On call</h1><p class="is-quiet">${daysText(board.firstDay, board.lastDay)}, times in ${board.zone.replace("_", " ")}</p></div>
      <div class="screen-acts"><div class="calendar-steps">
        <button type="button" class="button" title="The weeks before" aria-label="The weeks before" @click=${() => by("earlier")?.run()}>‹</button>
        <button type="button" class="button" @click=${() => by("today")?.run()}>Today</button>
        <button type="button" class="button" title="The weeks after" aria-label="The weeks after" @click=${() => by("later")?.run()}>›</button></div>
        ${button(by("handover"))}${button(by("takeOver"))}${menuButton({ title: "More", acts: () => more })}</div>
    </div>`;
  if (board.levels.length === 0) {
    return html`<div class="on-call">${head}${board.members.length === 0
      ? empty({ title: "Nobody belongs to the team yet", text: "Members are added in Settings; then they take turns on call.", acts: [{ id: "toSettings", title: "Settings", main: true, run: () => context.go("settings") }] })
      : empty({ title: "Nobody takes turns on call yet", text: "A rotation says who answers when production calls: who takes turns, how long a turn is, and when it is handed over. Capacity then counts it, leave becomes a warning, and a fair rota can be proposed. A calendar or a table of shifts can be brought in, too.", acts: [by("addRotation"), by("importShifts")].filter((one) => one !== undefined) })}</div>`;
  }
  return html`<div class="on-call">${head}
    ${warnings(board)}
    <section class="on-call-now" aria-label="On call now">${board.levels.map((level) => nowOf(board, level))}</section>
    ${strip(board)}
    ${board.levels.map((level) => levelCard(board, level, board.levels.length > 1))}
    ${sprint ? sprintCard(sprint) : nothing}
    ${factorCard(board, factor, by("factor"))}</div>`;
}

/** @param {OnCallBoard} board */
function warnings({ warnings: all, ...board }) {
  if (all.length === 0) return nothing;
  return html`<section class="on-call-warnings" aria-label="To look at"><ul>${all.slice(0, 6).map((one) => html`<li><span><strong class="is-grave" aria-hidden="true">!</strong> ${one.said}</span>
      <span class="on-call-stand-ins">${one.standIns.slice(0, 2).map(({ id, name }) => html`<button type="button" class="button" @click=${() => standIn(board, one, id)}>${name} ${one.leaves === null ? "takes it" : "stands in"}</button>`)}${
        one.standIns.length === 0 ? html`<span class="is-quiet">nobody is free</span>` : nothing}</span></li>`)}</ul>
    ${all.length > 6 ? html`<p class="is-quiet">and ${countText(all.length - 6, "more")}</p>` : nothing}</section>`;
}

/**
 * Somebody takes what a warning is about: a stand-in for leave, a gap, one of two levels.
 * @param {Omit<OnCallBoard, "warnings">} board
 * @param {OnCallWarning} warning
 * @param {string} takes
 */
function standIn({ zone }, { level, leaves, from, to, said }, takes) {
  if (leaves !== null && !said.includes("two levels")) return act({ onCall: { standIn: { level, leaves, takes, from, to } } });
  return act({ onCall: { takeOver: { level, leaves, takes, from: localText(from, zone), to: localText(to, zone) } } });
}

/**
 * An instant as Rust reads it, in a zone: "2026-11-30 09:00".
 * @param {number} instant
 * @param {string} zone
 */
function localText(instant, zone) {
  return new Date(instant).toLocaleString("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
}

/**
 * @param {OnCallBoard} board
 * @param {LevelBoard} level
 */
function nowOf(board, level) {
  const here = board.now.filter((one) => one.level === level.id);
  return html`<div class="card on-call-person"><h2>${level.name}</h2>
    <p class="on-call-name ${here.length === 0 ? "is-grave" : ""}">${here.length === 0 ? "Nobody is on call" : here.map(({ name }) => name).join(", ")}</p>
    <p class="is-quiet">${level.next ?? "No handover follows."}</p></div>`;
}

/** @param {number} place */
const part = (place) => `${place / 100}%`;

/** @param {OnCallBoard} board */
function strip(board) {
  const wide = board.weeks <= 4;
  const dayWidth = 10_000 / board.days.length;
  return html`<section class="on-call-strip" aria-label="The weeks by level and by person" @keydown=${onKey}>
    <div class="on-call-row is-head" aria-hidden="true"><span></span><div class="on-call-track">${board.days.map(({ day, at, holiday, weekend }) => {
      const named = wide || new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
      return named ? html`<span class="on-call-day ${day === board.today ? "is-today" : ""} ${weekend || holiday ? "is-quiet" : ""}" title=${holiday ?? ""} ${vars({ "--at": part(at), "--width": part(wide ? dayWidth : dayWidth * 7) })}>${
        wide && board.weeks > 2 ? html`${weekdayText(day).slice(0, 2)}<b>${Number(day.slice(8))}</b>` : html`${weekdayText(day).slice(0, 3)}<b>${dayText(day)}</b>`}</span>` : nothing;
    })}</div></div>
    ${board.levels.map((level) => html`<div class="on-call-row"><strong>${level.name}</strong><div class="on-call-track">${ground(board)}
      ${level.gaps.map((gap) => html`<button type="button" class="on-call-bar is-gap" ${vars({ "--at": part(gap.at), "--width": part(gap.width) })} title="Nobody: ${gap.said}" aria-label="Nobody is on call (${level.name}), ${gap.said}"
        @click=${() => takeOverForm(board, { level: level.id, from: gap.from, to: gap.to, leaves: null })}><span>nobody</span></button>`)}
      ${level.shifts.map((shift) => html`<button type="button" class="on-call-bar ${shift.over ? "is-over" : ""} ${shift.why ? "is-changed" : ""}" ${vars({ "--at": part(shift.at), "--width": part(shift.width) })}
        title="${shift.name}: ${shift.said}${shift.why ? ` ${shift.why}` : ""}" aria-label="${shift.name}, ${level.name}, ${shift.said}${shift.why ? `, ${shift.why}` : ""}"
        @click=${(/** @type {MouseEvent} */ event) => openTurn(event, board, level, shift)}><span>${shift.name}</span></button>`)}</div></div>`)}
    ${board.people.map((person) => html`<div class="on-call-row is-person"><span>${person.name}</span><div class="on-call-track" role="img" aria-label="${person.name}: ${personSaid(person)}">${ground(board)}
      ${person.away.map(({ at, width, said }) => html`<i class="on-call-away" title="${person.name} ${said}" ${vars({ "--at": part(at), "--width": part(width) })}></i>`)}
      ${person.shifts.map((shift) => html`<i class="on-call-mark ${shift.over ? "is-over" : ""} ${shift.level === board.levels[0]?.id ? "" : "is-second"}" title="${shift.levelName}: ${shift.said}" ${vars({ "--at": part(shift.at), "--width": part(shift.width) })}></i>`)}</div></div>`)}
    <p class="calendar-legend is-quiet"><i class="on-call-sign"></i>on call${board.levels.length > 1 ? html`<i class="on-call-sign is-second"></i>on a later level` : nothing}<i class="on-call-sign is-changed"></i>agreed besides the rotation<i class="is-away"></i>away<span
      class="calendar-keys">Choose a turn to swap it or to give it away; ← and → go to the next one.</span></p>
  </section>`;
}

/** @param {PersonRow} person */
function personSaid({ shifts, away }) {
  const said = [...shifts.map((shift) => `${shift.levelName} ${shift.said}`), ...away.map((one) => one.said)];
  return said.length === 0 ? "not on call" : said.join("; ");
}

/**
 * Weekends, holidays and now, behind the bars.
 * @param {OnCallBoard} board
 */
function ground({ days, nowAt }) {
  const width = part(10_000 / days.length);
  return html`${days.filter(({ weekend, holiday }) => weekend || holiday).map(({ at }) => html`<i class="on-call-off" ${vars({ "--at": part(at), "--width": width })}></i>`)}${
    nowAt === null ? nothing : html`<i class="on-call-here" ${vars({ "--at": part(nowAt) })}></i>`}`;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
  const bars = [...event.target.closest(".on-call-track")?.querySelectorAll("button") ?? []].sort((a, b) => a.offsetLeft - b.offsetLeft);
  const next = bars[bars.indexOf(/** @type {HTMLButtonElement} */ (event.target)) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * What can be done with a turn.
 * @param {MouseEvent} event
 * @param {OnCallBoard} board
 * @param {LevelBoard} level
 * @param {ShiftBar} shift
 */
function openTurn(event, board, level, shift) {
  const bar = /** @type {HTMLElement} */ (event.currentTarget);
  const box = bar.getBoundingClientRect();
  const others = level.shifts.filter((one) => !one.over && one.member !== shift.member);
  openMenu({ x: event.clientX || box.left, y: event.clientY || box.bottom }, [
    { id: "turnSwap", title: `Swap ${shift.name}’s turn…`, when: () => !shift.over && others.length > 0, run: () => swapForm(level, shift, others) },
    { id: "turnOver", title: shift.over ? `Somebody else was on call…` : `Somebody takes over…`, run: () => takeOverForm(board, { level: level.id, from: shift.from, to: shift.to, leaves: shift.member }) },
    { id: "turnAway", title: `${shift.name}’s absences`, run: () => { location.hash = "#/calendar"; } },
  ], bar);
}

/**
 * @param {LevelBoard} level
 * @param {ShiftBar} shift
 * @param {ShiftBar[]} others
 */
async function swapForm(level, shift, others) {
  const outcome = await openForm({
    title: `Swap ${shift.name}’s turn`,
    action: "Swap",
    values: { other: String(others[0]?.from) },
    draw: (form) => html`<p class="dialog-text">${shift.said}</p>
      ${form.field({ name: "other", label: "With", type: "choice", choices: others.map((one) => ({ value: String(one.from), title: `${one.name}, ${one.said}` })), autofocus: true })}`,
    send: ({ other }) => run({ onCall: { swapTurns: { level: level.id, one: shift.from, other: Number(other) } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * @param {OnCallBoard} board
 * @param {{level: string, from: number, to: number, leaves: string | null} | null} start
 */
async function takeOverForm(board, start) {
  const day = (/** @type {number} */ at) => localText(at, board.zone).slice(0, 10);
  const time = (/** @type {number} */ at) => localText(at, board.zone).slice(11);
  const nobody = { value: "", title: "nobody" };
  const members = board.members.map(({ id, name }) => ({ value: id, title: name }));
  const outcome = await openForm({
    title: start === null ? "Somebody takes over" : start.leaves === null ? "Who takes this time?" : "Who takes over?",
    action: "Agree",
    values: {
      level: start?.level ?? board.levels[0]?.id ?? "", leaves: start?.leaves ?? "",
      takes: members.find(({ value }) => value !== start?.leaves && !board.now.some(({ member }) => member === value))?.value ?? "",
      from: start ? day(start.from) : board.today, fromTime: start ? time(start.from) : "09:00", to: start ? day(start.to) : board.today, toTime: start ? time(start.to) : "18:00", note: "",
    },
    draw: (form) => html`
      ${board.levels.length > 1 ? form.field({ name: "level", label: "Level", type: "choice", choices: board.levels.map(({ id, name }) => ({ value: id, title: name })) }) : nothing}
      <div class="field-pair">${form.field({ name: "takes", label: "Who takes over", type: "choice", choices: [...members, nobody], autofocus: true })}
        ${form.field({ name: "leaves", label: "In whose place", type: "choice", choices: [{ value: "", title: "whoever is on call then" }, ...members] })}</div>
      <div class="field-pair">${form.field({ name: "from", label: "From", type: "date" })}${form.field({ name: "fromTime", label: "At", type: "time" })}</div>
      <div class="field-pair">${form.field({ name: "to", label: "Until", type: "date" })}${form.field({ name: "toTime", label: "At", type: "time" })}</div>
      ${form.field({ name: "note", label: "Why", placeholder: "Concert" })}
      <p class="dialog-text is-quiet">What lies in the past is corrected; what is to come can be taken back at any time.</p>`,
    send: (values) => run({ onCall: { takeOver: { level: values.level, takes: values.takes || null, leaves: values.leaves || null, from: `${values.from} ${values.fromTime || "00:00"}`, to: values.toTime ? `${values.to} ${values.toTime}` : values.to, note: values.note } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * A level: coverage, load and fairness, rotations, what was agreed.
 * @param {OnCallBoard} board
 * @param {LevelBoard} level
 * @param {boolean} several
 */
function levelCard(board, level, several) {
  const said = [level.coverage, level.fairnessAhead && `${level.fairnessAhead} in these weeks`, level.fairnessPast && `${level.fairnessPast} in the last 12 weeks`].filter(Boolean).join(" · ");
  const carried = (/** @type {Carried} */ one) => html`<span class="on-call-load"><span class="on-call-length" ${vars({ "--width": part(one.part) })}></span></span><span>${one.said}</span>`;
  return html`<section class="card on-call-level" aria-labelledby="level-${level.id}">
    <div class="card-head"><h2 id="level-${level.id}">${several ? level.name : "Load"}</h2>${menuButton({ title: "⋯", label: `More of ${level.name}`, sign: true, plain: true, acts: () => levelActs(level) })}</div>
    ${said ? html`<p class=${level.gaps.length > 0 ? "is-grave" : "is-quiet"} title="Fairness is the mean of least ÷ most over all pairs of people: 1 where all carry the same.">${said}</p>` : nothing}
    ${level.loads.length === 0 ? nothing : table({
      caption: `What being on call asks of each (${level.name})`,
      columns: [
        { title: "Who", cell: (/** @type {LoadRow} */ row) => row.name },
        { title: "Next weeks", cell: ({ ahead }) => carried(ahead) },
        { title: "Weekends", numeric: true, cell: ({ ahead }) => ahead.weekend },
        { title: "Holidays", numeric: true, cell: ({ ahead }) => ahead.holidays },
        { title: "Last 12 weeks", cell: ({ past }) => carried(past) },
        { title: "Weekends", numeric: true, cell: ({ past }) => past.weekend },
        { title: "Shifts", numeric: true, cell: ({ past }) => past.shifts },
        { title: "Pages", numeric: true, cell: ({ past }) => pagesSaid(past) },
      ],
      rows: level.loads,
      key: ({ member }) => member,
    })}
    ${level.rotations.length === 0 ? nothing : html`<h3>${level.rotations.length > 1 ? "Rotations" : "Rotation"}</h3><ul class="on-call-list">${level.rotations.map((rotation) => html`<li>
      <span><strong>${rotation.name}</strong> <span class="is-quiet">${rotation.said}${rotation.only.length > 0 ? `, ${rotation.only.map(onlySaid).join("; ")}` : ""}${rotation.ends ? `, ends ${rotation.ends}` : ""}</span>
        <span class="on-call-order">${rotation.problem ? html`<span class="is-grave">${rotation.problem}</span>` : rotation.people.map(({ name }) => name).join(" → ")}</span></span>
      <span class="on-call-acts"><button type="button" class="button is-plain" @click=${() => rotationForm(board, { rotation, level: level.id })}>Change…${unseen(` ${rotation.name}`)}</button>${
        rotation.problem ? nothing : html`<button type="button" class="button is-plain" @click=${() => rotaForm(rotation.id).catch(fail)}>Fair rota…${unseen(` of ${rotation.name}`)}</button>`}<button type="button" class="button is-plain" @click=${() => endRotation(rotation)}>End…${unseen(` ${rotation.name}`)}</button></span></li>`)}</ul>`}
    ${level.changes.length === 0 ? nothing : html`<h3>Agreed besides</h3><ul class="on-call-list">${level.changes.slice(0, 12).map((change) => html`<li><span>${change.said} <span class="is-quiet">${change.when}${change.note ? `: ${change.note}` : ""}</span></span>
      <span class="on-call-acts"><button type="button" class="button is-plain" @click=${() => act({ onCall: { removeChange: { id: change.id } } })}>Take back${unseen(`: ${change.said}, ${change.when}`)}</button></span></li>`)}</ul>
      ${level.changes.length > 12 ? html`<p class="is-quiet">and ${countText(level.changes.length - 12, "more")}</p>` : nothing}`}
  </section>`;
}

/**
 * What the running Sprint asked so far of those on call.
 * @param {OnCallOfSprint} told
 */
function sprintCard({ sprint, levels }) {
  return html`<section class="card on-call-level" aria-labelledby="on-call-sprint"><div class="card-head"><h2 id="on-call-sprint">${sprint.name} so far</h2></div>
    ${levels.filter(({ loads }) => loads.length > 0).map((level) => html`<p class="is-quiet">${[level.name, level.coverage, level.fairness].filter(Boolean).join(" · ")}</p>
      ${table({
        caption: `What ${sprint.name} asked of those on call (${level.name})`,
        columns: [
          { title: "Who", cell: (/** @type {SprintLoad} */ row) => row.name },
          { title: "On call", numeric: true, cell: ({ carried }) => carried.said },
          { title: "Weekends", numeric: true, cell: ({ carried }) => carried.weekend },
          { title: "Holidays", numeric: true, cell: ({ carried }) => carried.holidays },
          { title: "Pages", numeric: true, cell: ({ carried }) => pagesSaid(carried) },
        ],
        rows: level.loads,
        key: ({ member }) => member,
      })}`)}</section>`;
}

/** @param {Carried} carried */
function pagesSaid({ pages, asleep }) {
  return asleep > 0 ? `${pages}, ${asleep} asleep` : String(pages);
}

/** @param {TimeOfWeek} only */
function onlySaid({ days, from, to }) {
  return `${days === 127 ? "every day" : weekdays.filter((_, at) => (days & (1 << at)) !== 0).join(", ")} ${from}–${to}`;
}

/**
 * @param {LevelBoard} level
 * @returns {Act[]}
 */
function levelActs(level) {
  const change = (/** @type {Partial<ChangeLevel>} */ what) => act({ onCall: { changeLevel: { id: level.id, ...what } } });
  return [
    { id: "levelName", title: "Rename this level…", run: () => openForm({
      title: "Rename a level", action: "Rename", values: { name: level.name },
      draw: (form) => form.field({ name: "name", label: "Name", autofocus: true }),
      send: ({ name }) => run({ onCall: { changeLevel: { id: level.id, name } } }),
    }) },
    { id: "levelHours", title: "Takes a part of the working day", checked: level.takesHours, run: () => change({ takesHours: !level.takesHours }) },
    { id: "levelAll", title: "Somebody should answer at all hours", checked: level.allHours, run: () => change({ allHours: !level.allHours }) },
    { id: "levelRemove", title: "Remove this level, with its past", grave: true, run: () => act({ onCall: { removeLevel: { id: level.id } } }) },
  ];
}

/**
 * @param {OnCallBoard} board
 * @param {OnCallFactorView} factor
 * @param {Act | undefined} use
 */
function factorCard(board, factor, use) {
  if (!board.levels.some(({ takesHours }) => takesHours)) return nothing;
  return html`<section class="card" aria-labelledby="on-call-factor"><div class="card-head"><h2 id="on-call-factor">What being on call takes</h2><span class="is-quiet">${factor.holds / 100} % of a day holds</span></div>
    <p>${factor.said}</p>
    ${factor.shifts.length === 0 ? nothing : html`<details><summary>The ${countText(factor.shifts.length, "shift")}</summary><ul class="on-call-list">${factor.shifts.map(({ name, days, said }) => html`<li><span>${name} <span class="is-quiet">${days}</span></span><span>${said}</span></li>`)}</ul></details>`}
    <div class="card-acts">${button(use)}</div></section>`;
}

/**
 * @param {OnCallBoard} board
 * @param {OnCallFactorView} factor
 */
async function useFactor(board, factor) {
  const outcome = await openForm({
    title: "What being on call takes",
    action: "Use",
    values: { share: `${(factor.measured ?? factor.holds) / 100} %`, validFrom: board.today },
    draw: (form) => html`<p class="dialog-text">${factor.said}</p>
      ${form.field({ name: "share", label: "Part of the day", narrow: true, autofocus: true })}
      ${form.field({ name: "validFrom", label: "From", type: "date", hint: "What was before stays as it was." })}`,
    send: ({ share, validFrom }) => run({ capacity: { setOnCallFactor: { share, validFrom: validFrom || null } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * Sets up a rotation, or changes one.
 * @param {OnCallBoard} board
 * @param {{rotation: RotationCard, level: string} | null} known
 */
async function rotationForm(board, known) {
  const rotation = known?.rotation;
  const next = board.days.find(({ day }) => day > board.today && new Date(`${day}T00:00:00Z`).getUTCDay() === 1)?.day ?? board.today;
  const [first = next, time = "09:00"] = (rotation?.first ?? `${next}T09:00`).split("T");
  const outcome = await openForm({
    title: rotation ? `Change ${rotation.name}` : "A rotation",
    action: rotation ? "Change" : "Set up",
    wide: true,
    values: {
      level: known?.level ?? board.levels[0]?.id ?? "", levelName: board.levels.length === 0 ? "Primary" : "Secondary", name: rotation?.name ?? "", first, time,
      length: String(rotation?.length ?? 1), unit: /** @type {string} */ (rotation?.unit ?? "weeks"), zone: rotation?.zone ?? board.zone,
      people: rotation ? rotation.people.map(({ id }) => id) : board.members.map(({ id }) => id), only: rotation?.only ?? [],
    },
    draw: (form) => {
      const { people, only } = form.values;
      const move = (/** @type {number} */ from, /** @type {number} */ to) => {
        const moved = [...people];
        moved.splice(to, 0, ...moved.splice(from, 1));
        form.set({ people: moved });
      };
      const nameOf = (/** @type {string} */ id) => board.members.find((one) => one.id === id)?.name ?? rotation?.people.find((one) => one.id === id)?.name ?? "";
      const left = board.members.filter(({ id }) => !people.includes(id));
      const put = (/** @type {number} */ at, /** @type {Partial<TimeOfWeek>} */ change) => form.set({ only: only.map((one, here) => (here === at ? { ...one, ...change } : one)) });
      return html`
        <div class="field-pair">${board.levels.length > 0 ? form.field({ name: "level", label: "Level", type: "choice", choices: [...board.levels.map(({ id, name }) => ({ value: id, title: name })), { value: "", title: "another level" }] }) : nothing}
          ${form.values.level === "" ? form.field({ name: "levelName", label: "Name of the level" }) : nothing}
          ${form.field({ name: "name", label: "Name", placeholder: "Weekly" })}</div>
        <fieldset class="on-call-people"><legend>Who takes turns, in order</legend>
          <ol>${people.map((id, at) => html`<li><span>${nameOf(id)}</span><span>
            <button type="button" class="button is-plain" ?disabled=${at === 0} title="Earlier" aria-label="${nameOf(id)} earlier" @click=${() => move(at, at - 1)}>↑</button>
            <button type="button" class="button is-plain" ?disabled=${at === people.length - 1} title="Later" aria-label="${nameOf(id)} later" @click=${() => move(at, at + 1)}>↓</button>
            <button type="button" class="button is-plain" title="Takes no turns" aria-label="${nameOf(id)} takes no turns" @click=${() => form.set({ people: people.filter((one) => one !== id) })}>✕</button></span></li>`)}</ol>
          ${left.length === 0 ? nothing : field({ id: "form-add", name: "add", label: "Add", type: "choice", value: "", choices: [{ value: "", title: "choose…" }, ...left.map(({ id, name }) => ({ value: id, title: name }))], done: (id) => { if (id) form.set({ people: [...people, id] }); } })}
          ${form.error("people") ? html`<p class="field-error" role="alert">${form.error("people")?.message} ${form.error("people")?.hint}</p>` : nothing}</fieldset>
        <div class="on-call-fields">${form.field({ name: "length", label: "A turn lasts", type: "number", narrow: true })}${form.field({ name: "unit", label: "Unit", type: "choice", choices: units })}
          ${form.field({ name: "first", label: rotation ? "From this handover on" : "First handover", type: "date" })}${form.field({ name: "time", label: "At", type: "time" })}${form.field({ name: "zone", label: "Time zone" })}</div>
        <fieldset class="on-call-only"><legend>Only at these times <span class="is-quiet">${only.length === 0 ? "at all hours" : ""}</span></legend>
          ${only.map((one, at) => html`<div class="on-call-fields"><span class="on-call-week" role="group" aria-label="Days on which it begins">${weekdays.map((day, bit) => html`<label><input type="checkbox" .checked=${(one.days & (1 << bit)) !== 0} @change=${() => put(at, { days: one.days ^ (1 << bit) })}>${day}</label>`)}</span>
            ${field({ id: `only-from-${at}`, name: "onlyFrom", label: "From", type: "time", value: one.from, change: (from) => put(at, { from }) })}${field({ id: `only-to-${at}`, name: "onlyTo", label: "To", type: "time", value: one.to, change: (to) => put(at, { to }) })}
            <button type="button" class="button is-plain" @click=${() => form.set({ only: only.filter((_, here) => here !== at) })}>Take away</button></div>`)}
          <button type="button" class="button" @click=${() => form.set({ only: [...only, only.length === 0 ? { days: 127, from: "20:00", to: "08:00" } : { days: 96, from: "08:00", to: "20:00" }] })}>Add a time</button>
          ${form.error("only") ? html`<p class="field-error" role="alert">${form.error("only")?.message} ${form.error("only")?.hint}</p>` : nothing}</fieldset>
        <p class="dialog-text is-quiet">${rotation ? "Nobody’s past changes. With a later handover the rotation goes on as it is until then." : "Who is named first takes the first turn. A first handover in the past says that it was so since."}</p>`;
    },
    send: ({ level, levelName, name, first: day, time: at, length, unit, zone, people, only }) => run({ onCall: { saveRotation: {
      id: rotation?.id ?? null, level: level || null, levelName, name, zone, first: `${day} ${at || "09:00"}`, unit: /** @type {TurnUnit} */ (unit), length: Math.max(0, Math.round(Number(length)) || 0), people, only,
    } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {RotationCard} rotation */
async function endRotation(rotation) {
  const outcome = await openForm({
    title: `End ${rotation.name}`,
    action: "End",
    values: { at: "", time: "09:00" },
    draw: (form) => html`<div class="field-pair">${form.field({ name: "at", label: "From", type: "date", hint: "Empty is now. What was so stays recorded.", autofocus: true })}${form.field({ name: "time", label: "At", type: "time" })}</div>`,
    send: ({ at, time }) => run({ onCall: { endRotation: { id: rotation.id, at: at ? `${at} ${time || "00:00"}` : "" } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {OnCallBoard} board */
function chooseRota(board) {
  const all = board.levels.flatMap((level) => level.rotations.filter(({ problem }) => problem === null).map((rotation) => ({ ...rotation, level: level.name })));
  const [only] = all;
  if (all.length === 1 && only) return rotaForm(only.id);
  return openForm({
    title: "A fair rota of which rotation?",
    action: "Propose",
    values: { rotation: only?.id ?? "" },
    draw: (form) => form.field({ name: "rotation", label: "Rotation", type: "choice", choices: all.map(({ id, name, level }) => ({ value: id, title: `${name} (${level})` })), autofocus: true }),
    send: async ({ rotation }) => rotation,
  }).then((rotation) => (rotation ? rotaForm(rotation) : undefined));
}

/**
 * Proposes who takes the coming turns, with the reasons; anybody can be chosen instead.
 * @param {string} rotation
 */
async function rotaForm(rotation) {
  const read = (/** @type {number} */ turns) => ask({ onCall: { rota: { rotation, turns } } });
  let rota = await read(12);
  /** @type {Map<number, string>} */
  const picks = new Map();
  const outcome = await openForm({
    title: `A fair rota of ${rota.name}`,
    action: "Give out these turns",
    wide: true,
    values: { turns: "12" },
    draw: (form) => html`
      <div class="on-call-fields">${field({ id: "form-turns", name: "turns", label: "Turns", type: "choice", narrow: true, value: form.values.turns, choices: ["4", "8", "12", "26", "52"].map((value) => ({ value, title: value })), change: (turns) => {
        form.set({ turns });
        void read(Number(turns)).then((seen) => { if (form.values.turns === turns) rota = seen; redraw(); }, fail);
      } })}</div>
      <p class="dialog-text">${rota.said}</p>
      <div class="on-call-rota" tabindex="0" role="region" aria-label="The proposed turns">${table({
        caption: "Who takes which turn, and why",
        columns: [
          { title: "Turn", cell: (/** @type {RotaTurn} */ turn) => turn.said },
          { title: "Now", cell: ({ now }) => now },
          { title: "Proposed", cell: (turn) => (turn.agreed ? html`<strong>${turn.name}</strong>` : html`<select aria-label="Who takes ${turn.said}" @change=${(/** @type {Event} */ event) => {
            picks.set(turn.from, /** @type {HTMLSelectElement} */ (event.currentTarget).value);
            redraw();
          }}>${rota.people.map(({ id, name }) => html`<option value=${id} .selected=${id === (picks.get(turn.from) ?? turn.member)}>${name}</option>`)}</select>${turn.changed ? html`<span class="is-quiet"> changes</span>` : nothing}`) },
          { title: "Why", cell: (turn) => (picks.has(turn.from) && picks.get(turn.from) !== turn.member ? "Chosen by you." : turn.reason) },
        ],
        rows: rota.turns,
        key: ({ from }) => from,
      })}</div>
      <p class="dialog-text is-quiet">One step, which can be undone. Turns of which people agreed on something stay as they are.</p>`,
    send: ({ turns }) => {
      const chosen = rota.turns.flatMap(({ from, member }) => {
        const pick = picks.get(from);
        return pick !== undefined && pick !== member ? [{ from, member: pick }] : [];
      });
      return run({ onCall: { applyRota: { rotation, turns: Number(turns), picks: chosen } } });
    },
  });
  if (outcome) sayDone(outcome);
}

/** @param {OnCallBoard} board */
async function handoverPage(board) {
  const read = (/** @type {string} */ level) => ask({ onCall: { handover: { level } } });
  let level = board.levels[0]?.id ?? "";
  let page = await read(level);
  const again = () => read(level).then((seen) => { page = seen; redraw(); }, fail);
  const lines = (/** @type {HandoverLine[]} */ all, /** @type {string} */ none) => (all.length === 0 ? html`<p class="is-quiet">${none}</p>` : html`<ul class="on-call-list">${all.map((line) => html`<li><span><strong>${line.severity}</strong> ${line.title} <span class="is-quiet">${line.label}, ${line.when}</span></span></li>`)}</ul>`);
  let text = "";
  await openDialog({
    title: "Handover",
    wide: true,
    draw: (close) => html`
      ${board.levels.length > 1 ? field({ id: "handover-level", name: "level", label: "Level", type: "choice", value: level, choices: board.levels.map(({ id, name }) => ({ value: id, title: name })), done: (chosen) => { level = chosen; void again(); } }) : nothing}
      ${page === null ? html`<p class="dialog-text">No handover follows within ten weeks.</p>` : html`
        <p class="dialog-text"><strong>${page.said}</strong> <span class="is-quiet">${page.shift}</span></p>
        <section class="start-told"><h3>Open</h3>${lines(page.open, "Nothing is open.")}</section>
        <section class="start-told"><h3>What to watch</h3>${page.notes.length === 0 ? html`<p class="is-quiet">Nothing was written yet.</p>` : html`<ul class="on-call-list">${page.notes.map((note) => html`<li><span>${note.text} <span class="is-quiet">${note.by}</span></span></li>`)}</ul>`}
          <form class="on-call-note" @submit=${(/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            void run({ onCall: { writeHandoverNote: { level, text } } }).then(() => { text = ""; return again(); }, fail);
          }}>${field({ id: "handover-text", name: "text", label: "What the next should watch", type: "area", value: text, autofocus: true, change: (typed) => { text = typed; redraw(); } })}
            <div class="card-acts"><button type="submit" class="button">Add to the note</button></div></form></section>
        <section class="start-told"><h3>This shift</h3>${lines(page.happened, "Nothing happened.")}</section>`}
      <div class="dialog-buttons">
        <button class="button" ?disabled=${page === null} @click=${() => navigator.clipboard.writeText(page?.markdown ?? "").then(() => say("The handover is on the clipboard, as Markdown"), fail)}>Copy as Markdown</button>
        <button class="button is-main" @click=${() => close()}>Close</button></div>`,
  });
}

/** @param {OnCallBoard} board */
async function saveCalendar(board) {
  const all = { value: "", title: "everybody" };
  await openForm({
    title: "Save as a calendar",
    action: "Save…",
    values: { weeks: "26", member: "", level: "" },
    draw: (form) => html`${form.field({ name: "member", label: "Whose shifts", type: "choice", choices: [all, ...board.members.map(({ id, name }) => ({ value: id, title: name }))], autofocus: true })}
      ${board.levels.length > 1 ? form.field({ name: "level", label: "Level", type: "choice", choices: [{ value: "", title: "all levels" }, ...board.levels.map(({ id, name }) => ({ value: id, title: name }))] }) : nothing}
      ${form.field({ name: "weeks", label: "How far ahead", type: "choice", choices: ["4", "13", "26", "52"].map((value) => ({ value, title: `${value} weeks` })) })}
      <p class="dialog-text is-quiet">An iCalendar file. A shift keeps its identity: saved again, a calendar program changes it instead of adding it twice.</p>`,
    send: async ({ weeks, member, level }) => {
      const file = await ask({ onCall: { calendarFile: { weeks: Number(weeks), member: member || null, level: level || null } } });
      const name = await host({ saveText: { name: file.fileName, text: file.text } });
      if (name) say(`${name} saved, ${countText(file.shifts, "shift")}`);
      return name;
    },
  });
}

/**
 * Chooses a file of shifts, shows what it holds and who is meant, and takes it.
 * @param {OnCallBoard} board
 */
async function importShifts(board) {
  const file = await host({ pickFile: { title: "Import shifts", filters: [{ name: "Calendars and tables", extensions: ["ics", "ical", "csv", "tsv", "txt"] }, { name: "All files", extensions: ["*"] }] } });
  if (!file) return;
  let level = board.levels[0]?.id ?? "";
  /** @type {PersonChoice[]} */
  let people = [];
  /** @type {ShiftColumns | null} */
  let columns = null;
  const asked = () => ({ level: level || null, people, columns });
  let reads = 0;
  const read = async () => {
    const ticket = (reads += 1);
    const seen = await ask({ onCall: { shiftFile: asked() } }, { attachment: file.handle });
    return ticket === reads ? seen : look;
  };
  /** @type {ShiftFile} */
  let look = /** @type {any} */ (null);
  look = await read();
  const again = () => void read().then((seen) => { look = seen; redraw(); }, fail);
  const members = [{ value: "", title: "leave out" }, { value: "+", title: "add to the team" }, ...board.members.map(({ id, name }) => ({ value: id, title: name }))];
  const outcome = await openForm({
    title: look.name || file.name,
    action: "Import",
    wide: true,
    values: {},
    draw: () => html`
      <p class="dialog-text">${countText(look.fresh, "shift")} would be stored${look.known > 0 ? `; ${look.known} ${look.known === 1 ? "is" : "are"} known already` : ""}${look.withoutPerson > 0 ? `; ${look.withoutPerson} of people who are left out` : ""}. <span class="is-quiet">${look.said}</span></p>
      ${look.notes.map((note) => html`<p class="dialog-text is-quiet">${note}</p>`)}
      ${board.levels.length > 1 ? field({ id: "import-level", name: "level", label: "Level", type: "choice", value: level, choices: board.levels.map(({ id, name }) => ({ value: id, title: name })), done: (chosen) => { level = chosen; again(); } }) : nothing}
      ${look.chosen === null ? nothing : html`<div class="on-call-fields">${/** @type {const} */ ([["from", "Begins in"], ["to", "Ends in"], ["person", "Who stands in"]]).map(([name, label]) => field({ id: `column-${name}`, name, label, type: "choice", value: look.chosen?.[name] ?? "",
        choices: [{ value: "", title: name === "to" ? "when the next begins" : "choose…" }, ...look.columns.map((column) => ({ value: column, title: column }))],
        done: (column) => { columns = { from: "", to: "", person: "", ...look.chosen, [name]: column }; again(); } }))}</div>`}
      <div class="on-call-rota" tabindex="0" role="region" aria-label="Who is meant">${table({
        caption: "Who is meant",
        columns: [
          { title: "In the file", cell: (/** @type {PersonFound} */ person) => person.written },
          { title: "Shifts", numeric: true, cell: ({ shifts }) => shifts },
          { title: "When", cell: ({ said }) => said },
          { title: "Is", cell: (person) => html`<select aria-label="Who ${person.written} is" @change=${(/** @type {Event} */ event) => {
            const { value } = /** @type {HTMLSelectElement} */ (event.currentTarget);
            people = [...people.filter(({ written }) => written !== person.written), { written: person.written, member: value && value !== "+" ? value : null, add: value === "+" }];
            again();
          }}>${members.map(({ value, title }) => html`<option value=${value} .selected=${value === (person.member ?? (person.add ? "+" : ""))}>${title}</option>`)}</select>` },
        ],
        rows: look.people,
        key: ({ written }) => written,
      })}</div>
      ${look.leftOut.length > 0 ? html`<section class="start-told"><h3>Left out</h3><ul>${look.leftOut.slice(0, 8).map(({ line, what, why }) => html`<li>${line === null ? "" : `Line ${line}: `}${what}: ${why}</li>`)}${
        look.leftOut.length > 8 ? html`<li class="is-quiet">and ${look.leftOut.length - 8} more</li>` : nothing}</ul></section>` : nothing}`,
    send: () => run({ onCall: { importShifts: { ...asked(), source: file.name } } }, { attachment: file.handle }),
  });
  if (outcome) sayDone(outcome);
}

/** @type {import("../main.js").Screen} */
export const onCall = {
  name: "oncall",
  title: "On call",
  group: "Production",
  key: "g o",
  query: (params) => [{ onCall: { board: { day: params.day || null, weeks: Number(params.weeks) || null } } }, { onCall: { factor: {} } }, { onCall: { ofSprint: {} } }],
  draw,
  commands,
  keys: [["left right", "In the strip, go to the turn before or after"]],
};
