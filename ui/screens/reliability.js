// @ts-check
/**
 * Reliability: how each service is, what it came to by every method, what was promised and how much of it is left.
 *
 * 1. A figure never stands alone: what is bad of what counts stands beside it, its method below it, and the ledger one step away.
 * 2. Moments are those of the team's own clock, read and written as such.
 * 3. A closed Sprint is shown as it was sealed; what is known otherwise since then is said above it.
 * 4. Where too little is known the figure says so before it says anything else.
 */
import { html, nothing } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { chart, openBehind } from "../parts/chart.js";
import { openDialog, openForm } from "../parts/dialog.js";
import { field } from "../parts/field.js";
import { kbd } from "../parts/keys.js";
import { menuButton } from "../parts/menu.js";
import { table } from "../parts/table.js";
import { capital, countText, dayText, unbroken } from "../parts/text.js";
import { act, sayDone } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[ReliabilityView, ReliabilityLedgerView] | [ReliabilityView]} View the ledger where one is open */

/** @type {Record<OutageClass, string>} */
const classTitles = { full: "Full outage", partial: "Partial outage", degraded: "Degraded" };
/** @type {Record<ServiceState, string>} */
const stateTitles = { up: "up", degraded: "degraded", partial: "partly down", full: "down", maintenance: "in maintenance", unknown: "not known" };
/** @type {Record<ObjectiveState, string>} */
const objectiveTitles = { kept: "kept", burning: "burns too fast", spent: "spent", unknown: "not enough data", noTarget: "no target yet" };
/** What is offered behind “More”. */
const more = ["addUnknown", "addObjective", "countRequests", "addService", "addGroup", "manage", "rules", "policy", "import"];
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/**
 * A moment of the team's clock as it is read: "24 Nov 9:40".
 * @param {string} local `2026-11-24 09:40`
 */
function localText(local) {
  const [day = "", time = ""] = local.split(" ");
  return `${dayText(day)} ${time.replace(/^0/, "")}`;
}

/**
 * From one moment to another: the day of the end only where it is another one.
 * @param {string} from
 * @param {string} to empty while it lasts
 */
function spanText(from, to) {
  if (to === "") return `${localText(from)}, lasts still`;
  const [day, time = ""] = to.split(" ");
  return from.startsWith(`${day} `) ? `${localText(from)} – ${time.replace(/^0/, "")}` : `${localText(from)} – ${localText(to)}`;
}

/**
 * @param {Record<string, string>} params
 * @returns {ReliabilityQuestion}
 */
function when({ sprint, from, to }) {
  if (from) return { firstDay: from, ...(to ? { lastDay: to } : {}) };
  return sprint ? { sprint } : {};
}

/**
 * What a page is about, as the address writes it: `service:…` or `group:…`.
 * @param {string} of
 * @returns {ObjectiveSubject}
 */
function subject(of) {
  const [kind, id = ""] = of.split(":");
  return kind === "group" ? { group: id } : { service: id };
}

/** @param {ObjectiveSubject} of */
function addressOf(of) {
  return "group" in of ? `group:${of.group}` : `service:${of.service}`;
}

/** @param {ServiceRow[]} services */
function serviceChoices(services) {
  return services.map(({ id, name }) => ({ value: id, title: name }));
}

/**
 * Services as check boxes in a form.
 * @param {ServiceRow[]} services
 * @param {import("../parts/dialog.js").Form<any>} form
 */
function servicesField(services, form) {
  const chosen = /** @type {string[]} */ (form.values.services);
  const error = form.error("services");
  return html`<fieldset class="rel-services" aria-describedby=${error ? "services-error" : nothing}><legend>Services</legend>
    ${services.map(({ id, name }) => html`<label><input type="checkbox" name="services" .checked=${chosen.includes(id)} aria-invalid=${error ? "true" : "false"}
      @change=${() => form.set({ services: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] })}><span>${name}</span></label>`)}
    ${error ? html`<p class="field-error" id="services-error" role="alert">${error.message} ${error.hint}</p>` : nothing}</fieldset>`;
}

/**
 * Now, by the clock of the team: "2026-11-24 09:40".
 * @param {string} zone
 */
function nowLocal(zone) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(new Date());
  const of = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")} ${of("hour")}:${of("minute")}`;
}

const momentHint = "A day and a time: 2026-11-20 14:30. Only a time is today.";

/**
 * Adds an outage, or changes one.
 * @param {ReliabilityView} view
 * @param {OutageRow} [known]
 */
async function outageForm({ services, zone }, known) {
  const outcome = await openForm({
    title: known ? `${classTitles[known.class]} of ${known.serviceName}` : "Add an outage",
    action: known ? "Save" : "Add it",
    values: { services: known ? [known.service] : services.length === 1 ? services.map(({ id }) => id) : [], class: known?.class ?? "full", from: known?.fromLocal ?? nowLocal(zone), to: known?.toLocal ?? "", title: known?.title ?? "" },
    draw: (form) => html`
      ${known ? nothing : servicesField(services, form)}
      ${form.field({ name: "class", label: "How bad", type: "choice", choices: [{ value: "full", title: "Full: it does not answer" }, { value: "partial", title: "Partial: it answers some" }, { value: "degraded", title: "Degraded: it answers, worse than usual" }] })}
      <div class="field-pair">
        ${form.field({ name: "from", label: "Began", required: true, hint: momentHint })}
        ${form.field({ name: "to", label: "Ended", hint: "Empty while it lasts." })}
      </div>
      ${form.field({ name: "title", label: "What it was", placeholder: "The payment provider did not answer" })}`,
    send: ({ services: chosen, class: bad, from, to, title }) => {
      const more = { class: /** @type {OutageClass} */ (bad), from, to, title };
      return run({ reliability: known ? { changeOutage: { outage: known.id, ...more } } : { addOutage: { services: chosen, ...more } } });
    },
  });
  if (outcome) sayDone(outcome);
}

/**
 * Adds maintenance, or changes it.
 * @param {ReliabilityView} view
 * @param {MaintenanceRow} [known]
 */
async function maintenanceForm({ services, zone, rules }, known) {
  const outcome = await openForm({
    title: known ? `Maintenance of ${known.servicesSaid}` : "Add maintenance",
    action: known ? "Save" : "Add it",
    values: { services: known?.services ?? (services.length === 1 ? services.map(({ id }) => id) : []), from: known?.fromLocal ?? "", to: known?.toLocal ?? "", announced: known?.announcedLocal ?? nowLocal(zone), title: known?.title ?? "" },
    draw: (form) => html`
      ${servicesField(services, form)}
      <div class="field-pair">
        ${form.field({ name: "from", label: "Begins", required: true, hint: momentHint })}
        ${form.field({ name: "to", label: "Ends", required: true })}
      </div>
      ${form.field({ name: "announced", label: "Announced", hint: `What is announced ${rules.noticeHours} h before counts for nothing; else it is downtime. Empty: not announced.` })}
      ${form.field({ name: "title", label: "What is done", placeholder: "New database version" })}`,
    send: ({ services: chosen, from, to, announced, title }) => run({ reliability: { setMaintenance: { maintenance: known?.id ?? null, services: chosen, from, to, announced, title } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {ReliabilityView} view */
async function unknownForm({ services, zone }) {
  const outcome = await openForm({
    title: "Say that nothing is known",
    action: "Say so",
    values: { service: services[0]?.id ?? "", from: "", to: nowLocal(zone), note: "" },
    draw: (form) => html`<p class="dialog-text">For a time in which nobody watched: monitoring was off, a log is lost. It is left out of the headline, and the range shows it as all up and all down.</p>
      ${form.field({ name: "service", label: "Service", type: "choice", choices: serviceChoices(services) })}
      <div class="field-pair">
        ${form.field({ name: "from", label: "From", required: true, hint: momentHint, autofocus: true })}
        ${form.field({ name: "to", label: "To", required: true })}
      </div>
      ${form.field({ name: "note", label: "Why", placeholder: "The probe was moved" })}`,
    send: ({ service, from, to, note }) => run({ reliability: { addUnknown: { service, from, to, note } } }),
  });
  if (outcome) sayDone(outcome);
}

async function serviceForm() {
  const outcome = await openForm({
    title: "Add a service",
    action: "Add it",
    values: { name: "", note: "" },
    draw: (form) => html`
      ${form.field({ name: "name", label: "Name", autofocus: true, required: true, placeholder: "checkout" })}
      ${form.field({ name: "note", label: "What people should know of it" })}`,
    send: ({ name, note }) => run({ reliability: { addService: { name, note } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {ServiceRow} known */
async function renameForm(known) {
  const outcome = await openForm({
    title: `Change ${known.name}`,
    action: "Save",
    values: { name: known.name, note: known.note },
    draw: (form) => html`
      ${form.field({ name: "name", label: "Name", autofocus: true, required: true })}
      ${form.field({ name: "note", label: "What people should know of it" })}`,
    send: ({ name, note }) => run({ reliability: { changeService: { service: known.id, name, note } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * @param {ReliabilityView} view
 * @param {GroupRow} [known]
 */
async function groupForm({ services }, known) {
  const outcome = await openForm({
    title: known ? `Change ${known.name}` : "Add a group",
    action: known ? "Save" : "Add it",
    values: { name: known?.name ?? "", services: known?.services.map(([id]) => id) ?? [], isMean: known?.isMean ?? false, weights: Object.fromEntries((known?.services ?? []).map(([id, weight]) => [id, String(weight / 100)])) },
    draw: (form) => html`
      ${form.field({ name: "name", label: "Name", autofocus: true, required: true, placeholder: "Shop" })}
      ${servicesField(services, form)}
      ${form.field({ name: "isMean", label: "Tell the weighted mean of its services", type: "check", hint: "Else the group is up when all of its services are." })}
      ${form.values.isMean ? html`<fieldset class="rel-weights"><legend>Weights</legend>${services.filter(({ id }) => form.values.services.includes(id)).map(({ id, name }) => field({
        name: `weight-${id}`, id: `weight-${id}`, label: name, type: "number", narrow: true, value: form.values.weights[id] ?? "100",
        change: (weight) => form.set({ weights: { ...form.values.weights, [id]: weight } }),
      }))}</fieldset>` : nothing}`,
    send: ({ name, services: chosen, isMean, weights }) => run({ reliability: { setGroup: {
      group: known?.id ?? null, name, isMean, services: chosen.map((service) => ({ service, weight: isMean ? Math.round(Number(String(weights[service] ?? "100").replace(",", ".")) * 100) || 0 : null })),
    } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {ReliabilityView} view */
async function objectiveForm({ services, groups, today }) {
  const subjects = [...services.map(({ id, name }) => ({ value: `service:${id}`, title: name })), ...groups.map(({ id, name }) => ({ value: `group:${id}`, title: `${name} (group)` }))];
  const outcome = await openForm({
    title: "Promise something",
    action: "Add it",
    wide: true,
    values: { of: subjects[0]?.value ?? "", name: "", sli: "time", window: "rolling", days: "28", target: "99.9", validFrom: today, isAgreement: false, limited: false, first: "0", last: "4", open: "09:00", close: "17:00", holidays: true },
    draw: (form) => html`
      <div class="field-pair">
        ${form.field({ name: "of", label: "Of", type: "choice", choices: subjects })}
        ${form.field({ name: "name", label: "Name", placeholder: "Customers can pay" })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "sli", label: "What is measured", type: "choice", choices: [{ value: "time", title: "The time in which it answers" }, { value: "requests", title: "The requests that are answered well" }] })}
        ${form.field({ name: "target", label: "Target", type: "number", unit: "%", narrow: true, required: true })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "window", label: "Over", type: "choice", choices: [{ value: "rolling", title: "the last days" }, { value: "sprint", title: "a Sprint" }, { value: "month", title: "a month" }] })}
        ${form.values.window === "rolling" ? form.field({ name: "days", label: "Days", type: "number", narrow: true }) : html`<span></span>`}
      </div>
      ${form.field({ name: "validFrom", label: "Holds from", type: "date", hint: "Windows that end before it keep what was promised then." })}
      ${form.field({ name: "isAgreement", label: "It is agreed with others (SLA)", type: "check" })}
      ${form.field({ name: "limited", label: "Only within business hours", type: "check" })}
      ${form.values.limited ? html`<div class="field-pair">
          ${form.field({ name: "first", label: "From", type: "choice", choices: weekdays.map((title, at) => ({ value: String(at), title })) })}
          ${form.field({ name: "last", label: "To", type: "choice", choices: weekdays.map((title, at) => ({ value: String(at), title })) })}
        </div>
        <div class="field-pair">
          ${form.field({ name: "open", label: "Opens", type: "time" })}
          ${form.field({ name: "close", label: "Closes", type: "time" })}
        </div>
        ${form.field({ name: "holidays", label: "Not on holidays", type: "check" })}
        ${form.error("hours") ? html`<p class="field-error" role="alert">${form.error("hours")?.message} ${form.error("hours")?.hint}</p>` : nothing}` : nothing}`,
    send: ({ of, name, sli, window, days, target, validFrom, isAgreement, limited, first, last, open, close, holidays }) => run({ reliability: { addObjective: {
      of: subject(of), name, sli: /** @type {ObjectiveKind} */ (sli), window: /** @type {ObjectiveWindow} */ (window), days: window === "rolling" ? Math.round(Number(days)) || 0 : null,
      target, validFrom: validFrom || null, isAgreement, hours: limited ? { withoutHolidays: holidays, spans: spans(Number(first), Number(last), minutes(open), minutes(close)) } : null,
    } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * The minute of a day.
 * @param {string} time "17:00"
 */
function minutes(time) {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}

/**
 * The same hours on each day from one to another; over the weekend where the last lies before the first.
 * @param {number} first
 * @param {number} last
 * @param {number} from
 * @param {number} to
 */
function spans(first, last, from, to) {
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, at) => ({ weekday: (first + at) % 7, from, to: to === 0 ? 1440 : to })).sort((a, b) => a.weekday - b.weekday);
}

/**
 * @param {ObjectiveFigures} known
 * @param {string} today
 */
async function targetForm(known, today) {
  const outcome = await openForm({
    title: known.name,
    action: "Save",
    values: { name: known.name, target: (known.target ?? "").replace(" %", ""), validFrom: today },
    draw: (form) => html`
      ${form.field({ name: "name", label: "Name" })}
      <div class="field-pair">
        ${form.field({ name: "target", label: "Target", type: "number", unit: "%", narrow: true, autofocus: true })}
        ${form.field({ name: "validFrom", label: "Holds from", type: "date", hint: "What was promised before stays as it was." })}
      </div>`,
    send: ({ name, target, validFrom }) => run({ reliability: { changeObjective: { objective: known.id, name, target, validFrom: validFrom || null } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {ReliabilityView} view */
async function rulesForm({ rules, today }) {
  const percent = (/** @type {number} */ share) => String(share / 100);
  const outcome = await openForm({
    title: "How outages count",
    action: "Save",
    values: { full: percent(rules.full), partial: percent(rules.partial), degraded: percent(rules.degraded), notice: String(rules.noticeHours), validFrom: today },
    draw: (form) => html`<p class="dialog-text">How much of a second an outage takes. Full outages, partial ones, and a service that is degraded.</p>
      <div class="field-pair">
        ${form.field({ name: "full", label: "Full", type: "number", unit: "%", narrow: true })}
        ${form.field({ name: "partial", label: "Partial", type: "number", unit: "%", narrow: true, autofocus: true })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "degraded", label: "Degraded", type: "number", unit: "%", narrow: true })}
        ${form.field({ name: "notice", label: "Maintenance is announced", type: "number", unit: "h before", narrow: true })}
      </div>
      ${form.field({ name: "validFrom", label: "Holds from", type: "date", hint: "Windows that end before it keep the rules they had." })}`,
    send: ({ full, partial, degraded, notice, validFrom }) => {
      const share = (/** @type {string} */ text) => Math.round(Number(text.replace(",", ".")) * 100);
      return run({ reliability: { setRules: { full: share(full), partial: share(partial), degraded: share(degraded), noticeHours: Math.round(Number(notice)), validFrom: validFrom || null } } });
    },
  });
  if (outcome) sayDone(outcome);
}

/** @param {ReliabilityView} view */
async function policyForm({ policy }) {
  const outcome = await openForm({
    title: "When an error budget is spent",
    action: "Save",
    values: { isOn: policy.isOn, spentAt: String(policy.spentAt / 100) },
    draw: (form) => html`<p class="dialog-text">Plan then says that production comes first: what was promised is kept before something new is begun.</p>
      ${form.field({ name: "isOn", label: "Production comes first", type: "check" })}
      ${form.field({ name: "spentAt", label: "Once no more is left than", type: "number", unit: "%", narrow: true, hint: "0 is when all of it is spent." })}`,
    send: ({ isOn, spentAt }) => run({ reliability: { setPolicy: { isOn, spentAt: Math.round(Number(spentAt.replace(",", ".")) * 100) } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {ReliabilityView} view */
async function requestsForm({ services, today }) {
  const outcome = await openForm({
    title: "Count requests",
    action: "Save",
    values: { service: services[0]?.id ?? "", day: today, valid: "", good: "" },
    draw: (form) => html`<p class="dialog-text">For a service whose requests are promised and that no log counts. A second count of a day takes the place of the first.</p>
      <div class="field-pair">
        ${form.field({ name: "service", label: "Service", type: "choice", choices: serviceChoices(services) })}
        ${form.field({ name: "day", label: "Day", type: "date", max: today })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "valid", label: "Requests that count", type: "number", narrow: true, autofocus: true })}
        ${form.field({ name: "good", label: "Answered well", type: "number", narrow: true })}
      </div>`,
    send: ({ service, day, valid, good }) => {
      const count = (/** @type {string} */ text) => Math.max(0, Math.round(Number(text.replace(/[ ,']/g, "")) || 0));
      return run({ reliability: { countRequests: { service, day, valid: count(valid), good: count(good) } } });
    },
  });
  if (outcome) sayDone(outcome);
}

/**
 * Services, groups, logs and rules: what is changed seldom.
 * @param {ReliabilityView} view
 */
function manage(view) {
  return openDialog({
    title: "Services, groups and rules",
    wide: true,
    draw: (/** @type {(value?: () => unknown) => void} */ close) => {
      const then = (/** @type {() => unknown} */ what) => () => close(what);
      const small = (/** @type {string} */ title, /** @type {string} */ label, /** @type {() => unknown} */ what) => html`<button type="button" class="button is-plain" aria-label=${label} @click=${then(what)}>${title}</button>`;
      return html`<div class="rel-manage">
        ${table({
          caption: "Services", titled: true,
          columns: [
            { title: "Service", cell: (/** @type {ServiceRow} */ one) => one.name },
            { title: "Note", cell: (one) => one.note },
            { title: "", cell: (one) => html`${small("Change…", `Change ${one.name}`, () => renameForm(one))}${one.canGo ? small("Remove", `Remove ${one.name}`, () => act({ reliability: { removeService: { service: one.id } } })) : nothing}` },
          ],
          rows: view.services,
        })}
        ${view.groups.length === 0 ? nothing : table({
          caption: "Groups", titled: true,
          columns: [
            { title: "Group", cell: (/** @type {GroupRow} */ one) => one.name },
            { title: "Services", cell: (one) => `${one.services.map(([id]) => view.services.find((service) => service.id === id)?.name).join(", ")}${one.isMean ? ", weighted mean" : ", all of them"}` },
            { title: "", cell: (one) => html`${small("Change…", `Change ${one.name}`, () => groupForm(view, one))}${small("Remove", `Remove ${one.name}`, () => act({ reliability: { removeGroup: { group: one.id } } }))}` },
          ],
          rows: view.groups,
        })}
        ${view.logs.length === 0 ? nothing : table({
          caption: "Logs of checks and requests", titled: true,
          columns: [
            { title: "Service", cell: (/** @type {LogRow} */ one) => one.serviceName },
            { title: "Log", cell: (one) => one.source },
            { title: "What it tells", cell: (one) => one.said },
            { title: "", cell: (one) => small("Remove", `Remove what ${one.source} says of ${one.serviceName}`, () => act({ reliability: { removeChecks: { service: one.service, source: one.source } } })) },
          ],
          rows: view.logs,
        })}</div>
        <div class="dialog-buttons"><button class="button is-main" @click=${() => close()}>Close</button></div>`;
    },
  }).then((what) => what?.());
}

/**
 * @param {View} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands([view, ledger], context) {
  if (ledger) return [{ id: "back", title: "All services", key: "escape", run: () => context.set({ of: "", objective: "" }) }, { id: "addOutage", title: "Add an outage…", key: "n", run: () => outageForm(view) }];
  const has = () => view.services.length > 0;
  const { sprints, sprint } = view;
  return [
    { id: "addOutage", title: "Add an outage…", key: "n", main: true, when: has, run: () => outageForm(view) },
    { id: "addMaintenance", title: "Add maintenance…", key: "m", when: has, run: () => maintenanceForm(view) },
    { id: "addUnknown", title: "Say that nothing is known…", key: "u", when: has, run: () => unknownForm(view) },
    { id: "addObjective", title: "Promise something…", key: "p", when: has, run: () => objectiveForm(view) },
    { id: "countRequests", title: "Count requests…", key: "r", when: has, run: () => requestsForm(view) },
    { id: "addService", title: "Add a service…", key: "a", main: !has(), run: serviceForm },
    { id: "addGroup", title: "Add a group…", when: () => view.services.length > 1, run: () => groupForm(view) },
    { id: "manage", title: "Services, groups and rules…", key: "e", when: has, run: () => manage(view) },
    { id: "rules", title: "How outages count…", when: has, run: () => rulesForm(view) },
    { id: "policy", title: "When an error budget is spent…", when: has, run: () => policyForm(view) },
    { id: "import", title: "Bring in checks, status pages or objectives", run: () => context.go("exchange") },
    ...sprints.filter(({ id }) => id !== sprint?.id).map(({ id, name }) => ({ id: `show-${id}`, title: `Show ${name}`, quiet: true, run: () => context.set({ sprint: id, from: "", to: "" }) })),
  ];
}

/**
 * @param {View} views
 * @param {Context} context
 */
function draw(views, context) {
  const [view, ledger] = views;
  const acts = commands(views, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  if (ledger) return drawLedger(view, ledger, context, acts);
  const { figures, services } = view;
  const nobody = services.length === 0;
  return html`<div class="screen-head">
      <div><h1 data-start tabindex="-1">Reliability</h1><p class="is-quiet">${view.said}</p></div>
      <div class="screen-acts">${nobody ? button(find("addService")) : html`${menuButton({ title: "More", acts: () => acts.filter(({ id }) => more.includes(id)) })}${button(find("addMaintenance"))}${button(find("addOutage"))}`}</div>
    </div>
    ${nobody ? empty({
      title: "No services yet",
      text: html`A service is what the team runs and others rely on: checkout, search, the ledger. Its outages, what logs of checks and status pages say, and what was promised of it come to one figure here, and each second of it can be opened. ${kbd("a")} adds one; Import brings some along.`,
      acts: acts.filter(({ id }) => id === "addService" || id === "import"),
    }) : html`
      ${view.later.length === 0 ? nothing : html`<div class="rel-later" role="note"><p>This is what was sealed when the Sprint was closed.</p><ul>${view.later.map((line) => html`<li>${line}</li>`)}</ul></div>`}
      ${view.policy.said ? html`<p class="rel-policy" role="note"><strong>Production first.</strong> ${view.policy.said}</p>` : nothing}
      ${period(view, context)}
      <section class="card" aria-labelledby="rel-services"><div class="card-head"><h2 id="rel-services">Services</h2></div>
        ${servicesTable(view, context)}
        <p class="is-quiet">${figures.services[0] ? `Headline: ${unbroken(figures.services[0].methods[0]?.how ?? "")}. Rounded down. A name opens every method, and each second.` : nothing}</p></section>
      ${objectives(view, context, find)}
      ${outages(view)}
      ${maintenance(view)}
      ${unknown(view)}`}`;
}

/**
 * Which window is shown.
 * @param {ReliabilityView} view
 * @param {Context} context
 */
function period({ sprint, sprints }, { params, set }) {
  return html`<div class="rel-period">
    ${field({
      name: "sprint", id: "rel-sprint", label: "Window", type: "choice", value: params.from ? "days" : sprint?.id ?? "",
      choices: [...sprints.map(({ id, name }) => ({ value: id, title: name })), { value: "days", title: "other days" }],
      done: (value) => (value === "days" ? set({ sprint: "", from: daysAgo(27), to: "" }) : set({ sprint: value, from: "", to: "" })),
    })}
    ${params.from ? html`${field({ name: "from", id: "rel-from", label: "From", type: "date", value: params.from, done: (from) => { if (from) set({ from }); } })}
      ${field({ name: "to", id: "rel-to", label: "To", type: "date", value: params.to ?? "", done: (to) => set({ to }) })}` : nothing}
  </div>`;
}

/** @param {number} days */
function daysAgo(days) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** @param {ServiceState} state */
function stateMark(state) {
  return html`<span class="rel-state is-${state}">${stateTitles[state]}</span>`;
}

/**
 * @param {ReliabilityView} view
 * @param {Context} context
 */
function servicesTable({ figures, health, runs }, context) {
  const now = (/** @type {ObjectiveSubject} */ of) => ("service" in of ? health.find(({ service }) => service === of.service) : undefined);
  const rows = [...figures.services, ...figures.groups];
  return table({
    caption: "Uptime of services and groups",
    key: ({ of }) => addressOf(of),
    columns: [
      { title: "Service", cell: (/** @type {UptimeFigures} */ row) => html`<button type="button" class="cell-button" @click=${() => context.set({ of: addressOf(row.of) })}>${row.name}</button>${"group" in row.of ? html` <span class="is-quiet">group</span>` : nothing}` },
      ...(runs ? [{ title: "Now", cell: (/** @type {UptimeFigures} */ row) => { const one = now(row.of); return one ? stateMark(one.state) : nothing; } }] : []),
      { title: "Uptime", numeric: true, cell: headline },
      { title: "Known", numeric: true, cell: (row) => (row.coverage === "100 %" || row.coverage === null ? html`<span class="is-quiet">${row.coverage ?? "nothing"}</span>` : html`${row.coverage}<div class="is-quiet rel-small" title="With all of the unknown down, and with all of it up">${(row.low ?? "").replace(" %", "")} – ${row.high}</div>`) },
      { title: "Down, of", numeric: true, cell: (row) => html`${row.bad} <span class="is-quiet">of ${row.ofTime}</span>` },
      ...(runs ? [{ title: "Least budget left", cell: (/** @type {UptimeFigures} */ row) => { const one = now(row.of); return one?.remainingSaid ? html`<span class="rel-nowrap ${(one.remaining ?? 1) <= 0 ? "is-grave" : ""}">${one.remainingSaid}</span>${one.burn && one.burn > 1 ? html` <span class="is-quiet">${one.burnSaid}</span>` : nothing}` : html`<span class="is-quiet">${one?.objective ? objectiveTitles.unknown : "no promise"}</span>`; } }] : []),
    ],
    rows,
  });
}

/** @param {UptimeFigures} row */
function headline(row) {
  if (row.percent === null) return html`<span class="is-quiet">nothing known</span>`;
  return row.isEnough ? html`<strong>${row.percent}</strong>` : html`<span class="rel-little">not enough data</span> <span class="is-quiet">${row.percent}</span>`;
}

/**
 * @param {ReliabilityView} view
 * @param {Context} context
 * @param {(id: string) => Act | undefined} find
 */
function objectives({ figures, sprint, today }, context, find) {
  const rows = figures.objectives;
  const chosen = rows.find(({ id }) => id === context.params.budget) ?? [...rows].sort((a, b) => (a.remaining ?? Infinity) - (b.remaining ?? Infinity))[0];
  if (rows.length === 0) {
    return html`<section class="card" aria-labelledby="rel-objectives"><div class="card-head"><h2 id="rel-objectives">What was promised</h2>${button(find("addObjective"), { plain: true })}</div>
      <p class="is-quiet">Nothing yet. An objective such as “99.9 % of the last 28 days” turns outages into an error budget: how much may still fail before work on production comes first. An agreement with others can be held to business hours.</p></section>`;
  }
  const question = (/** @type {{width: number, height: number}} */ size, /** @type {ThemeName} */ theme) => /** @type {ChartQuestion} */ ({ chart: "errorBudget", sprint: sprint?.id ?? null, objective: chosen?.id ?? null, theme, ...size });
  return html`<section class="card" aria-labelledby="rel-objectives"><div class="card-head"><h2 id="rel-objectives">What was promised</h2>${button(find("addObjective"), { plain: true })}</div>
    ${sprint && chosen ? chart({
      id: "rel-budget",
      question: `${sprint.id} ${chosen.id}`,
      ratio: 0.34,
      source: async (size, theme) => (await ask({ flow: { chart: question(size, theme) } })).chart,
      open: (size, behind) => void openBehind({ question: question(size, "light"), behind }, context),
    }) : nothing}
    ${table({
      caption: "Objectives and agreements",
      key: ({ id }) => id,
      columns: [
        { title: "Objective", cell: (/** @type {ObjectiveFigures} */ row) => html`<button type="button" class="cell-button" aria-pressed=${row.id === chosen?.id ? "true" : "false"} title="Show what is left through the Sprint" @click=${() => context.set({ budget: row.id }, true)}>${row.name}</button>${row.isAgreement ? html` <span class="rel-tag">SLA</span>` : nothing}${row.hours ? html`<div class="is-quiet rel-small">${row.hours}</div>` : nothing}` },
        { title: "Target", numeric: true, cell: (row) => row.target ?? html`<span class="is-quiet">none yet</span>` },
        { title: "Window", cell: (row) => row.window },
        { title: "Reached", numeric: true, cell: (row) => row.percent ?? html`<span class="is-quiet">nothing counts</span>` },
        { title: "Error budget", cell: (row) => html`<span class="rel-budget ${row.state === "spent" ? "is-grave" : ""}">${row.remainingSaid ?? html`<span class="is-quiet">${objectiveTitles[row.state]}</span>`}</span>${row.alert ? html`<div class="rel-alert">${row.alert}</div>` : nothing}` },
        { title: "Last 24 h", cell: (row) => row.burnSaid ?? html`<span class="is-quiet">–</span>` },
        { title: "", cell: (row) => menuButton({ title: "⋯", sign: true, plain: true, label: `What can be done with ${row.name}`, acts: () => [
          { id: `seconds-${row.id}`, title: "Each second of its window", run: () => context.set({ of: addressOf(row.of), objective: row.id }) },
          { id: `target-${row.id}`, title: "Change its target…", run: () => targetForm(row, today) },
          { id: `remove-${row.id}`, title: "Remove it", run: () => act({ reliability: { removeObjective: { objective: row.id } } }) },
        ] }) },
      ],
      rows,
    })}</section>`;
}

/**
 * @param {ReliabilityView} view
 */
function outages(view) {
  return html`<section class="card" aria-labelledby="rel-outages"><div class="card-head"><h2 id="rel-outages">Outages</h2><span class="is-quiet">${view.outages.length === 0 ? nothing : countText(view.outages.length, "outage")}</span></div>
    ${view.outages.length === 0 ? html`<p class="is-quiet">None in this window that a person wrote down or a status page told. ${kbd("n")} adds one.</p>` : table({
      caption: "Outages, the latest first",
      key: ({ id }) => id,
      columns: [
        { title: "Outage", cell: (/** @type {OutageRow} */ row) => html`<button type="button" class="cell-button" id="outage-${row.id}" @click=${() => outageForm(view, row)}>${row.title || classTitles[row.class]}</button>` },
        { title: "Service", cell: (row) => row.serviceName },
        { title: "How bad", cell: (row) => html`<span class="rel-class is-${row.class}">${row.class}</span>` },
        { title: "When", cell: (row) => spanText(row.fromLocal, row.toLocal) },
        { title: "Lasted", numeric: true, cell: (row) => row.lasted },
        { title: "Told by", cell: (row) => html`<span class="is-quiet">${row.source || "the team"}</span>` },
        { title: "", cell: (row) => menuButton({ title: "⋯", sign: true, plain: true, label: `What can be done with this outage of ${row.serviceName}`, acts: () => [
          ...(row.to === null ? [{ id: `end-${row.id}`, title: "It is over", run: () => act({ reliability: { endOutage: { outage: row.id } } }) }] : []),
          { id: `change-${row.id}`, title: "Change it…", run: () => outageForm(view, row) },
          { id: `remove-${row.id}`, title: "It was none: remove it", run: () => act({ reliability: { removeOutage: { outage: row.id } } }) },
        ] }) },
      ],
      rows: view.outages,
    })}</section>`;
}

/** @param {ReliabilityView} view */
function maintenance(view) {
  if (view.maintenance.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="rel-maintenance"><div class="card-head"><h2 id="rel-maintenance">Maintenance</h2></div>
    ${table({
      caption: "Maintenance, the latest first",
      key: ({ id }) => id,
      columns: [
        { title: "Work", cell: (/** @type {MaintenanceRow} */ row) => html`<button type="button" class="cell-button" @click=${() => maintenanceForm(view, row)}>${row.title || "Maintenance"}</button>` },
        { title: "Services", cell: (row) => row.servicesSaid },
        { title: "When", cell: (row) => spanText(row.fromLocal, row.toLocal) },
        { title: "Lasts", numeric: true, cell: (row) => row.lasted },
        { title: "Announced", cell: (row) => (row.announcedLocal === "" ? html`<span class="is-grave">not at all: downtime</span>` : html`${localText(row.announcedLocal)} <span class=${row.isAnnounced ? "is-quiet" : "is-grave"}>${row.isAnnounced ? "in time" : "too late: downtime"}</span>`) },
        { title: "", cell: (row) => menuButton({ title: "⋯", sign: true, plain: true, label: "What can be done with this maintenance", acts: () => [
          { id: `change-${row.id}`, title: "Change it…", run: () => maintenanceForm(view, row) },
          { id: `remove-${row.id}`, title: "Remove it", run: () => act({ reliability: { removeMaintenance: { maintenance: row.id } } }) },
        ] }) },
      ],
      rows: view.maintenance,
    })}</section>`;
}

/** @param {ReliabilityView} view */
function unknown(view) {
  if (view.unknown.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="rel-unknown"><div class="card-head"><h2 id="rel-unknown">Nothing is known</h2></div>
    ${table({
      caption: "Times of which nothing is known",
      key: ({ id }) => id,
      columns: [
        { title: "Service", cell: (/** @type {UnknownRow} */ row) => row.serviceName },
        { title: "When", cell: (row) => spanText(row.fromLocal, row.toLocal) },
        { title: "Lasted", numeric: true, cell: (row) => row.lasted },
        { title: "Why", cell: (row) => row.note },
        { title: "", cell: (row) => html`<button type="button" class="button is-plain" aria-label="Take back that nothing is known of ${row.serviceName}" @click=${() => act({ reliability: { removeUnknown: { unknown: row.id } } })}>Take back</button>` },
      ],
      rows: view.unknown,
    })}</section>`;
}

/**
 * The same facts by every method, and each piece of the window that is not simply up.
 * @param {ReliabilityView} view
 * @param {ReliabilityLedgerView} ledger
 * @param {Context} context
 * @param {Act[]} acts
 */
function drawLedger(view, ledger, context, acts) {
  const { figures, facts, pieces } = ledger;
  const several = ledger.services.length > 1;
  const open = (/** @type {Because} */ one) => {
    const known = ledger.outages.find(({ id }) => id === one.outage);
    return known ? html`<button type="button" class="cell-button" @click=${() => outageForm(view, known)}>${one.said}</button>` : one.said;
  };
  const incident = (/** @type {Because} */ one) => (one.incident ? html` <button type="button" class="cell-button is-quiet" @click=${() => context.go("incidents", { id: one.incident ?? "" })}>its incident</button>` : nothing);
  return html`<div class="screen-head">
      <div><h1 data-start tabindex="-1">${ledger.name}</h1><p class="is-quiet">${ledger.said}</p></div>
      <div class="screen-acts">${acts.map((one) => button(one, { plain: one.id === "back" }))}</div>
    </div>
    <section class="card" aria-labelledby="rel-methods"><div class="card-head"><h2 id="rel-methods">The same facts, by every method</h2></div>
      ${figures.isEnough ? nothing : html`<p class="rel-little">Only ${figures.coverage ?? "0 %"} of it is known: not enough data for a figure.</p>`}
      ${table({
        caption: "Uptime by every method",
        columns: [
          { title: "Method", cell: (/** @type {MethodFigure} */ one) => one.name },
          { title: "Uptime", numeric: true, cell: (one) => (one === figures.methods[0] ? html`<strong>${one.percent}</strong>` : one.percent ?? html`<span class="is-quiet">nothing counts</span>`) },
          { title: "Bad", numeric: true, cell: (one) => one.bad },
          { title: "Of", numeric: true, cell: (one) => one.of },
          { title: "How it counts", cell: (one) => html`<span class="is-quiet">${unbroken(capital(one.how))}</span>` },
        ],
        rows: figures.methods,
      })}
      <ul class="rel-states" aria-label="How long each state held">${ledger.states.map((one) => html`<li>${several ? html`<span>${one.serviceName}</span> ` : nothing}${stateMark(one.state)} <span class="is-number">${one.lasted}</span></li>`)}</ul></section>
    ${facts.length === 0 ? nothing : html`<section class="card" aria-labelledby="rel-facts"><div class="card-head"><h2 id="rel-facts">What took it</h2></div>
      ${table({
        caption: "Facts by the bad time that they brought, weighted",
        key: ({ because }) => because.id,
        columns: [
          { title: "Fact", cell: (/** @type {FactRow} */ one) => html`${open(one.because)}${incident(one.because)}` },
          { title: "Bad time, weighted", numeric: true, cell: (one) => one.bad },
        ],
        rows: facts,
      })}
      <p class="is-quiet">Where several made a second bad, each bears its part. Together they are the bad time of the headline${several ? ", service by service" : ""}.</p></section>`}
    <section class="card" aria-labelledby="rel-pieces"><div class="card-head"><h2 id="rel-pieces">Each piece that is not simply up</h2></div>
      ${pieces.length === 0 ? html`<p class="is-quiet">It was up all the time.</p>` : table({
        caption: "Pieces of the window, the latest first",
        columns: [
          { title: "When", cell: (/** @type {PieceRow} */ one) => spanText(one.fromLocal, one.toLocal) },
          ...(several ? [{ title: "Service", cell: (/** @type {PieceRow} */ one) => one.serviceName }] : []),
          { title: "Counts as", cell: (one) => stateMark(one.state) },
          { title: "Lasts", numeric: true, cell: (one) => one.lasted },
          { title: "Bad", numeric: true, cell: (one) => one.bad ?? html`<span class="is-quiet">left out</span>` },
          { title: "Because of", cell: (one) => (one.because.length === 0 ? html`<span class="is-quiet">nothing is known</span>` : one.because.map((because, at) => html`${at > 0 ? "; " : nothing}${open(because)}`)) },
        ],
        rows: pieces,
      })}
      ${ledger.more > 0 ? html`<p class="is-quiet">and ${countText(ledger.more, "more piece")}, earlier.</p>` : nothing}</section>`;
}

/** @type {import("../main.js").Screen} */
export const reliability = {
  name: "reliability",
  title: "Reliability",
  group: "Production",
  key: "g l",
  query: (params) => [
    { reliability: { overview: when(params) } },
    ...(params.of ? [/** @type {Query} */ ({ reliability: { ledger: { of: subject(params.of), when: when(params), objective: params.objective || null } } })] : []),
  ],
  draw,
  commands,
};
