// @ts-check
/**
 * Incidents: reported in a line from anywhere, who is needed first, and one incident with its milestones and its timeline.
 *
 * 1. Ctrl+Shift+O reports one; what the line is understood to say stands below it while it is written.
 * 2. The queue has those that nobody owns first; who is on call stands beside it, and one key gives an incident to somebody.
 * 3. Moments are those of the team's own clock, read and written as such.
 * 4. A milestone that was corrected says what was said first, and why.
 * 5. The list is searched by label, title and owner; a search says what it did not find, never that nothing is open.
 */
import { html, live, nothing, redraw, repeat, unseen } from "../parts/draw.js";
import { ask, host, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { openForm } from "../parts/dialog.js";
import { field, savedField } from "../parts/field.js";
import { isTyping, kbd } from "../parts/keys.js";
import { kindChoices, severityMeanings } from "../parts/kinds.js";
import { menuButton, openMenu } from "../parts/menu.js";
import { Picks } from "../parts/picks.js";
import { table } from "../parts/table.js";
import { capital, countText, dayText, whenText } from "../parts/text.js";
import { act, fail, sayDone } from "../parts/toast.js";
import { memberChoices, severityChoices } from "./interrupts.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[IncidentPage, LinkProposals]} Page one incident, with the deployments from which incidents may come */

const picks = new Picks();

/** @type {string | null} what is being typed into the search; the address follows a moment later */
let searching = null;

/** @type {Record<Milestone, string>} */
const milestoneTitles = { began: "Began", detected: "Detected", acknowledged: "Acknowledged", mitigated: "Mitigated", resolved: "Resolved" };

/** @type {Record<Milestone, string>} what each means, for whoever sets it */
const milestoneMeanings = {
  began: "users were first affected",
  detected: "somebody or something noticed",
  acknowledged: "somebody took it",
  mitigated: "users are no longer affected",
  resolved: "the cause is gone",
};

/**
 * A moment of the team's clock as it is read: "9:40" today, "23 Nov 9:40" before.
 * @param {string} local `2026-11-24T09:40`
 * @param {string} today
 */
function localText(local, today) {
  const [day = "", time = ""] = local.split("T");
  const clock = time.replace(/^0/, "");
  return day === today ? `today ${clock}` : `${dayText(day)} ${clock}`;
}

/**
 * A moment as a field shows it: "2026-11-24 09:40".
 * @param {string} local
 */
function written(local) {
  return local.replace("T", " ");
}

/** Reports an incident, from wherever the window is. */
export async function report() {
  const known = await ask({ incident: { triage: {} } });
  /** @type {ReadLine | null} */
  let read = null;
  let asked = "";
  const look = async (/** @type {string} */ line) => {
    asked = line;
    const answer = line.trim() === "" ? null : await ask({ incident: { line: { line } } });
    if (asked !== line) return;
    read = answer;
    redraw();
  };
  const outcome = await openForm({
    title: "Report an incident",
    action: "Report it",
    values: { line: "", owner: "" },
    draw: (form) => html`
      ${field({
        name: "line", id: "incident-line", label: "In a line", value: form.values.line, error: form.error("line"), autofocus: true, required: true, placeholder: "P1 checkout: payments fail since 9:40",
        change: (line) => {
          form.set({ line });
          void look(line).catch(fail);
        },
      })}
      ${understood(read)}
      ${form.field({ name: "owner", label: "Who takes it", type: "choice", choices: ownerChoices(known), hint: "Whoever takes it has acknowledged it." })}`,
    send: ({ line, owner }) => run({ incident: { report: { line, owner: owner || null } } }),
  });
  if (!outcome) return;
  picks.active = outcome.created[0] ?? picks.active;
  sayDone(outcome);
}

/**
 * Whom an incident can be given to: who sits here first, then who is on call.
 * @param {{members: MemberName[], onCall: OnCallNow[], you: string | null}} known
 */
function ownerChoices({ members, onCall, you }) {
  const note = (/** @type {string} */ id) => [id === you && "you", onCall.some(({ member }) => member === id) && "on call now"].filter(Boolean).join(", ");
  const rank = (/** @type {MemberName} */ { id }) => (id === you ? 0 : onCall.some(({ member }) => member === id) ? 1 : 2);
  const sorted = [...members].sort((a, b) => rank(a) - rank(b));
  return [{ value: "", title: "nobody yet" }, ...sorted.map(({ id, name }) => ({ value: id, title: note(id) ? `${name} (${note(id)})` : name }))];
}

/**
 * What a line is understood to say.
 * @param {ReadLine | null} read
 */
function understood(read) {
  if (!read) return html`<p class="incident-read is-quiet" aria-live="polite">A severity, services before a colon, what happens; and since when, if it did not begin just now.</p>`;
  return html`<div class="incident-read" aria-live="polite">
    <p><strong class=${read.severity === "P1" ? "is-grave" : ""}>${read.severityName}</strong>${read.severityGiven ? nothing : html` <span class="is-quiet">unless the line says otherwise</span>`}
      ${read.services.length === 0 ? html`<span class="is-quiet">· no service named</span>` : html`· ${read.services.map(({ name }) => name).join(", ")}`}
      ${read.began === null ? nothing : html`· began ${whenText(read.began)}`}</p>
    ${read.title === "" ? html`<p class="is-quiet">What happens?</p>` : html`<p class="is-title">${read.title}</p>`}
    ${read.unknown === null ? nothing : html`<p class="is-quiet">“${read.unknown}” is none of the team's services, so it stays in the title.</p>`}
    ${read.known.map((one) => html`<p>Open already: <a href="#/incidents?id=${one.id}" @click=${closeDialog}>${one.label} ${one.title}</a></p>`)}
  </div>`;
}

/** @param {Event} event */
function closeDialog(event) {
  /** @type {HTMLElement} */ (event.currentTarget).closest("dialog")?.close();
}

/**
 * Gives an incident to a member who is chosen.
 * @param {IncidentRow} row
 * @param {{members: MemberName[], onCall: OnCallNow[], you: string | null}} known
 */
function giveTo(row, known) {
  return openForm({
    title: `Who takes ${row.label}?`,
    action: "Give it",
    values: { owner: row.owner ?? known.onCall[0]?.member ?? "" },
    draw: (form) => html`<p class="dialog-text">${row.title}</p>
      ${form.field({ name: "owner", label: "Member", type: "choice", choices: ownerChoices(known), autofocus: true, hint: known.you ? undefined : "“You are …” in Settings says who sits here: then A takes one in a key." })}`,
    send: async ({ owner }) => {
      const outcome = await run({ incident: { assign: { incident: row.id, owner: owner || null } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Sets the severity, from now or from another moment on.
 * @param {IncidentRow} row
 * @param {SeverityName[]} severities
 */
function setSeverity(row, severities) {
  return openForm({
    title: `How grave is ${row.label}?`,
    action: "Set it",
    values: { severity: row.severity, at: "" },
    draw: (form) => html`<p class="dialog-text">${row.title}</p><div class="field-pair">
      ${form.field({ name: "severity", label: "Severity", type: "choice", choices: severityChoices(severities), autofocus: true })}
      ${form.field({ name: "at", label: "Since", placeholder: "now", hint: "9:40, or 2026-11-24 9:40." })}</div>`,
    send: async ({ severity, at }) => {
      const outcome = await run({ incident: { setSeverity: { incident: row.id, severity: /** @type {IncidentSeverity} */ (severity), at } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Says when an incident came to a milestone, or corrects it.
 * @param {IncidentPage} page
 * @param {CycleView} cycle
 * @param {MilestoneView} one
 */
function setMilestone({ row, cycles, today }, cycle, one) {
  const name = milestoneTitles[one.milestone];
  const latest = cycle.number === cycles[0]?.number;
  const corrects = one.at !== null || one.rawSaid !== null || !latest;
  return openForm({
    title: one.at === null ? `${row.label}: when was “${name}”?` : `Correct “${name}” of ${row.label}`,
    action: corrects ? "Correct it" : "Say so",
    values: { at: one.at === null ? "" : written(one.local), why: "" },
    draw: (form) => html`<p class="dialog-text">${capital(milestoneMeanings[one.milestone])}.${one.at === null ? "" : ` ${capital(localText(one.local, today))} is kept beside the correction.`}</p>
      ${form.field({ name: "at", label: "When", autofocus: true, placeholder: latest && !corrects ? "now" : "2026-11-24 9:40", hint: corrects ? "9:40, or a day with it. Empty takes it back." : "9:40, or a day with it. Empty is now." })}
      ${corrects ? form.field({ name: "why", label: "Why", required: true, placeholder: "The first failed request in the log" }) : nothing}`,
    send: async ({ at, why }) => {
      const incident = row.id;
      const command = corrects
        ? /** @type {IncidentCommand} */ ({ correct: { incident, cycle: cycle.number, milestone: one.milestone, at, why } })
        : /** @type {IncidentCommand} */ ({ reach: { incident, milestone: one.milestone, at } });
      const outcome = await run({ incident: command });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Adds a note to the timeline, or corrects one.
 * @param {IncidentPage} page
 * @param {TimelineLine} [line]
 */
function writeNote({ row, members, roleNames, you, roles }, line) {
  const own = roles.find(({ member }) => member === you)?.role ?? "";
  return openForm({
    title: line ? `Correct a note of ${row.label}` : `Note to ${row.label}`,
    action: line ? "Correct it" : "Add it",
    values: { text: line?.text ?? "", at: line ? written(line.local) : "", role: line?.role ?? own, member: line ? line.member ?? "" : you ?? "", url: line?.url ?? "" },
    draw: (form) => html`
      ${form.field({ name: "text", label: "What was seen, tried or decided", type: "area", autofocus: true, required: true })}
      <div class="field-pair">
        ${form.field({ name: "at", label: "When", placeholder: "now", hint: "9:40, or 2026-11-24 9:40." })}
        ${form.field({ name: "url", label: "Evidence", placeholder: "https://…", hint: "A dashboard, a log, a run." })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "member", label: "Who", type: "choice", choices: [{ value: "", title: "not said" }, ...members.map(({ id, name }) => ({ value: id, title: name }))] })}
        ${form.field({ name: "role", label: "In the role of", type: "choice", choices: roleChoices(roleNames, line?.role) })}
      </div>`,
    send: async ({ text, at, role, member, url }) => {
      const note = { text, at, role, member: member || null, url };
      const outcome = await run({ incident: line?.note ? { correctNote: { id: line.note, ...note } } : { addNote: { incident: row.id, ...note } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * @param {string[]} names
 * @param {string} [own] that may be none of them
 */
function roleChoices(names, own = "") {
  const all = own && !names.includes(own) ? [...names, own] : names;
  return [{ value: "", title: "no role" }, ...all.map((name) => ({ value: name, title: name }))];
}

/**
 * Gives somebody a role.
 * @param {IncidentPage} page
 */
function takeRole({ row, roleNames, roles, members, you }) {
  const free = roleNames.find((name) => !roles.some(({ role }) => role === name)) ?? "";
  return openForm({
    title: `Who does what in ${row.label}?`,
    action: "Say so",
    values: { role: free, member: you ?? "" },
    draw: (form) => html`<div class="field-pair">
      ${form.field({ name: "role", label: "Role", autofocus: true, required: true, hint: `${roleNames.join(", ")}, or what the team calls it.` })}
      ${form.field({ name: "member", label: "Who", type: "choice", choices: memberChoices(members) })}</div>`,
    send: async ({ role, member }) => {
      const outcome = await run({ incident: { takeRole: { incident: row.id, role, member: member || null } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Makes an interrupt of an incident, which counts its hours.
 * @param {IncidentRow} row
 */
function makeInterrupt(row) {
  return openForm({
    title: `An interrupt for ${row.label}`,
    action: "Make the interrupt",
    values: { hours: "", estimate: "" },
    draw: (form) => html`<p class="dialog-text">It counts the hours that the incident takes, and draws them from the buffer.</p>
      <div class="field-pair">
        ${form.field({ name: "hours", label: "Took so far", type: "number", unit: "h", autofocus: true, placeholder: "1.5", hint: "Or 45 min. Empty while nobody knows." })}
        ${form.field({ name: "estimate", label: "Expected in all", type: "number", unit: "h", hint: "Draws on the buffer until hours are known." })}
      </div>`,
    send: async ({ hours, estimate }) => {
      const outcome = await run({ incident: { makeInterrupt: { incident: row.id, hours, estimate } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Writes an outage of the affected services down, which belongs to the incident.
 * @param {IncidentPage} page
 */
function addOutage({ row, cycles, services }) {
  const at = (/** @type {Milestone} */ name) => cycles[0]?.milestones.find(({ milestone }) => milestone === name)?.local ?? "";
  return openForm({
    title: `An outage of ${row.label}`,
    action: "Write it down",
    values: { services: row.services.map(({ id }) => id), class: "full", from: written(at("began")), to: written(at("mitigated")) },
    draw: (form) => html`<p class="dialog-text">Uptime and error budgets read it. It lasts while no end is said.</p>
      <fieldset class="incident-services"><legend>Services</legend>${services.map(({ id, name }) => html`<label><input type="checkbox" name="services" .checked=${form.values.services.includes(id)}
        @change=${() => form.set({ services: form.values.services.includes(id) ? form.values.services.filter((one) => one !== id) : [...form.values.services, id] })}><span>${name}</span></label>`)}</fieldset>
      ${form.field({ name: "class", label: "How bad", type: "choice", choices: [{ value: "full", title: "Full: it did not answer" }, { value: "partial", title: "Partial: it answered some" }, { value: "degraded", title: "Degraded: it answered, worse than usual" }] })}
      <div class="field-pair">
        ${form.field({ name: "from", label: "From", hint: "9:40, or 2026-11-24 9:40." })}
        ${form.field({ name: "to", label: "To", placeholder: "it lasts" })}
      </div>`,
    send: async ({ services: chosen, class: bad, from, to }) => {
      const outcome = await run({ reliability: { addOutage: { services: chosen, class: /** @type {OutageClass} */ (bad), from, to, title: row.title, incident: row.id } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * A search with its results, of which one is chosen.
 * @template {{id: string, label: string, title: string}} One
 * @param {import("../parts/dialog.js").Form<any>} form with the values `text` and `chosen`
 * @param {{name: string, label: string, placeholder: string, found: One[], look: (text: string) => void, none: string}} options
 */
function choose(form, { name, label, placeholder, found, look, none }) {
  return html`${field({
    name, id: "incident-search", label, value: form.values.text, error: form.error(name), autofocus: true, placeholder,
    change: (text) => {
      form.set({ text, chosen: "" });
      look(text);
    },
  })}
  ${found.length === 0 ? html`<p class="is-quiet">${none}</p>` : html`<ul class="add-found" aria-label=${label}>${found.map((one) => html`<li><button type="button" class="row-button ${one.id === form.values.chosen ? "is-picked" : ""}"
    aria-pressed=${one.id === form.values.chosen ? "true" : "false"} @click=${() => form.set({ chosen: one.id })}>
    <span class="is-title">${one.title}</span><span class="is-quiet">${one.label}</span></button></li>`)}</ul>`}`;
}

/**
 * Links an interrupt that was reported by itself.
 * @param {IncidentRow} row
 */
async function linkInterrupt(row) {
  const list = await ask({ interrupt: { list: {} } });
  const all = [...list.rows, ...list.waiting];
  const fits = (/** @type {string} */ text) => all.filter(({ title, label }) => `${label} ${title}`.toLowerCase().includes(text.trim().toLowerCase())).slice(0, 7);
  let found = fits("");
  await openForm({
    title: `Which interrupt counts the hours of ${row.label}?`,
    action: "Link it",
    values: { text: "", chosen: "" },
    draw: (form) => choose(form, { name: "interrupt", label: "Interrupt", placeholder: "Search those of the running Sprint", found, none: "None is there: make one of the incident instead.", look: (text) => { found = fits(text); } }),
    send: async ({ chosen }) => {
      const interrupt = chosen || (found.length === 1 ? found[0]?.id : "");
      if (!interrupt) return null;
      const outcome = await run({ incident: { linkInterrupt: { incident: row.id, interrupt } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Makes an item in which the work on an incident goes on.
 * @param {IncidentRow} row
 */
function makeItem(row) {
  return openForm({
    title: `Make an item of ${row.label}`,
    action: "Make the item",
    values: { title: row.title, kind: "bug", size: "" },
    draw: (form) => html`<p class="dialog-text">For what is left to do when users are no longer affected. It comes into the Product Backlog, linked.</p>
      ${form.field({ name: "title", label: "Title", autofocus: true })}
      <div class="field-pair">
        ${form.field({ name: "kind", label: "Kind", type: "choice", choices: kindChoices, hint: row.severity === "P1" ? `A bug from ${row.severityName} is critical.` : undefined })}
        ${form.field({ name: "size", label: "Size", type: "number", unit: "points" })}
      </div>`,
    send: async ({ title, kind, size }) => {
      const outcome = await run({ incident: { makeItem: { incident: row.id, title, kind: /** @type {WorkKind} */ (kind), size } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Links an item that is there: what caused the incident, or what goes on with it.
 * @param {IncidentRow} row
 */
function linkItem(row) {
  /** @type {BacklogRow[]} */
  let found = [];
  let asked = "";
  const look = async (/** @type {string} */ text) => {
    asked = text;
    const { rows } = await ask({ backlog: { window: { filter: { whereabouts: "all", kinds: [], unsorted: false, severities: [], lanes: [], withoutSize: false, text }, from: 0, limit: 7 } } });
    if (asked !== text) return;
    found = rows;
    redraw();
  };
  void look("").catch(fail);
  return openForm({
    title: `Which item belongs to ${row.label}?`,
    action: "Link it",
    values: { text: "", chosen: "", how: "causedBy" },
    draw: (form) => html`
      ${form.field({ name: "how", label: "The item", type: "choice", choices: [{ value: "causedBy", title: "caused the incident" }, { value: "became", title: "goes on with it" }] })}
      ${choose(form, { name: "item", label: "Item", placeholder: "Search the Product Backlog", found, none: "No item holds these words.", look: (text) => void look(text).catch(fail) })}`,
    send: async ({ chosen, how }) => {
      const item = chosen || (found.length === 1 ? found[0]?.id : "");
      if (!item) return null;
      const outcome = await run({ incident: { linkItem: { incident: row.id, item, how: /** @type {LinkHow} */ (how) } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * Merges an incident into the one of which it is a duplicate.
 * @param {IncidentRow} row
 */
async function merge(row) {
  /** @type {IncidentRow[]} */
  let found = [];
  let asked = "";
  const look = async (/** @type {string} */ text) => {
    asked = text;
    const { open, over } = await ask({ incident: { list: { text } } });
    if (asked !== text) return;
    found = [...open, ...over].filter(({ id, mergedInto }) => id !== row.id && mergedInto === null).slice(0, 7);
    redraw();
  };
  await look("");
  await openForm({
    title: `Of which incident is ${row.label} a duplicate?`,
    action: "Merge it",
    values: { text: "", chosen: "" },
    draw: (form) => html`<p class="dialog-text">${row.label} then needs nobody any more; what was said of it stands in the other one's timeline.</p>
      ${choose(form, { name: "into", label: "Incident", placeholder: "Search", found, none: form.values.text.trim() ? "No other incident holds these words." : "There is no other one.", look: (text) => void look(text).catch(fail) })}`,
    send: async ({ chosen }) => {
      const into = chosen || (found.length === 1 ? found[0]?.id : "");
      if (!into) return null;
      const outcome = await run({ incident: { merge: { incident: row.id, into } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * What can be done with one incident.
 * @param {() => IncidentRow | undefined} target
 * @param {{members: MemberName[], onCall: OnCallNow[], you: string | null, severities: SeverityName[]}} known
 * @returns {Act[]}
 */
function actsOf(target, known) {
  const on = (/** @type {(row: IncidentRow) => unknown} */ what) => () => {
    const row = target();
    return row ? /** @type {Promise<unknown>} */ (what(row)) : undefined;
  };
  const when = (/** @type {(row: IncidentRow) => boolean} */ what) => () => {
    const row = target();
    return row !== undefined && what(row);
  };
  const own = when((row) => row.mergedInto === null);
  const { you, onCall } = known;
  const first = onCall[0];
  const assign = (/** @type {string | null} */ owner) => on((row) => act({ incident: { assign: { incident: row.id, owner } } }));
  const reach = (/** @type {Milestone} */ milestone) => on((row) => act({ incident: { reach: { incident: row.id, milestone } } }));
  const waits = (/** @type {Milestone} */ milestone) => when((row) => row.isOpen && order.indexOf(row.stage ?? "began") < order.indexOf(milestone));
  return [
    { id: "take", title: "Take it", key: "a", when: when((row) => row.isOpen && you !== null && row.owner !== you), run: assign(you) },
    { id: "giveTo", title: "Give it to…", key: you === null ? "a" : "shift+a", when: own, run: on((row) => giveTo(row, known)) },
    { id: "giveOnCall", title: first ? `Give it to ${first.name}, on call` : "Give it to who is on call", key: "c", when: when((row) => row.isOpen && first !== undefined && first.member !== row.owner), run: assign(first?.member ?? null) },
    { id: "acknowledge", title: "It is acknowledged", key: "k", when: waits("acknowledged"), run: reach("acknowledged") },
    { id: "mitigate", title: "Users are no longer affected", key: "m", when: waits("mitigated"), run: reach("mitigated") },
    { id: "resolve", title: "It is resolved", key: "d", when: waits("resolved"), run: reach("resolved") },
    { id: "reopen", title: "Open it again", key: "o", when: when((row) => row.resolvedAt !== null && row.mergedInto === null), run: on((row) => act({ incident: { reopen: { incident: row.id } } })) },
    { id: "severity", title: "How grave it is…", key: "s", when: own, run: on((row) => setSeverity(row, known.severities)) },
    { id: "interrupt", title: "Make an interrupt of it…", key: "i", when: when((row) => row.interrupt === null && row.mergedInto === null), run: on(makeInterrupt) },
    { id: "linkInterrupt", title: "Link an interrupt…", key: "shift+i", when: when((row) => row.interrupt === null && row.mergedInto === null), run: on(linkInterrupt) },
    { id: "makeItem", title: "Make an item of it…", key: "b", when: own, run: on(makeItem) },
    { id: "linkItem", title: "Link an item…", key: "shift+b", when: own, run: on(linkItem) },
    { id: "merge", title: "It is a duplicate of…", key: "shift+m", when: own, run: on(merge) },
    { id: "separate", title: "It is no duplicate", key: "shift+m", when: when((row) => row.mergedInto !== null), run: on((row) => act({ incident: { separate: { incident: row.id } } })) },
  ];
}

/** @type {Milestone[]} */
const order = ["began", "detected", "acknowledged", "mitigated", "resolved"];

/**
 * The incident that commands are about.
 * @param {IncidentList} list
 */
function active({ open, over }) {
  return [...open, ...over].find(({ id }) => id === picks.active);
}

/**
 * @param {IncidentList | Page} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(view, context) {
  if (Array.isArray(view)) {
    const [page] = view;
    return [
      { id: "back", title: "All incidents", key: "escape", run: () => context.set({ id: "" }) },
      { id: "note", title: "Add a note…", key: "n", when: () => page.row.mergedInto === null, run: () => writeNote(page) },
      { id: "role", title: "Who does what…", key: "r", when: () => page.row.mergedInto === null, run: () => takeRole(page) },
      { id: "outage", title: "Write an outage down…", key: "u", when: () => page.row.mergedInto === null && page.services.length > 0, run: () => addOutage(page) },
      ...actsOf(() => page.row, page),
    ];
  }
  const from = Number(context.params.from ?? 0);
  return [
    { id: "report", title: "Report one…", key: "n", main: true, run: report },
    { id: "open", title: "Open the incident", key: "enter", when: () => active(view) !== undefined, run: () => context.set({ id: picks.active }) },
    ...actsOf(() => active(view), view),
    { id: "find", title: "Search incidents", key: "/", when: () => view.allCount > 0, run: () => document.getElementById("incidents-search")?.focus() },
    { id: "times", title: "Times as a chart", key: "t", when: () => view.allCount > 0, run: () => context.go("charts", { chart: "incidentTimes" }) },
    { id: "earlier", title: "Earlier ones", key: "pagedown", when: () => from + view.over.length < view.overCount, run: () => context.set({ from: String(from + view.over.length) }) },
    { id: "later", title: "Later ones", key: "pageup", when: () => from > 0, run: () => context.set({ from: String(Math.max(0, from - 50) || "") }) },
  ];
}

/**
 * @param {IncidentList | Page} view
 * @param {Context} context
 */
function draw(view, context) {
  const acts = commands(view, context);
  return Array.isArray(view) ? drawPage(view, acts, context) : drawList(view, acts, context);
}

/**
 * @param {IncidentList} list
 * @param {Act[]} acts
 * @param {Context} context
 */
function drawList(list, acts, context) {
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const { open, over } = list;
  const rows = [...open, ...over];
  const start = rows.some(({ id }) => id === picks.active) ? picks.active : rows[0]?.id;
  const unowned = open.filter(({ owner }) => owner === null);
  const owned = open.filter(({ owner }) => owner !== null);
  const part = (/** @type {string} */ title, /** @type {IncidentRow[]} */ some) => (some.length === 0 ? nothing : html`<li class="interrupt-part" role="presentation">${title}</li>
    ${repeat(some, ({ id }) => id, (row) => line(row, start, acts, context))}`);
  const none = context.params.text ? `No incident${context.params.service ? " of this service" : ""} holds “${context.params.text}” in its label, title or owner.` : context.params.service ? "No incident affects this service." : "Nothing is open.";
  const service = list.services.find(({ id }) => id === context.params.service);
  return html`<div class="screen-head">
      <div><h1>Incidents</h1><p class="is-quiet">${list.allCount === 0 ? "None so far." : list.said}</p></div>
      <div class="screen-acts">${list.services.length === 0 || list.allCount === 0 ? nothing : menuButton({ title: service?.name ?? "All services", plain: true, acts: () => [
        { id: "service-", title: "All services", checked: !service, run: () => context.set({ service: "", from: "" }) },
        ...list.services.map(({ id, name }) => ({ id: `service-${id}`, title: name, checked: service?.id === id, run: () => context.set({ service: id, from: "" }) })),
      ] })}${button(find("times"), { plain: true })}${button(find("report"))}</div>
    </div>
    <div class="interrupts">
      <div class="interrupts-main">
        ${list.allCount === 0 ? nothing : searchField(context, start)}
        ${list.allCount === 0 ? empty({
          title: "Nothing broke yet",
          text: html`An incident is something in production that people have to answer. ${kbd("ctrl+shift+o")} reports one from anywhere, in a line: “P1 checkout: payments fail”. Its milestones become the times that the review shows; an interrupt that is made of it draws its hours from the buffer. <em>Import and export</em> brings those of PagerDuty, Opsgenie, a list, or written postmortems.`,
          acts: acts.filter(({ id }) => id === "report"),
        }) : rows.length === 0 ? html`<p class="is-quiet">${none}</p>` : html`
          <ul class="interrupt-rows incident-rows" role="listbox" aria-label="Incidents" @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, rows)}>
            ${part("Nobody has these", unowned)}${part("Somebody has these", owned)}${part(open.length === 0 ? "All are over; how long it took to mitigate" : "Over; how long it took to mitigate", over)}
          </ul>
          ${list.overCount > over.length ? html`<div class="card-acts">${button(find("later"))}${button(find("earlier"))}<span class="is-quiet">${over.length} of ${countText(list.overCount, "incident")} that ${list.overCount === 1 ? "is" : "are"} over</span></div>` : nothing}
          <p class="interrupt-hint is-quiet">${list.you === null ? html`${kbd("a")} gives it to somebody` : html`${kbd("a")} takes it`}, ${kbd("m")} says that users are no longer affected, ${kbd("d")} that it is resolved, ${kbd("enter")} opens it.</p>`}
      </div>
      <aside class="board-side" aria-label="Who is there">${onCallCard(list, find("giveOnCall"))}</aside>
    </div>`;
}

/**
 * The search of the list; what it leaves is counted in the head.
 * @param {Context} context
 * @param {string | undefined} start the incident that the keyboard goes to from here
 */
function searchField(context, start) {
  const { text } = context.params;
  return html`<div class="filter-bar" role="search"><span class="filter-text"><input id="incidents-search" type="search" placeholder="Search" aria-label="Search label, title and owner" .value=${live(searching ?? text ?? "")}
    @input=${(/** @type {InputEvent} */ event) => {
      searching = /** @type {HTMLInputElement} */ (event.target).value;
      context.set({ text: searching, from: "" }, true);
    }}
    @blur=${() => { searching = null; }}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape" && (searching ?? text)) {
        searching = null;
        context.set({ text: "", from: "" }, true);
      }
      else if (event.key !== "Escape" && event.key !== "Enter" && event.key !== "ArrowDown") return;
      event.preventDefault();
      document.getElementById(`incident-${start ?? ""}`)?.focus();
    }}>${searching || text ? nothing : kbd("/")}</span></div>`;
}

/**
 * Who is on call now.
 * @param {{onCall: OnCallNow[]}} list
 * @param {Act | undefined} give
 */
function onCallCard({ onCall }, give) {
  return html`<section class="card" aria-labelledby="on-call-title"><div class="card-head"><h2 id="on-call-title">On call now</h2></div>
    ${onCall.length === 0 ? html`<p class="is-quiet">Nobody is on call. <a href="#/on_call">On call</a> says who is, and when.</p>` : html`<ul class="incident-people">${onCall.map((one) => html`<li><span class="is-title">${one.name}</span><span class="is-quiet">${one.levelName}, until ${whenText(one.to)}</span></li>`)}</ul>`}
    <div class="card-acts">${button(give, { plain: true })}</div></section>`;
}

/**
 * @param {IncidentRow} row
 * @param {string | undefined} start
 * @param {Act[]} acts
 * @param {Context} context
 */
function line(row, start, acts, context) {
  const notes = [row.label, row.services.map(({ name }) => name).join(", "), row.stageSaid, row.cycles > 1 && `reopened${row.cycles > 2 ? ` ${row.cycles - 1} times` : ""}`, row.isOpen ? row.since !== null && `since ${whenText(row.since)}` : row.resolvedAt !== null && whenText(row.resolvedAt)];
  const grave = row.severity === "P1" && row.isOpen;
  return html`<li id="incident-${row.id}" role="option" tabindex=${row.id === start ? "0" : "-1"} ?data-start=${row.id === start} class="interrupt ${row.isOpen ? "" : "is-over"} ${row.id === picks.active ? "is-active" : ""}"
    aria-selected=${row.id === picks.active ? "true" : "false"} @focus=${() => focused(row)} @dblclick=${() => context.set({ id: row.id })}
    @contextmenu=${(/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      focused(row);
      openMenu({ x: event.clientX, y: event.clientY }, acts.filter(({ id }) => !["report", "find", "times", "earlier", "later"].includes(id)));
    }}>
    <span class="interrupt-severity ${grave ? "is-grave" : ""}" title="${row.severityName}: ${severityMeanings[row.severity]}">${row.severityName}</span>
    <span class="interrupt-words"><span class="is-title">${row.title}</span><span class="is-quiet">${notes.filter(Boolean).join(" · ")}</span></span>
    <span class="incident-owner ${row.owner === null ? (row.isOpen ? "is-nobody" : "is-quiet") : ""}">${row.ownerName ?? (row.isOpen ? "nobody yet" : "")}</span>
    <span class="interrupt-time ${row.countsUp ? "" : "is-quiet"}">${row.lasted === null ? html`<span class="is-quiet">not known</span>` : html`${row.countsUp ? html`${unseen("open for ")}${row.lasted}` : html`${unseen("mitigated after ")}${row.lasted}`}`}</span></li>`;
}

/** @param {IncidentRow} row */
function focused(row) {
  if (picks.active === row.id) return;
  picks.active = row.id;
  redraw();
}

/**
 * @param {KeyboardEvent} event
 * @param {IncidentRow[]} rows
 */
function onKey(event, rows) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
  const at = rows.findIndex(({ id }) => id === picks.active);
  /** @type {Record<string, IncidentRow | undefined>} */
  const steps = { ArrowDown: rows[at + 1], ArrowUp: rows[Math.max(0, at - 1)], Home: rows[0], End: rows.at(-1) };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = steps[event.key];
  if (!next) return;
  picks.active = next.id;
  document.getElementById(`incident-${next.id}`)?.focus();
  redraw();
}

/**
 * One incident.
 * @param {Page} view
 * @param {Act[]} acts
 * @param {Context} context
 */
function drawPage([page, proposals], acts, context) {
  const { row } = page;
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const save = (/** @type {IncidentCommand} */ command) => run({ incident: command }).then((outcome) => sayDone(outcome));
  const merged = page.mergedInto;
  /** @type {Record<Milestone, string>} */
  const next = { began: "", detected: "", acknowledged: "acknowledge", mitigated: "mitigate", resolved: "resolve" };
  const step = page.next ? find(next[page.next]) : undefined;
  return html`<div class="screen-head">
      <div><h1 class="is-label">${row.label}</h1><p class="is-quiet">${[row.severityName, row.stageSaid, row.countsUp && `open for ${row.lasted}`, page.source && `from ${page.source}`].filter(Boolean).join(" · ")}</p></div>
      <div class="screen-acts">${button(find("back"), { plain: true })}${button(find(page.you === null && row.owner === null && row.isOpen ? "giveTo" : "take"))}${button(step && { ...step, main: true })}${["reopen", "separate"].map((id) => button(find(id)))}
        ${merged ? nothing : menuButton({ title: "More", acts: () => acts.filter(({ id }) => !["back", "take", "note", "reopen", "separate", step?.id].includes(id)) })}</div>
    </div>
    ${merged ? html`<p class="incident-merged">A duplicate of <a href="#/incidents?id=${merged.id}">${merged.label} ${merged.title}</a>: work on that one.</p>` : nothing}
    <div class="interrupts">
      <div class="interrupts-main">
        ${savedField({ name: "title", id: "incident-title", label: "What happens", value: row.title, save: (title) => save({ rename: { incident: row.id, title } }) })}
        ${page.cycles.map((cycle) => milestones(page, cycle))}
        <section class="card" aria-labelledby="timeline-title"><div class="card-head"><h2 id="timeline-title">Timeline</h2><span class="is-quiet">${countText(page.timeline.length, "line")}</span></div>
          <ol class="incident-timeline">${page.timeline.map((one) => timelineLine(one, page))}</ol>
          <div class="card-acts">${button(find("note"))}</div></section>
      </div>
      <aside class="board-side">
        <section class="card">
          ${savedField({ name: "severity", label: "Severity", type: "choice", choices: severityChoices(page.severities), value: row.severity, save: (severity) => save({ setSeverity: { incident: row.id, severity } }) })}
          ${savedField({ name: "owner", label: "Who has it", type: "choice", choices: ownerChoices(page), value: row.owner ?? "", save: (owner) => save({ assign: { incident: row.id, owner: owner || null } }) })}
          ${services(page, save)}
          ${page.postmortemSaid ? html`<p class="is-quiet">${page.postmortemSaid}</p>` : nothing}
        </section>
        <section class="card"><div class="card-head"><h2>Roles</h2></div>
          ${page.roles.length === 0 ? html`<p class="is-quiet">Nobody has one. A commander decides, so that the others can work.</p>` : html`<ul class="incident-people">${page.roles.map((one) => html`<li><span class="is-title">${one.name}</span><span class="is-quiet">${one.role}</span>
            <button type="button" class="button is-plain" @click=${() => act({ incident: { takeRole: { incident: row.id, role: one.role, member: null } } })}>Give back${unseen(` ${one.role}`)}</button></li>`)}</ul>`}
          <div class="card-acts">${button(find("role"))}</div></section>
        ${belongs(page, acts, context)}${cause(page, proposals)}
      </aside>
    </div>`;
}

/**
 * @param {IncidentPage} page
 * @param {(command: IncidentCommand) => Promise<unknown>} save
 */
function services({ row, services }, save) {
  if (services.length === 0) return html`<p class="is-quiet">The team has no services yet. <a href="#/reliability">Reliability</a> names them.</p>`;
  const has = row.services.map(({ id }) => id);
  return html`<fieldset class="incident-services"><legend>Services affected</legend>${services.map(({ id, name }) => html`<label><input type="checkbox" name="service" .checked=${has.includes(id)}
    @change=${() => void save({ setServices: { incident: row.id, services: has.includes(id) ? has.filter((one) => one !== id) : [...has, id] } }).catch(fail)}><span>${name}</span></label>`)}</fieldset>`;
}

/**
 * The milestones of a cycle, and the times that follow from them.
 * @param {IncidentPage} page
 * @param {CycleView} cycle
 */
function milestones(page, cycle) {
  const latest = cycle === page.cycles[0];
  const title = page.cycles.length === 1 ? "Milestones" : latest ? "Since it was reopened" : cycle.number === 1 ? "The first time" : `Time ${cycle.number}`;
  return html`<section class="card" aria-label=${title}><div class="card-head"><h2>${title}</h2>
      <span class="is-quiet">${cycle.times.length === 0 ? "no time is known yet" : cycle.times.map((one, at) => html`${at > 0 ? " · " : nothing}<span class=${one.name === "to mitigate" || one.countsUp ? "incident-headline" : ""}>${one.name} ${one.said}</span>`)}</span></div>
    <ol class="incident-milestones">${cycle.milestones.map((one) => html`<li class=${one.at === null ? "is-missing" : ""}>
      <span class="incident-milestone" title=${milestoneMeanings[one.milestone]}>${milestoneTitles[one.milestone]}</span>
      <button type="button" class="cell-button" ?disabled=${page.row.mergedInto !== null} aria-label="${milestoneTitles[one.milestone]}: ${one.at === null ? "say when" : `${localText(one.local, page.today)}, correct`}" @click=${() => setMilestone(page, cycle, one)}>${one.at === null ? (page.row.mergedInto === null ? "say when…" : "not said") : localText(one.local, page.today)}</button>
      ${one.why === null ? nothing : html`<span class="is-quiet">${one.rawSaid === null ? "" : html`<s>${one.rawSaid}</s> `}${one.why}</span>`}</li>`)}</ol></section>`;
}

/**
 * @param {TimelineLine} one
 * @param {IncidentPage} page
 */
function timelineLine(one, page) {
  const who = [one.memberName, one.role].filter(Boolean).join(", ");
  return html`<li class=${one.note === null ? "is-fact" : ""}><span class="is-number">${localText(one.local, page.today)}</span>
    <span class="incident-words"><span class="incident-text">${one.text}</span>
      ${who || one.url || one.from || one.recordedAt !== null ? html`<span class="is-quiet">${[one.from, who].filter(Boolean).join(" · ")}${one.url ? html` <button type="button" class="item-link" title="Open ${one.url}" @click=${() => void host({ openLink: { address: one.url } }).catch(fail)}>evidence</button>` : nothing}${one.recordedAt === null ? nothing : ` written down ${whenText(one.recordedAt)}`}</span>` : nothing}</span>
    ${one.note === null ? nothing : html`<span class="incident-note-acts"><button type="button" class="button is-plain" @click=${() => writeNote(page, one)}>Correct${unseen(` the note of ${localText(one.local, page.today)}`)}</button>
      <button type="button" class="button is-plain" @click=${() => act({ incident: { removeNote: { id: one.note ?? "" } } })}>Remove${unseen(` the note of ${localText(one.local, page.today)}`)}</button></span>`}</li>`;
}

/**
 * What belongs to an incident: its interrupt, items, and duplicates.
 * @param {IncidentPage} page
 * @param {Act[]} acts
 * @param {Context} context
 */
function belongs(page, acts, context) {
  const { row, interrupt, items, duplicates, outages, budgetsSaid } = page;
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const unlink = (/** @type {string} */ link, /** @type {string} */ label) => html`<button type="button" class="button is-plain" @click=${() => act({ incident: { unlink: { incident: row.id, link } } })}>Unlink${unseen(` ${label}`)}</button>`;
  return html`<section class="card"><div class="card-head"><h2>Hours</h2></div>
      ${interrupt ? html`<ul class="interrupt-links"><li><button type="button" class="cell-button" @click=${() => context.go("interrupts", { id: interrupt.id })}>${interrupt.label}</button><span class="is-quiet">${interrupt.said}${interrupt.ended ? ", over" : ""}</span>${unlink(interrupt.link, interrupt.label)}</li></ul>`
        : html`<p class="is-quiet">Nobody counts them: an interrupt draws them from the buffer.</p>`}
      <div class="card-acts">${button(find("interrupt"))}${button(find("linkInterrupt"), { plain: true })}</div></section>
    <section class="card"><div class="card-head"><h2>Items</h2></div>
      ${items.length === 0 ? html`<p class="is-quiet">No item is named as its cause, and none goes on with it.</p>` : html`<ul class="interrupt-links">${items.map((one) => html`<li><span class="is-quiet">${one.how === "became" ? "goes on in" : "caused by"}</span>
        <button type="button" class="cell-button" @click=${() => context.go("item", { id: one.item })}>${one.title}</button><span class="is-quiet">${one.label}${one.done ? ", done" : ""}</span>${unlink(one.link, one.label)}</li>`)}</ul>`}
      <div class="card-acts">${button(find("makeItem"))}${button(find("linkItem"), { plain: true })}</div></section>
    <section class="card"><div class="card-head"><h2>Outages</h2></div>
      ${outages.length === 0 ? html`<p class="is-quiet">None is written down: uptime does not know of it.</p>` : html`<ul class="interrupt-links">${outages.map((one) => html`<li><span>${one.said}</span><span class="is-quiet">${one.lasted}${one.lasts ? " so far" : ""}</span></li>`)}</ul>`}
      ${budgetsSaid.map((one) => html`<p class="is-quiet">${one}</p>`)}
      <div class="card-acts">${button(find("outage"))}</div></section>
    ${duplicates.length === 0 ? nothing : html`<section class="card"><div class="card-head"><h2>Duplicates</h2></div><ul class="interrupt-links">${duplicates.map((one) => html`<li><a href="#/incidents?id=${one.id}">${one.label}</a><span class="is-quiet">${one.title}</span></li>`)}</ul></section>`}`;
}

/**
 * The deployment that caused an incident, or may have.
 * @param {IncidentPage} page
 * @param {LinkProposals} proposals
 */
function cause({ row, deployment }, { proposals, unlinked }) {
  const proposed = proposals.find(({ incident }) => incident.id === row.id);
  const open = unlinked.find(({ id }) => id === row.id);
  if (!deployment && !proposed && !open) return nothing;
  const command = (/** @type {DeliveryCommand} */ delivery) => () => act({ delivery });
  return html`<section class="card"><div class="card-head"><h2>Deployment</h2></div>
    ${deployment ? html`<ul class="interrupt-links"><li><span class="is-quiet">caused by</span><a href="#/deployments?id=${deployment.id}">${deployment.name}</a>
      <button type="button" class="button is-plain" @click=${() => act({ incident: { unlink: { incident: row.id, link: deployment.link } } })}>Unlink${unseen(` ${deployment.name}`)}</button></li></ul>` : nothing}
    ${proposed ? html`<p>Was it <a href="#/deployments?id=${proposed.deployment.id}">${proposed.deployment.name}</a>, ${proposed.said}?</p>
      <div class="card-acts"><button type="button" class="button" @click=${command({ linkIncident: { incident: row.id, deployment: proposed.deployment.id } })}>It caused it</button>
        <button type="button" class="button is-plain" @click=${command({ rejectLink: { incident: row.id, deployment: proposed.deployment.id } })}>It did not</button></div>` : nothing}
    ${open ? html`<p class="is-quiet">None is proposed: ${open.whyNot}. <a href="#/deployments">Deployments</a> names another one.</p>` : nothing}</section>`;
}

/**
 * What incidents did in a Sprint; in the report of a closed one.
 * @param {IncidentsOfSprint} view
 */
export function incidentReport({ rows, said, times, method }) {
  if (rows.length === 0) return nothing;
  return html`<section class="card"><div class="card-head"><h2>Incidents</h2><span class="is-quiet">${said}</span></div>
    ${table({
      caption: "The incidents of the Sprint",
      columns: [
        { title: "Incident", cell: (/** @type {IncidentRow} */ row) => html`<a href="#/incidents?id=${row.id}">${row.title}</a> <span class="is-quiet">${row.label}</span>` },
        { title: "Severity", cell: (row) => row.severityName },
        { title: "Services", cell: (row) => row.services.map(({ name }) => name).join(", ") },
        { title: "To mitigate", numeric: true, cell: (row) => (row.countsUp ? html`<span class="is-quiet">open for ${row.lasted}</span>` : row.lasted ?? html`<span class="is-quiet">not known</span>`) },
      ],
      rows,
    })}
    ${table({
      caption: "How long they took",
      columns: [
        { title: "Time", cell: (/** @type {TimeFigure} */ one) => one.name },
        { title: "Known of", numeric: true, cell: (one) => String(one.count) },
        { title: "Median", numeric: true, cell: (one) => one.medianSaid ?? "–" },
        { title: "90th percentile", numeric: true, cell: (one) => one.ninetiethSaid ?? "–" },
      ],
      rows: times,
    })}
    <p class="is-quiet">${method}</p></section>`;
}

/** @type {import("../main.js").Screen} */
export const incidents = {
  name: "incidents",
  title: "Incidents",
  group: "Production",
  key: "g n",
  query: (params) => (params.id ? [{ incident: { incident: { incident: params.id } } }, { delivery: { proposals: {} } }] : { incident: { list: { service: params.service || null, text: params.text ?? "", from: Number(params.from ?? 0) } } }),
  draw,
  commands,
  keys: [["up", "The incident above"], ["down", "The incident below"]],
  find: async (text) => {
    const { open, over } = await ask({ incident: { list: { text } } });
    return [...open, ...over].slice(0, 20).map(({ id, label, title, isOpen }) => ({ title, note: `${label} incident`, ended: !isOpen, run: () => { location.hash = `#/incidents?id=${id}`; } }));
  },
  everywhere: () => [{ id: "reportIncident", title: "Report an incident…", key: "ctrl+shift+o", run: report }],
};
