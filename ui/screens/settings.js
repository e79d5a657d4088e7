// @ts-check
/**
 * The team's working agreement, and who sits at this device.
 *
 * 1. Everything is edited where it stands and saved by itself; what is refused is said at its field, and what was typed stays.
 * 2. Every change of the agreement can be undone like any other; the device's own settings are not part of the team file.
 * 3. What figures depend on holds from today on; what was before stays as it was.
 */
import { html, live, nothing } from "../parts/draw.js";
import { host, refresh, run } from "../host.js";
import { button } from "../parts/button.js";
import { openForm } from "../parts/dialog.js";
import { field, savedField } from "../parts/field.js";
import { kinds, kindsText, severityMeanings } from "../parts/kinds.js";
import { menuButton } from "../parts/menu.js";
import { sliders, Split } from "../parts/sliders.js";
import { dayText, weekdayText } from "../parts/text.js";
import { act, fail } from "../parts/toast.js";

const split = new Split();

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** @type {{value: Category, title: string}[]} */
const categories = [
  { value: "toDo", title: "to do" },
  { value: "inProgress", title: "in progress" },
  { value: "done", title: "done" },
  { value: "cancelled", title: "cancelled" },
];

/**
 * @param {TeamSettingsPage} page
 * @returns {import("../parts/keys.js").Act[]}
 */
function commands(page) {
  return [
    { id: "addMember", title: "Add a member…", key: "m", run: addMember },
    { id: "addHoliday", title: "Add a holiday…", key: "h", run: () => addHoliday(page) },
    { id: "otherWeek", title: "Another working week from a day…", run: () => otherWeek(page) },
    { id: "addLane", title: "Add a lane…", run: addLane },
    { id: "addState", title: "Add a state…", run: addState },
    { id: "otherEvents", title: "Other lengths of Scrum events from a day…", run: () => otherEvents(page) },
  ];
}

function addMember() {
  return openForm({
    title: "Add a member",
    action: "Add",
    values: { name: "", hours: "", from: "", to: "" },
    draw: (form) => html`${form.field({ name: "name", label: "Name", autofocus: true })}
      ${form.field({ name: "hours", label: "Hours on a working day", type: "number", unit: "h", narrow: true, hint: "Time for Sprint work. Leave it empty while it is not known: it is then a question, not zero." })}
      <div class="field-pair">${form.field({ name: "from", label: "First day", type: "date", hint: "Empty: from the team’s first day." })}${form.field({ name: "to", label: "Last day", type: "date", hint: "Empty while it is not known." })}</div>`,
    send: (values) => run({ team: { addMember: values } }),
  });
}

/**
 * @param {TeamSettingsPage} page
 * @param {MemberRow} member
 */
function otherHours(page, member) {
  return openForm({
    title: `Other hours of ${member.name}`,
    action: "Change",
    values: { hours: hoursValue(member.aDay), bits: member.week ?? page.week, validFrom: page.today },
    draw: (form) => html`${form.field({ name: "hours", label: "Hours on a working day", type: "number", unit: "h", narrow: true, autofocus: true })}
      <div class="field"><span class="field-title" id="other-days">Days</span>${week("other-days", form.values.bits, (bits) => form.set({ bits }))}</div>
      ${form.field({ name: "validFrom", label: "From", type: "date", hint: "What was before stays as it was." })}`,
    send: ({ hours, bits, validFrom }) => run({ team: { changeMember: { id: member.id, hours, days: bits, validFrom: validFrom || null } } }),
  });
}

/** @param {TeamSettingsPage} page */
function otherWeek(page) {
  return openForm({
    title: "Another working week",
    action: "Change",
    values: { bits: page.week, validFrom: page.today },
    draw: (form) => html`<div class="field"><span class="field-title" id="other-week">Days</span>${week("other-week", form.values.bits, (bits) => form.set({ bits }))}</div>
      ${form.field({ name: "validFrom", label: "From", type: "date", hint: "What was before stays as it was.", autofocus: true })}`,
    send: ({ bits, validFrom }) => run({ team: { setWorkingWeek: { days: bits, validFrom: validFrom || null } } }),
  });
}

/** @param {TeamSettingsPage} page */
function addHoliday(page) {
  return openForm({
    title: "Add a holiday",
    action: "Add",
    values: { day: page.today, name: "" },
    draw: (form) => html`${form.field({ name: "day", label: "Day", type: "date", autofocus: true })}${form.field({ name: "name", label: "What is celebrated", placeholder: "Christmas" })}`,
    send: (values) => run({ team: { addHoliday: values } }),
  });
}

/** @param {TeamSettingsPage} page */
function otherEvents(page) {
  return openForm({
    title: "Other lengths of Scrum events",
    action: "Change",
    values: { ...eventValues(page.events), validFrom: page.today },
    draw: (form) => html`<p class="dialog-text">For a Sprint of two weeks; other Sprints take them in proportion.</p>
      <div class="field-pair">${events.slice(0, 2).map((event) => form.field({ ...event, type: "number", narrow: true, autofocus: event.name === "daily" }))}</div>
      <div class="field-pair">${events.slice(2).map((event) => form.field({ ...event, type: "number", narrow: true }))}</div>
      ${form.field({ name: "validFrom", label: "From", type: "date", hint: "For Sprints that begin on that day or later." })}`,
    send: ({ validFrom, ...lengths }) => run({ team: { setScrumEvents: { ...lengths, validFrom: validFrom || null } } }),
  });
}

function addLane() {
  return openForm({
    title: "Add a lane",
    action: "Add",
    values: { lanes: "" },
    draw: (form) => html`${form.field({ name: "lanes", label: "Name", placeholder: "Foundations", autofocus: true, hint: "It gets its kinds of work and its share afterwards." })}`,
    send: (values) => run({ team: { addLane: { name: values.lanes } } }),
  });
}

function addState() {
  return openForm({
    title: "Add a state",
    action: "Add",
    values: { states: "", category: /** @type {Category} */ ("inProgress") },
    draw: (form) => html`${form.field({ name: "states", label: "Name", placeholder: "In review", autofocus: true })}
      ${form.field({ name: "category", label: "It means", type: "choice", choices: categories })}`,
    send: (values) => run({ team: { addState: { name: values.states, category: values.category } } }),
  });
}

/**
 * Runs what a button or a choice asks for; there is no field to show a refusal at.
 * @param {Promise<unknown>} work
 */
function tell(work) {
  void work.catch(fail);
}

/**
 * @param {TeamSettingsPage} page
 * @param {import("../main.js").Context} context
 */
function draw(page, { settings: device }) {
  const [member, holiday, another, lane, state, otherEvents] = commands(page);
  return html`<div class="settings">
    <div class="screen-head"><div><h1>Settings</h1><p class="is-quiet">The working agreement of ${page.name}. Changes are saved at once and can be undone.</p></div></div>
    ${section("Team", nothing, html`<div class="settings-grid">
      ${savedField({ name: "name", label: "Name", value: page.name, save: (name) => run({ team: { rename: { name } } }) })}
      ${savedField({ name: "prefix", label: "Labels of new items begin with", value: page.labelPrefix, narrow: true, hint: `${page.labelPrefix}-1, ${page.labelPrefix}-2 …`, save: (prefix) => run({ team: { setLabelPrefix: { prefix } } }) })}
      ${savedField({ name: "zone", label: "Time zone", type: "choice", value: page.zone, choices: page.zones.map((zone) => ({ value: zone, title: zone })), hint: "In which the team’s days begin and end.", save: (zone) => run({ team: { setZone: { zone } } }) })}
      ${savedField({ name: "weeks", label: "A Sprint lasts", type: "choice", value: String(page.sprintWeeks), choices: [1, 2, 3, 4].map((weeks) => ({ value: String(weeks), title: weeks === 1 ? "1 week" : `${weeks} weeks` })), save: (weeks) => run({ team: { setSprintLength: { weeks: Number(weeks) } } }) })}
      ${savedField({ name: "grace", label: "The team may commit again", type: "choice", value: String(page.grace), choices: [{ value: "0", title: "never: once, at the start" }, { value: "1", title: "on the first working day" }, { value: "2", title: "on the first two working days" }],
        hint: "Both commitments are kept. What changes later is a change of scope.", save: (days) => run({ team: { setGrace: { days: Number(days) } } }) })}
      <div class="field"><span class="field-title" id="week-title">Working week</span>${week("week-title", page.week, (_, day, works) => tell(run({ team: { setWorkingDay: { day, works } } })))}
        <div>${button(another, { plain: true })}</div>
        ${page.laterWeeks.map((later) => html`<p class="field-hint">From ${dayText(later.validFrom)}: ${weekText(later.week)}</p>`)}</div>
    </div>`)}
    ${section("Scrum events", nothing, scrumEvents(page, otherEvents))}
    ${section("Members", button(member), members(page))}
    ${section("Holidays", button(holiday), holidays(page))}
    ${section("Lanes", button(lane), lanes(page))}
    ${section("States", button(state), states(page))}
    ${section("Severities", nothing, severities(page))}
    ${section("Definition of Ready", nothing, savedField({ name: "ready", label: "One line for each condition; without any, nobody is asked whether an item is ready", type: "area", value: page.definitionOfReady.join("\n"), placeholder: "Everybody understands it\nSmall enough for a Sprint",
      save: (text) => run({ team: { setDefinitionOfReady: { lines: String(text).split("\n") } } }) }))}
    ${section("Definition of Done", nothing, savedField({ name: "lines", label: "One line for each condition", type: "area", value: page.definitionOfDone.join("\n"), placeholder: "Reviewed by somebody else\nRuns in production\nSomebody can be woken up by an alert about it",
      save: (text) => run({ team: { setDefinitionOfDone: { lines: String(text).split("\n") } } }) }))}
    ${section("Policy", nothing, field({ name: "on", id: "critical-first", label: "A critical bug goes above everything that is not critical", type: "check", value: page.criticalFirst,
      hint: "It happens when a bug becomes critical, in the same step; later moves are respected.", done: (on) => tell(run({ team: { setCriticalFirst: { on } } })) }))}
    ${section("This device", nothing, html`<div class="settings-grid">${savedField({ name: "person", label: "You are", value: device.person, hint: "Stands beside what you do in the history. Kept on this device, not in the team file.",
      save: async (person) => {
        await host({ setSettings: { settings: { ...device, person } } });
        refresh();
      } })}</div>`)}
  </div>`;
}

/**
 * @param {string} title
 * @param {unknown} acts
 * @param {unknown} content
 */
function section(title, acts, content) {
  const id = `settings-${title.toLowerCase().replaceAll(" ", "-")}`;
  return html`<section class="settings-part" aria-labelledby=${id}><div class="settings-head"><h2 id=${id}>${title}</h2>${acts}</div><div>${content}</div></section>`;
}

/**
 * Seven days to press.
 * @param {string} labelledBy
 * @param {number} bits Monday is bit 0
 * @param {(bits: number, day: number, works: boolean) => void} set hears of the whole week, and of the day that changed, from Monday as 0
 */
function week(labelledBy, bits, set) {
  return html`<span class="week" role="group" aria-labelledby=${labelledBy}>${dayNames.map((name, index) => {
    const bit = 1 << index;
    const on = (bits & bit) !== 0;
    return html`<button type="button" aria-pressed=${on ? "true" : "false"} aria-label=${name} title=${name}
      @click=${() => set(bits ^ bit, index, !on)}>${name.slice(0, 2)}</button>`;
  })}</span>`;
}

/** @param {number} bits */
function weekText(bits) {
  return dayNames.filter((_, index) => (bits & (1 << index)) !== 0).join(", ");
}

/** @type {{name: "daily" | "planning" | "review" | "retrospective", label: string, unit: string, hint: string}[]} */
const events = [
  { name: "daily", label: "Daily Scrum", unit: "min", hint: "Each day." },
  { name: "planning", label: "Sprint Planning", unit: "h", hint: "On the first day." },
  { name: "review", label: "Sprint Review", unit: "h", hint: "On the last day." },
  { name: "retrospective", label: "Sprint Retrospective", unit: "h", hint: "On the last day." },
];

/**
 * As it is typed.
 * @param {ScrumEvents} lengths
 */
function eventValues({ daily, planning, review, retrospective }) {
  return { daily: String(daily), planning: hoursValue(planning), review: hoursValue(review), retrospective: hoursValue(retrospective) };
}

/**
 * @param {TeamSettingsPage} page
 * @param {import("../parts/keys.js").Act | undefined} other
 */
function scrumEvents(page, other) {
  const values = eventValues(page.events);
  return html`<div class="settings-events">${events.map((event) => savedField({ ...event, id: `event-${event.name}`, type: "number", narrow: true, value: values[event.name],
      save: (value) => run({ team: { setScrumEvents: { [event.name]: value } } }) }))}</div>
    <p class="field-hint">These are the lengths for a Sprint of two weeks; other Sprints take them in proportion. ${page.eventsSaid ?? ""} They are taken off everybody’s hours; a start freezes them.</p>
    <div>${button(other, { plain: true })}</div>
    ${page.laterEvents.map(({ validFrom, events: { daily, planning, review, retrospective } }) => html`<p class="field-hint">From ${dayText(validFrom)}: Daily Scrum ${daily} min, Planning ${hoursValue(planning)} h, Review ${hoursValue(review)} h, Retrospective ${hoursValue(retrospective)} h</p>`)}`;
}

/** @param {number | null} minutes */
function hoursValue(minutes) {
  return minutes === null ? "" : String(Math.round((minutes / 60) * 100) / 100);
}

/** @param {TeamSettingsPage} page */
function members(page) {
  if (page.members.length === 0) return html`<p class="is-quiet">Nobody yet. With members and their hours, a Sprint has a capacity.</p>`;
  return html`<table class="table settings-table"><caption class="is-hidden">Members</caption>
    <thead><tr><th scope="col">Name</th><th scope="col" class="is-number">Hours a day</th><th scope="col">Days</th><th scope="col">From</th><th scope="col">To</th><th scope="col"><span class="is-hidden">More</span></th></tr></thead>
    <tbody>${page.members.map((member) => {
      const now = { name: member.name, hours: hoursValue(member.aDay), from: member.from, to: member.to ?? "" };
      const change = (/** @type {Omit<ChangeMember, "id">} */ to) => run({ team: { changeMember: { id: member.id, ...to } } });
      const cell = (/** @type {"name" | "hours" | "from" | "to"} */ name, /** @type {string} */ label, /** @type {"text" | "number" | "date"} */ type) =>
        savedField({ name, id: `member-${member.id}-${name}`, label: `${label}, ${member.name}`, type, value: now[name], bare: true, still: true, placeholder: name === "hours" ? "not set" : "", save: (value) => change({ [name]: value }) });
      const days = member.week ?? page.week;
      return html`<tr class=${member.here ? "" : "is-quiet"}>
        <th scope="row">${cell("name", "Name", "text")}</th>
        <td class="is-number">${cell("hours", "Hours a day", "number")}${member.later ? html`<p class="field-hint">${member.later}</p>` : nothing}</td>
        <td><span class="is-hidden" id="days-${member.id}">Working days of ${member.name}</span>${week(`days-${member.id}`, days, (_, day, works) => tell(change({ day: { day, works } })))}</td>
        <td>${cell("from", "First day", "date")}</td><td>${cell("to", "Last day", "date")}</td>
        <td>${menuButton({ title: "⋯", sign: true, label: `More about ${member.name}`, plain: true, acts: () => [
          { id: "otherHours", title: "Other hours from a day…", run: () => otherHours(page, member) },
          { id: "lastDay", title: "Today is their last day", when: () => member.to === null, run: () => change({ to: page.today }) },
          { id: "removeMember", title: "Remove, added by mistake", grave: true, run: () => act({ team: { removeMember: { id: member.id } } }, `${member.name} removed`) },
        ] })}</td></tr>`;
    })}</tbody></table>`;
}

/** @param {TeamSettingsPage} page */
function holidays(page) {
  if (page.holidays.length === 0) return html`<p class="is-quiet">None yet. On a holiday nobody works, and the ideal line of a burn-down is flat.</p>`;
  return html`<ul class="settings-list">${page.holidays.map((holiday) => html`<li class=${holiday.day < page.today ? "is-quiet" : ""}>
    <span class="is-number">${dayText(holiday.day)}</span><span class="is-quiet">${weekdayText(holiday.day)}</span><span>${holiday.name}</span>
    <button type="button" class="button is-plain" aria-label="Remove ${holiday.name || dayText(holiday.day)}" @click=${() => void act({ team: { removeHoliday: { holiday: holiday.id } } }, "Holiday removed")}>×</button></li>`)}</ul>`;
}

/** @param {string} text */
function titled(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** @param {LaneRow} lane */
function tone(lane) {
  return lane.isBuffer ? "is-buffer" : lane.kinds.includes("feature") ? "is-feature" : "is-production";
}

/** @param {TeamSettingsPage} page */
function lanes(page) {
  const choices = page.lanes.filter(({ isBuffer }) => !isBuffer).map(({ id, name }) => ({ value: id, title: name }));
  return html`<div class="settings-lanes">
    <div class="settings-names">${page.lanes.map((lane) => html`<div>
      <span class="mark ${tone(lane)}"></span>
      ${savedField({ name: "lanes", id: `lane-${lane.id}`, label: `Name of the lane ${lane.name}`, value: lane.name, bare: true, still: true, save: (name) => run({ team: { renameLane: { lane: lane.id, name } } }) })}
      <span class="is-quiet">${lane.isBuffer ? "unplanned work" : lane.kinds.length === 0 ? "no kind of work yet" : kinds.filter((kind) => lane.kinds.includes(kind)).map(kindsText).join(", ")}</span>
      <button type="button" class="button is-plain" aria-label="Remove the lane ${lane.name}" ?disabled=${lane.isBuffer || lane.kinds.length > 0 || lane.share > 0} title=${lane.isBuffer || lane.kinds.length > 0 || lane.share > 0 ? "Only a lane without kinds and without a share can go" : ""}
        @click=${() => void act({ team: { removeLane: { lane: lane.id } } }, `${lane.name} removed`)}>×</button></div>`)}</div>
    ${sliders({ name: "shares", label: "Usual shares of a Sprint’s capacity", split,
      lanes: page.lanes.map((lane) => ({ id: lane.id, title: lane.name, tone: tone(lane), share: lane.share })),
      save: (shares) => run({ team: { setShares: { shares } } }) })}
    <div class="settings-kinds">${kinds.map((kind) => savedField({ name: "lanes", id: `kind-${kind}`, label: `${titled(kindsText(kind))} go to`, type: "choice", choices,
      value: page.lanes.find((lane) => lane.kinds.includes(kind))?.id ?? "",
      save: (lane) => run({ team: { setLaneOfKind: { kind, lane } } }) }))}
      ${savedField({ name: "lanes", id: "buffer", label: "Unplanned work goes to", type: "choice", value: page.lanes.find(({ isBuffer }) => isBuffer)?.id ?? "",
        choices: page.lanes.filter((lane) => lane.isBuffer || lane.kinds.length === 0).map(({ id, name }) => ({ value: id, title: name })),
        hint: "A lane without kinds of its own can be the buffer.",
        save: (lane) => run({ team: { setBuffer: { lane } } }) })}</div>
  </div>`;
}

/** @param {TeamSettingsPage} page */
function states(page) {
  const move = (/** @type {string} */ state, /** @type {number} */ places) => tell(run({ team: { moveState: { state, places } } }));
  return html`<table class="table settings-table is-narrow"><caption class="is-hidden">States of the workflow, in order</caption>
    <thead><tr><th scope="col">Name</th><th scope="col">It means</th><th scope="col"><span class="is-hidden">Order</span></th></tr></thead>
    <tbody>${page.states.map((state, at) => html`<tr>
      <th scope="row">${savedField({ name: "states", id: `state-${state.id}`, label: `Name of the state ${state.name}`, value: state.name, bare: true, still: true, save: (name) => run({ team: { renameState: { state: state.id, name } } }) })}</th>
      <td>${state.used ? categories.find(({ value }) => value === state.category)?.title : html`<select aria-label="What ${state.name} means" .value=${live(state.category)}
        @change=${(/** @type {Event} */ event) => tell(run({ team: { setMeaning: { state: state.id, category: /** @type {Category} */ (/** @type {HTMLSelectElement} */ (event.currentTarget).value) } } }))}>
        ${categories.map(({ value, title }) => html`<option value=${value} .selected=${value === state.category}>${title}</option>`)}</select>`}</td>
      <td class="settings-order">
        <button type="button" class="button is-plain" aria-label="Move ${state.name} up" ?disabled=${at === 0} @click=${() => move(state.id, -1)}>↑</button>
        <button type="button" class="button is-plain" aria-label="Move ${state.name} down" ?disabled=${at === page.states.length - 1} @click=${() => move(state.id, 1)}>↓</button>
        <button type="button" class="button is-plain" aria-label="Remove ${state.name}" ?disabled=${state.used} title=${state.used ? "Items are or were in it" : ""} @click=${() => void act({ team: { removeState: { state: state.id } } }, `${state.name} removed`)}>×</button></td></tr>`)}</tbody></table>`;
}

/**
 * What the team calls the severities of interrupts.
 * @param {TeamSettingsPage} page
 */
function severities(page) {
  return html`<p class="field-hint">Of interrupts and incidents, the gravest first. Their order and meaning stay; an empty name calls one by its rank again.</p>
    <table class="table settings-table is-severities"><caption class="is-hidden">Severities</caption>
    <thead><tr><th scope="col">Rank</th><th scope="col">Name</th><th scope="col">It means</th></tr></thead>
    <tbody>${page.severities.map(({ severity, name }) => html`<tr><th scope="row">${severity}</th>
      <td>${savedField({ name: "severities", id: `severity-${severity}`, label: `Name of ${severity}`, value: name, bare: true, still: true, placeholder: severity,
        save: (to) => run({ team: { renameSeverity: { severity, name: to } } }) })}</td>
      <td class="is-quiet">${severityMeanings[severity]}</td></tr>`)}</tbody></table>`;
}

/** @type {import("../main.js").Screen} */
export const settings = {
  name: "settings",
  title: "Settings",
  group: "Team",
  key: "g s",
  query: () => ({ team: { settings: {} } }),
  draw,
  commands,
};
