// @ts-check
/**
 * The team's calendar: the days of a Sprint as rows of people with their hours, and a month with holidays, absences, who is on call and Sprints.
 *
 * 1. Days are picked by dragging over them, or with the arrow keys and Shift; what can be done with them is a key, a menu, and in the palette.
 * 2. Every figure and every sentence comes from Rust; what is shown is the calendar as it is now.
 * 3. The address says what is shown: the view, the Sprint or the month, and in the month whose days are picked.
 * 4. A form says one absence with its days, its part of a day and a note; a key says something new of exactly the picked days.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, host, onOpened, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { openForm } from "../parts/dialog.js";
import { watchDrag } from "../parts/drag.js";
import { field } from "../parts/field.js";
import { isOffered, kbd } from "../parts/keys.js";
import { menuButton, openMenu } from "../parts/menu.js";
import { countText, daysText, dayText, hoursText, weekdayText } from "../parts/text.js";
import { act, fail, sayDone } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {{member: string, day: string}} Cell `member` is "" where days of the whole team are meant */
/** @typedef {{day: string, absence: string | null, away: number, note: string, onCall: boolean}} Known what is known of a member's day; `absence` is null where they are there */

/** Where the keys are, and from where a range is counted. @type {Cell} */
let at = { member: "", day: "" };
/** @type {Cell} */
let anchor = { member: "", day: "" };

onOpened(() => { at = anchor = { member: "", day: "" }; });

/**
 * @param {CalendarRows | CalendarMonth} view
 * @returns {view is CalendarMonth}
 */
function isMonth(view) {
  return "weeks" in view;
}

/** @param {CalendarRows | CalendarMonth} view */
function daysOf(view) {
  return isMonth(view) ? view.weeks.flat().map(({ day }) => day) : view.days.map(({ day }) => day);
}

/**
 * Whose rows can be picked: in a month the one that was chosen, or "" for the team.
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 */
function membersOf(view, context) {
  if (!isMonth(view)) return view.members.map(({ member }) => member);
  return [view.members.some(({ id }) => id === context.params.who) ? (context.params.who ?? "") : ""];
}

/**
 * Moves the keys to a cell; with `far` the range stays where it began.
 * @param {Cell} cell
 * @param {boolean} [far]
 */
function go(cell, far) {
  at = cell;
  if (!far) anchor = cell;
  redraw();
  queueMicrotask(() => document.querySelector(".calendar-grid .is-at")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
}

/**
 * What is picked: members by days; nothing while the keys are in no cell of this view.
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 */
function picked(view, context) {
  const members = membersOf(view, context);
  const days = daysOf(view);
  const place = (/** @type {Cell} */ cell) => ({ row: isMonth(view) ? 0 : members.indexOf(cell.member), day: days.indexOf(cell.day) });
  const here = place(at);
  if (here.row < 0 || here.day < 0) return { members: [], days: [] };
  const from = place(anchor);
  const start = from.row < 0 || from.day < 0 ? here : from;
  return {
    members: members.slice(Math.min(start.row, here.row), Math.max(start.row, here.row) + 1),
    days: days.slice(Math.min(start.day, here.day), Math.max(start.day, here.day) + 1),
  };
}

/**
 * What is known of the picked days of the picked members.
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 * @returns {Known[]}
 */
function knownOf(view, context) {
  const { members, days } = picked(view, context);
  if (isMonth(view)) {
    const [who] = members;
    return view.weeks.flat().filter(({ day }) => days.includes(day)).map((day) => {
      const absence = day.away.find(({ member }) => member === who);
      return { day: day.day, absence: absence?.id ?? null, away: absence?.away ?? 0, note: absence?.note ?? "", onCall: day.onCall.some(({ id }) => id === who) };
    });
  }
  return view.members.filter(({ member }) => members.includes(member)).flatMap(({ cells }) => cells.filter(({ day }) => days.includes(day)))
    .map(({ day, absence, presence, note, onCall }) => ({ day, absence, away: 10_000 - presence, note, onCall }));
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 * @returns {Act[]} what can be done with the picked days
 */
function pickedActs(view, context) {
  const { members, days } = picked(view, context);
  const [first = "", last = first] = [days[0], days.at(-1)];
  const whole = members.length === 1 && members[0] === "";
  const known = whole ? [] : knownOf(view, context);
  const some = () => days.length > 0 && members.length > 0;
  const marked = () => members.map((member) => ({ member, firstDay: first, lastDay: last }));
  const away = (/** @type {number} */ part, /** @type {string} */ written) => (whole
    ? absenceForm(view, { member: "", first, last, away: written })
    : act({ capacity: { markAway: { days: marked(), away: part } } }));
  const isOnCall = known.length > 0 && known.every(({ onCall }) => onCall);
  const isAway = known.some(({ absence }) => absence !== null);
  const holiday = holidayOn(view, first);
  return [
    { id: "away", title: whole ? "Away…" : "Away", key: "a", when: some, run: () => away(10_000, "") },
    { id: "half", title: whole ? "Half a day away…" : "Half a day away", key: "h", when: some, run: () => away(5000, "half") },
    { id: "onCall", title: isOnCall ? "Not on call" : whole ? "On call…" : "On call", key: "o", when: some,
      run: () => (whole ? onCallForm(view, { member: "", first, last }) : act({ capacity: { markOnCall: { days: marked(), onCall: !isOnCall } } })) },
    { id: "takeAway", title: isAway ? "There after all" : "Take on-call days away", key: "delete", when: () => some() && known.some(({ absence, onCall }) => absence !== null || onCall),
      run: () => act({ capacity: isAway ? { markAway: { days: marked(), away: 0 } } : { markOnCall: { days: marked(), onCall: false } } }) },
    { id: "absence", title: members.length === 1 && known[0]?.absence ? "Change the absence…" : "Absence with a note…", key: "enter", when: () => some() && members.length === 1,
      run: () => openAbsence(view, { member: members[0] ?? "", first, last }, known[0]) },
    { id: "holiday", title: holiday ? "No holiday on this day" : "Holiday on this day…", key: "shift+h", when: () => days.length === 1,
      run: () => (holiday ? act({ team: { removeHoliday: { holiday: holiday.id } } }) : holidayForm(first)) },
  ];
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {string} day
 */
function holidayOn(view, day) {
  const days = isMonth(view) ? view.weeks.flat() : view.days;
  return days.find((one) => one.day === day)?.holiday ?? null;
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(view, context) {
  const month = isMonth(view);
  const first = at.day || view.today;
  const others = month ? [] : view.sprints.filter(({ id }) => id !== view.sprint?.id);
  return [
    ...pickedActs(view, context),
    { id: "addAbsence", title: "Add an absence…", key: "n", main: true, when: () => view.members.length > 0, run: () => absenceForm(view, { member: at.member, first, last: first, away: "" }) },
    { id: "addOnCall", title: "Add days on call…", key: "shift+o", when: () => view.members.length > 0, run: () => onCallForm(view, { member: at.member, first, last: first }) },
    { id: "onCallFactor", title: "What being on call takes…", run: () => factorForm(view) },
    { id: "share", title: "Share a member with other teams…", when: () => view.members.length > 0, run: () => shareForm(view) },
    { id: "importHolidays", title: "Import public holidays…", key: "i", run: importHolidays },
    { id: "view", title: month ? "Show the Sprint" : "Show the month", key: "v", run: () => context.set(month ? { view: "" } : { view: "month", day: at.day }) },
    { id: "earlier", title: month ? "The month before" : "The Sprint before", key: "[", when: () => month || beside(view, -1) !== undefined, run: () => step(view, context, -1) },
    { id: "later", title: month ? "The month after" : "The Sprint after", key: "]", when: () => month || beside(view, 1) !== undefined, run: () => step(view, context, 1) },
    { id: "today", title: "Today", key: "t", run: () => {
      context.set(month ? { day: "" } : { sprint: "" });
      go({ member: at.member, day: view.today });
    } },
    ...others.map((sprint) => ({ id: `show-${sprint.id}`, title: `Show ${sprint.name}`, run: () => context.set({ sprint: sprint.id }) })),
    { id: "toSettings", title: "Members and their hours", run: () => context.go("settings") },
  ];
}

/**
 * @param {CalendarRows} view
 * @param {number} by
 */
function beside(view, by) {
  const place = view.sprints.findIndex(({ id }) => id === view.sprint?.id);
  return place < 0 ? undefined : view.sprints[place + by];
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 * @param {number} by
 */
function step(view, context, by) {
  if (isMonth(view)) context.set({ day: by < 0 ? view.earlier : view.later });
  else context.set({ sprint: beside(view, by)?.id ?? "" });
}

/** @param {CalendarRows | CalendarMonth} view */
function people(view) {
  return isMonth(view) ? view.members.map(({ id, name }) => ({ value: id, title: name })) : view.members.map(({ member, name }) => ({ value: member, title: name }));
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {string} member
 */
function nameOf(view, member) {
  return people(view).find(({ value }) => value === member)?.title ?? "";
}

/**
 * Changes the absence that lies there, or enters one.
 * @param {CalendarRows | CalendarMonth} view
 * @param {{member: string, first: string, last: string}} days
 * @param {Known | undefined} known
 */
function openAbsence(view, { member, first, last }, known) {
  if (!known?.absence) return absenceForm(view, { member, first, last, away: "" });
  const id = known.absence;
  const whole = spanOf(view, member, id) ?? { first, last };
  return openForm({
    title: `Absence of ${nameOf(view, member)}`,
    action: "Change",
    values: { firstDay: whole.first, lastDay: whole.last, away: partText(known.away), note: known.note },
    draw: absenceFields,
    send: (values) => run({ capacity: { changeAbsence: { id, ...values } } }),
  });
}

/**
 * The days of an absence, those that are not shown included.
 * @param {CalendarRows | CalendarMonth} view
 * @param {string} member
 * @param {string} id
 */
function spanOf(view, member, id) {
  if (isMonth(view)) {
    const absence = view.weeks.flat().flatMap(({ away }) => away).find((one) => one.id === id);
    return absence && { first: absence.firstDay, last: absence.lastDay };
  }
  const absence = view.members.find((row) => row.member === member)?.absences.find((one) => one.id === id);
  return absence && { first: absence.firstDay, last: absence.lastDay };
}

/** @param {number} away */
function partText(away) {
  return away === 10_000 ? "" : away === 5000 ? "half" : `${away / 100} %`;
}

/** @param {import("../parts/dialog.js").Form<{firstDay: string, lastDay: string, away: string, note: string}>} form */
function absenceFields(form) {
  return html`<div class="field-pair">${form.field({ name: "firstDay", label: "First day", type: "date" })}${form.field({ name: "lastDay", label: "Last day", type: "date" })}</div>
    ${form.field({ name: "away", label: "How much of each day", placeholder: "the whole day", hint: "Empty is the whole day; else half, 25 % or 2 h." })}
    ${form.field({ name: "note", label: "Note", placeholder: "Moving house" })}`;
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {{member: string, first: string, last: string, away: string}} start
 */
function absenceForm(view, { member, first, last, away }) {
  const choices = people(view);
  return openForm({
    title: member ? `${nameOf(view, member)} is away` : "Somebody is away",
    action: "Add",
    values: { member: member || (choices[0]?.value ?? ""), firstDay: first, lastDay: last, away, note: "" },
    draw: (form) => html`${member ? nothing : form.field({ name: "member", label: "Who", type: "choice", choices, autofocus: true })}
      ${absenceFields(/** @type {any} */ (form))}
      <p class="dialog-text is-quiet">Every Sprint that is not started reads it. Nothing else changes.</p>`,
    send: (values) => run({ capacity: { addAbsence: values } }),
  });
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {{member: string, first: string, last: string}} start
 */
function onCallForm(view, { member, first, last }) {
  const choices = people(view);
  return openForm({
    title: "On call",
    action: "Add",
    values: { member: member || (choices[0]?.value ?? ""), firstDay: first, lastDay: last },
    draw: (form) => html`${form.field({ name: "member", label: "Who", type: "choice", choices, autofocus: true })}
      <div class="field-pair">${form.field({ name: "firstDay", label: "First day", type: "date" })}${form.field({ name: "lastDay", label: "Last day", type: "date" })}</div>`,
    send: ({ member: who, firstDay, lastDay }) => run({ capacity: { markOnCall: { days: [{ member: who, firstDay, lastDay: lastDay || firstDay }], onCall: true } } }),
  });
}

/** @param {string} day */
function holidayForm(day) {
  return openForm({
    title: `Holiday on ${dayText(day)}`,
    action: "Add",
    values: { name: "" },
    draw: (form) => form.field({ name: "name", label: "What is celebrated", placeholder: "Christmas", autofocus: true }),
    send: ({ name }) => run({ team: { addHoliday: { day, name } } }),
  });
}

/** @param {CalendarRows | CalendarMonth} view */
function factorForm(view) {
  return openForm({
    title: "What being on call takes",
    action: "Change",
    values: { share: `${view.onCallFactor / 100} %`, validFrom: view.today },
    draw: (form) => html`${form.field({ name: "share", label: "Part of the day", narrow: true, hint: "50 % unless the team knows better.", autofocus: true })}
      ${form.field({ name: "validFrom", label: "From", type: "date", hint: "What was before stays as it was." })}`,
    send: ({ share, validFrom }) => run({ capacity: { setOnCallFactor: { share, validFrom: validFrom || null } } }),
  });
}

/** @param {CalendarRows | CalendarMonth} view */
function shareForm(view) {
  const choices = people(view);
  const shareOf = (/** @type {string} */ member) => `${(isMonth(view) ? 10_000 : (view.members.find((row) => row.member === member)?.share ?? 10_000)) / 100} %`;
  const member = at.member || (choices[0]?.value ?? "");
  return openForm({
    title: "A member who is shared with other teams",
    action: "Change",
    values: { member, share: shareOf(member), validFrom: view.today },
    draw: (form) => html`${form.field({ name: "member", label: "Who", type: "choice", choices })}
      ${form.field({ name: "share", label: "Part of each day for this team", narrow: true, hint: "100 % is a member of this team alone. Scrum events take their whole time.", autofocus: true })}
      ${form.field({ name: "validFrom", label: "From", type: "date", hint: "What was before stays as it was." })}`,
    send: ({ member: who, share, validFrom }) => run({ capacity: { shareMember: { member: who, share, validFrom: validFrom || null } } }),
  });
}

/** Chooses an iCalendar file, shows its holidays, and takes those that stay ticked. */
async function importHolidays() {
  const file = await host({ pickFile: { title: "Import public holidays", filters: [{ name: "Calendars", extensions: ["ics", "ical"] }, { name: "All files", extensions: ["*"] }] } });
  if (!file) return;
  const read = (/** @type {number | null} */ until) => ask({ capacity: { holidayFile: { until } } }, { attachment: file.handle });
  let look = await read(null);
  /** @type {Set<string>} */
  const left = new Set();
  const years = Array.from({ length: 11 }, (_, more) => look.from + more);
  const taken = () => look.fresh.filter(({ day }) => !left.has(day));
  const outcome = await openForm({
    title: look.name || "Public holidays",
    action: "Import",
    wide: true,
    values: { until: String(look.until) },
    draw: (form) => html`
      ${field({ id: "form-until", name: "until", label: "Until the end of", type: "choice", narrow: true, value: form.values.until, choices: years.map((year) => ({ value: String(year), title: String(year) })), error: form.error("until"),
        change: (until) => {
          form.set({ until });
          // Of two quick changes the later one is shown, whichever answer comes first.
          void read(Number(until)).then((seen) => { if (form.values.until === until) look = seen; redraw(); }, fail);
        } })}
      <p class="dialog-text">${countText(taken().length, "day")} become${taken().length === 1 ? "s a holiday" : " holidays"}${look.known.length > 0 ? `; ${countText(look.known.length, "day")} ${look.known.length === 1 ? "is one" : "are"} already` : ""}${look.otherYears > 0 ? `; ${countText(look.otherYears, "day")} of other years ${look.otherYears === 1 ? "is" : "are"} left out` : ""}.</p>
      <ul class="calendar-found" tabindex="0" aria-label="Holidays of the file">${look.fresh.map(({ day, name, works }) => html`<li>
        <label><input type="checkbox" .checked=${!left.has(day)} @change=${(/** @type {Event} */ event) => {
          if (/** @type {HTMLInputElement} */ (event.currentTarget).checked) left.delete(day);
          else left.add(day);
          redraw();
        }}><span class="is-number">${dayText(day)}</span><span class="is-quiet">${weekdayText(day)}</span><span class=${works ? "" : "is-quiet"}>${name || "without a name"}${works ? "" : ", a day off anyway"}</span></label></li>`)}</ul>
      ${look.leftOut.length > 0 ? html`<section class="start-told"><h3>Left out</h3><ul>${look.leftOut.slice(0, 8).map(({ name, why }) => html`<li>${name || "Without a name"}: ${why}</li>`)}${
        look.leftOut.length > 8 ? html`<li class="is-quiet">and ${look.leftOut.length - 8} more</li>` : nothing}</ul></section>` : nothing}`,
    send: ({ until }) => run({ capacity: { importHolidays: { until: Number(until), leaveOut: [...left] } } }, { attachment: file.handle }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * The keys of the grid: arrows move, Shift picks a range.
 * @param {KeyboardEvent} event
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 */
function onKey(event, view, context) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const days = daysOf(view);
  const members = membersOf(view, context);
  const [row, day] = [Math.max(0, members.indexOf(at.member)), days.indexOf(at.day)];
  const width = isMonth(view) ? 7 : 1;
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const upright = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  let [toRow, toDay] = [row, day];
  if (day < 0 && (sideways ?? upright) !== undefined) toDay = Math.max(0, days.indexOf(view.today));
  else if (sideways !== undefined) toDay = day + sideways;
  else if (upright !== undefined && isMonth(view)) toDay = day + upright * width;
  else if (upright !== undefined) toRow = row + upright;
  else if (event.key === "Home") toDay = isMonth(view) ? day - (day % 7) : 0;
  else if (event.key === "End") toDay = isMonth(view) ? day - (day % 7) + 6 : days.length - 1;
  else if (event.key === "PageUp" || event.key === "PageDown") {
    event.preventDefault();
    step(view, context, event.key === "PageUp" ? -1 : 1);
    return;
  } else if (event.key === "Escape" && (anchor.day !== at.day || anchor.member !== at.member)) {
    event.preventDefault();
    go(at);
    return;
  } else return;
  event.preventDefault();
  // Past the edge of a month the next one comes; the days beside a month are shown in both.
  if (isMonth(view) && (toDay < 0 || toDay >= days.length) && !event.shiftKey) {
    step(view, context, toDay < 0 ? -1 : 1);
    go({ member: at.member, day: toDay < 0 ? (days[0] ?? "") : (days.at(-1) ?? "") });
    return;
  }
  const cell = { member: members[Math.min(members.length - 1, Math.max(0, toRow))] ?? "", day: days[Math.min(days.length - 1, Math.max(0, toDay))] ?? "" };
  go(cell, event.shiftKey);
}

/** @param {EventTarget | Element | null} target */
function cellAt(target) {
  const cell = target instanceof Element ? target.closest(".calendar-grid [data-day]") : null;
  return cell instanceof HTMLElement ? { member: cell.dataset.member ?? "", day: cell.dataset.day ?? "" } : null;
}

/**
 * A press picks a day, a drag picks days; then a menu says what they can be.
 * @param {PointerEvent} press
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 */
function onPress(press, view, context) {
  const cell = cellAt(press.target);
  if (!cell || press.button !== 0) return;
  go(cell, press.shiftKey);
  watchDrag(press, {
    label: "",
    move: (_, place) => {
      const over = cellAt(place);
      if (over && (over.day !== at.day || over.member !== at.member)) go(over, true);
    },
    drop: (up) => openMenu({ x: up.clientX, y: up.clientY }, pickedActs(view, context)),
  });
}

/**
 * @param {MouseEvent} event
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 */
function onMenu(event, view, context) {
  const cell = cellAt(event.target);
  if (!cell) return;
  event.preventDefault();
  const { members, days } = picked(view, context);
  if (!days.includes(cell.day) || (!isMonth(view) && !members.includes(cell.member))) go(cell);
  openMenu({ x: event.clientX, y: event.clientY }, pickedActs(view, context));
}

/**
 * The grid's own attributes and listeners are the same in both views.
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 * @param {string} label
 * @param {string} look
 * @param {unknown} content
 */
function grid(view, context, label, look, content) {
  const active = at.day && daysOf(view).includes(at.day) ? cellId(at) : nothing;
  return html`<div class="calendar-scroll"><table class="calendar-grid ${look}" role="grid" tabindex="0" data-start aria-multiselectable="true" aria-label=${label} aria-activedescendant=${active}
    @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, view, context)}
    @pointerdown=${(/** @type {PointerEvent} */ press) => onPress(press, view, context)}
    @contextmenu=${(/** @type {MouseEvent} */ event) => onMenu(event, view, context)}
    @dblclick=${(/** @type {MouseEvent} */ event) => {
      const open = cellAt(event.target) && pickedActs(view, context).find(({ id }) => id === "absence");
      if (open && isOffered(open)) void open.run();
    }}>${content}</table></div>`;
}

/** @param {Cell} cell */
function cellId({ member, day }) {
  return `cell-${member}-${day}`;
}

/**
 * @param {CalendarRows | CalendarMonth} view
 * @param {Context} context
 */
function draw(view, context) {
  const acts = commands(view, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const month = isMonth(view);
  const none = view.members.length === 0;
  const title = month ? view.title : view.name;
  const about = month
    ? html`<p class="calendar-about is-quiet">Holidays, absences, who is on call. Every Sprint that is not started reads them.</p>`
    : html`<p class="calendar-about is-quiet">${daysText(view.firstDay, view.lastDay)}${view.sprint ? nothing : ", not planned yet"}${view.said ? ` · ${view.said}` : ""}.</p>`;
  return html`<div class="calendar">
    <div class="screen-head">
      <div><h1>${title}</h1></div>
      <div class="screen-acts">
        <span class="calendar-steps">${turn(find("earlier"), "‹")}${button(find("today"))}${turn(find("later"), "›")}</span>
        <span class="calendar-views" role="group" aria-label="What is shown">
          <button type="button" class="button" aria-pressed=${month ? "false" : "true"} @click=${() => context.set({ view: "" })}>Sprint</button>
          <button type="button" class="button" aria-pressed=${month ? "true" : "false"} @click=${() => context.set({ view: "month" })}>Month</button></span>
        ${button(find("addAbsence"))}
        ${menuButton({ title: "⋯", label: "More about the calendar", acts: () => acts.filter(({ id }) => ["addOnCall", "onCallFactor", "share", "importHolidays", "toSettings"].includes(id) || id.startsWith("show-")) })}
      </div>
    </div>
    ${about}
    ${none ? empty({ title: "Nobody belongs to the team in these days", text: "With members and their hours the calendar shows what each of them can give on each day.", acts: [{ id: "settings", title: "Go to Settings", main: true, run: () => context.go("settings") }] })
      : month ? drawMonth(view, context) : drawRows(view, context)}
  </div>`;
}

/**
 * @param {Act | undefined} to
 * @param {string} sign
 */
function turn(to, sign) {
  if (!to) return nothing;
  return html`<button type="button" class="button" aria-label=${to.title} title=${to.title} ?disabled=${!isOffered(to)} @click=${() => void to.run()}>${sign}</button>`;
}

/**
 * @param {CalendarRows} view
 * @param {Context} context
 */
function drawRows(view, context) {
  const { members, days } = picked(view, context);
  const known = (/** @type {(row: CalendarRow) => number | null} */ of) => view.members.some((row) => (of(row) ?? 0) !== 0);
  const sums = [
    { title: "Hours", of: (/** @type {CalendarRow} */ row) => row.gross, total: view.total?.gross, shown: true },
    { title: "Events", of: (/** @type {CalendarRow} */ row) => row.events, total: view.total?.events, shown: known((row) => row.events) },
    { title: "Away", of: (/** @type {CalendarRow} */ row) => row.away, total: view.total?.away, shown: known((row) => row.away) },
    { title: "On call", of: (/** @type {CalendarRow} */ row) => row.call, total: view.total?.call, shown: known((row) => row.call) },
    { title: "Net", of: (/** @type {CalendarRow} */ row) => row.net, total: view.total?.net, shown: true },
  ].filter(({ shown }) => shown);
  const holidays = view.days.filter(({ holiday }) => holiday !== null);
  const isPicked = (/** @type {string} */ member, /** @type {string} */ day) => members.includes(member) && days.includes(day);
  return html`${grid(view, context, `${view.name}: people by days, in hours`, "is-rows", html`
    <thead><tr><th scope="col" class="calendar-name"><span class="is-hidden">Who</span></th>
      ${view.days.map((day) => html`<th scope="col" class="${day.works ? "" : "is-off"} ${day.day === view.today ? "is-today" : ""}" title=${dayTitle(day)}>
        <span>${weekdayText(day.day).slice(0, 2)}</span><strong>${Number(day.day.slice(8))}</strong></th>`)}
      ${sums.map(({ title }) => html`<th scope="col" class="calendar-sum">${title}</th>`)}</tr></thead>
    <tbody>
      <tr class="calendar-events"><th scope="row" class="calendar-name">Scrum events</th>${view.days.map((day) => {
        const minutes = day.events.reduce((sum, event) => sum + event.minutes, 0);
        return html`<td class=${day.works ? "" : "is-off"} title=${day.events.map(({ name, minutes: takes }) => `${name} ${exactly(takes)}`).join(", ")}>${minutes > 0 ? short(minutes) : ""}</td>`;
      })}${sums.map(() => html`<td class="calendar-sum"></td>`)}</tr>
      ${view.members.map((row) => html`<tr><th scope="row" class="calendar-name">${row.name}${row.share < 10_000 ? html` <span class="is-quiet">${row.share / 100} %</span>` : nothing}</th>
        ${row.cells.map((cell) => drawCell(view, row, cell, isPicked(row.member, cell.day)))}
        ${sums.map(({ title, of }) => html`<td class="calendar-sum" title=${title === "Net" ? (row.said ?? "") : ""}>${row.net === null ? (title === "Net" ? html`<a href="#/settings">hours?</a>` : "") : short(of(row) ?? 0)}</td>`)}</tr>`)}
    </tbody>
    <tfoot><tr><th scope="row" class="calendar-name">Team</th>${view.days.map((day) => html`<td class=${day.works ? "" : "is-off"}>${day.works ? short(day.net) : ""}</td>`)}
      ${sums.map(({ total }) => html`<td class="calendar-sum">${total === undefined ? "" : short(total)}</td>`)}</tr></tfoot>`)}
    <div class="calendar-below">
      ${legend(false)}
      ${holidays.length > 0 ? html`<p class="is-quiet">${holidays.map(({ day, holiday }) => `${dayText(day)}: ${holiday?.name || "holiday"}`).join(", ")}.</p>` : nothing}
      ${view.unanswered.length > 0 ? html`<p class="is-quiet">${view.unanswered.join(", ")}: hours a day are not set, so they count in no sum. <a href="#/settings">Set them</a>.</p>` : nothing}
      <p class="is-quiet">Being on call takes ${view.onCallFactor / 100} % of a day${view.onCallLater.length > 0 ? `, ${view.onCallLater.join(", ")}` : ""}.</p>
      ${movedCard(view.moved, `Since the start of ${view.name}`)}
    </div>`;
}

/**
 * How the capacity of a Sprint moved since its start, with who and why.
 * @param {CapacityMovedSaid | null} moved
 * @param {string} title
 */
export function movedCard(moved, title) {
  if (!moved) return nothing;
  return html`<section class="card" aria-labelledby="moved-title"><div class="card-head"><h2 id="moved-title">${title}</h2><span class="is-quiet">${moved.said}</span></div>
    ${moved.members.length > 0 ? html`<ul class="calendar-moved">${moved.members.map(({ said }) => html`<li>${said}</li>`)}</ul>`
      : html`<p class="is-quiet">Nothing in the calendar has changed what was committed.</p>`}</section>`;
}

/** @param {RowDay} day */
function dayTitle(day) {
  const name = `${weekdayText(day.day)}, ${dayText(day.day)}`;
  return day.holiday ? `${name}: ${day.holiday.name || "holiday"}` : name;
}

/**
 * @param {CalendarRows} view
 * @param {CalendarRow} row
 * @param {CalendarCell} cell
 * @param {boolean} isPicked
 */
function drawCell(view, row, cell, isPicked) {
  const isAt = cell.day === at.day && row.member === at.member;
  const works = cell.kind === "works";
  const said = cellSaid(cell);
  const less = works && cell.presence < 10_000 ? (cell.presence === 0 ? "away" : cell.presence === 5000 ? "half" : lessText(cell)) : "";
  const tag = cell.onCall && less ? `${less}, call` : cell.onCall ? "on call" : less;
  return html`<td id=${cellId({ member: row.member, day: cell.day })} role="gridcell" data-drop data-member=${row.member} data-day=${cell.day}
    class="${look(cell)} ${isPicked ? "is-picked" : ""} ${isAt ? "is-at" : ""} ${cell.day === view.today ? "is-today" : ""}" aria-selected=${isPicked ? "true" : "false"}
    aria-label="${row.name}, ${weekdayText(cell.day)} ${dayText(cell.day)}: ${said}" title=${said}>${works ? (cell.net === null ? "?" : short(cell.net)) : ""}${tag ? html`<small>${tag}</small>` : nothing}</td>`;
}

/**
 * "−2 h", or the part where the hours are not set.
 * @param {CalendarCell} cell
 */
function lessText({ away, presence }) {
  return away === null ? `−${Math.round((10_000 - presence) / 100)} %` : `−${short(away)} h`;
}

/** @param {CalendarCell} cell */
function look({ kind, presence, onCall }) {
  const parts = [];
  if (kind !== "works") parts.push("is-off");
  else if (presence === 0) parts.push("is-away");
  else if (presence < 10_000) parts.push("is-half");
  if (onCall) parts.push("is-call");
  return parts.join(" ");
}

/** @param {CalendarCell} cell */
function cellSaid({ kind, presence, onCall, away, net, note }) {
  const words = { works: "", dayOff: "nobody works", beforeStart: "before the start", notTheirDay: "not their day", notAMember: "not in the team" }[kind];
  const absent = kind === "works" && presence < 10_000 ? `${presence === 0 ? "away" : presence === 5000 ? "half a day away" : away === null ? `${(10_000 - presence) / 100} % of the day away` : `${exactly(away)} away`}${note ? ` (${note})` : ""}` : "";
  return [words, onCall && "on call", absent, kind === "works" && (net === null ? "hours not set" : exactly(net))].filter(Boolean).join(", ");
}

/**
 * What the looks of the cells mean, and the keys.
 * @param {boolean} month
 */
function legend(month) {
  const sign = (/** @type {string} */ one, /** @type {string} */ text) => (month ? html`<span class="calendar-mark ${one}">${text}</span>` : html`<i class=${one}></i>`);
  return html`<p class="calendar-legend is-quiet">${sign("is-away", "Ana")}away ${kbd("a")}${sign("is-half", "Ana ½")}half a day ${kbd("h")}${sign("is-call", "Ana on call")}on call ${kbd("o")}<i class="is-off"></i>nobody works<span
    class="calendar-keys">Drag over days, or use the arrow keys and ⇧; ${kbd("delete")} takes away, ${kbd("enter")} opens.</span></p>`;
}

/**
 * Hours as a number in a cell: "5.75", "0".
 * @param {number} minutes
 */
function short(minutes) {
  return String(Math.round((minutes / 60) * 100) / 100);
}

/** @param {number} minutes */
function exactly(minutes) {
  return minutes % 15 === 0 ? `${short(minutes)} h` : hoursText(minutes);
}

/**
 * @param {CalendarMonth} view
 * @param {Context} context
 */
function drawMonth(view, context) {
  const [who = ""] = membersOf(view, context);
  const { days } = picked(view, context);
  const choices = [{ value: "", title: "everybody" }, ...people(view)];
  return html`<div class="calendar-who">${field({ id: "calendar-who", name: "who", label: "Whose days", type: "choice", value: who, choices, done: (chosen) => {
      at = { member: chosen, day: at.day };
      anchor = { member: chosen, day: anchor.day };
      context.set({ who: chosen }, true);
    } })}</div>
    ${grid(view, context, `${view.title}: holidays, absences, who is on call`, "is-month", html`
      <thead><tr>${view.weeks[0]?.map(({ day }) => html`<th scope="col">${weekdayText(day)}</th>`)}</tr></thead>
      <tbody>${view.weeks.map((week) => html`<tr>${week.map((day) => drawDay(view, day, who, days.includes(day.day)))}</tr>`)}</tbody>`)}
    <div class="calendar-below">${legend(true)}</div>`;
}

/** How many people are named on a day of the month. */
const most = 4;

/**
 * @param {CalendarMonth} view
 * @param {CalendarDay} day
 * @param {string} who
 * @param {boolean} isPicked
 */
function drawDay(view, day, who, isPicked) {
  const faded = (/** @type {string} */ member) => (who && member !== who ? "is-faded" : "");
  const marks = [
    ...day.onCall.map(({ id, name }) => ({ member: id, look: "is-call", text: `${name} on call`, title: `${name} is on call` })),
    ...day.away.map(({ member, name, away, said, note }) => ({
      member, look: away === 10_000 ? "is-away" : "is-half", text: away === 10_000 ? name : `${name} ${away === 5000 ? "½" : `${Math.round(away / 100)} %`}`, title: `${name} ${said}${note ? ` (${note})` : ""}` })),
  ].sort((a, b) => Number(b.member === who) - Number(a.member === who));
  const shown = marks.length > most ? marks.slice(0, most - 1) : marks;
  const said = [
    `${weekdayText(day.day)}, ${dayText(day.day)}`, day.holiday && (day.holiday.name || "holiday"), !day.works && !day.holiday && "nobody works",
    day.sprint?.begins && `${day.sprint.name} begins`, day.sprint?.ends && `${day.sprint.name} ends`, ...marks.map(({ title }) => title),
  ].filter(Boolean).join(", ");
  const sprint = day.sprint ? `is-sprint ${day.sprint.begins ? "is-first" : ""} ${day.sprint.ends ? "is-last" : ""}` : "";
  return html`<td id=${cellId({ member: who, day: day.day })} role="gridcell" data-drop data-member=${who} data-day=${day.day} aria-label=${said} aria-selected=${isPicked ? "true" : "false"}
    class="${day.inMonth ? "" : "is-beside"} ${day.works ? "" : "is-off"} ${isPicked ? "is-picked" : ""} ${day.day === at.day ? "is-at" : ""} ${day.day === view.today ? "is-today" : ""} ${sprint}">
    <div class="calendar-day"><strong>${Number(day.day.slice(8))}</strong>${day.holiday ? html`<span class="calendar-holiday" title=${day.holiday.name}>${day.holiday.name || "holiday"}</span>` : nothing}${
      day.sprint?.begins ? html`<a class="calendar-sprint" tabindex="-1" href="#/${day.sprint.closed ? "sprints" : "calendar"}?sprint=${day.sprint.id}">${day.sprint.name}</a>` : nothing}</div>
    ${shown.map(({ look: one, text, title, member }) => html`<span class="calendar-mark ${one} ${faded(member)}" title=${title}>${text}</span>`)}
    ${marks.length > shown.length ? html`<span class="is-quiet calendar-more" title=${marks.slice(shown.length).map(({ title }) => title).join(", ")}>and ${marks.length - shown.length} more</span>` : nothing}</td>`;
}

/** @type {import("../main.js").Screen} */
export const calendar = {
  name: "calendar",
  title: "Calendar",
  group: "Planning",
  key: "g c",
  query: (params) => (params.view === "month"
    ? { capacity: { calendarMonth: { day: params.day || null } } }
    : { capacity: { calendarRows: { sprint: params.sprint || null } } }),
  draw,
  commands,
  keys: [["left right up down", "Go to another day; with ⇧ pick days"], ["home end", "Go to the first or the last day of the row"]],
};
