// @ts-check
/**
 * Deployments: what reached production and how it went, the five measures, what may have caused an incident, and the release gate.
 *
 * 1. One question stands first: may a service go live now? It is answered with each reason; an answer that is kept is a fact.
 * 2. A link between an incident and a deployment is proposed, and a person says yes or no.
 * 3. Each measure stands with its definition and with how many it stands on; a closed Sprint is told as it was sealed.
 * 4. Rust decides and says; the window only asks. What is asked is in the address.
 */
import { html, nothing, redraw, repeat, unseen } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { button, empty } from "../parts/button.js";
import { confirm, openDialog, openForm } from "../parts/dialog.js";
import { field, savedField } from "../parts/field.js";
import { isTyping, kbd } from "../parts/keys.js";
import { openMenu } from "../parts/menu.js";
import { Picks } from "../parts/picks.js";
import { table } from "../parts/table.js";
import { countText, dayOf, dayText, daysText, numberText, whenText } from "../parts/text.js";
import { act, fail, sayDone } from "../parts/toast.js";

/** @typedef {import("../parts/keys.js").Act} Act */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {[DeploymentList, DeliveryMeasures, LinkProposals, DeliverySettings, GateAnswerRow[]]} View */
/** @typedef {{item: string, label: string, title: string}} ChosenItem */

const picks = new Picks();
/** How many rows a page has. */
const PAGE = 50;

/** @type {Record<DeploymentResult, string>} */
const results = { running: "runs", succeeded: "succeeded", aborted: "never got there" };

/** @type {Record<GateStanding, string>} */
const standings = { holds: "holds", fails: "fails", unknown: "not known" };

/** @param {ServiceName[]} services */
function serviceChoices(services) {
  return services.map(({ id, name }) => ({ value: id, title: name }));
}

/**
 * A moment as the form of a deployment shows it, in the team's words of time.
 * @param {number | null} at
 */
function written(at) {
  if (at === null) return "";
  const date = new Date(at);
  return `${dayOf(at)} ${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}

/**
 * The form of a deployment: a new one, one that repairs another, or one that is corrected.
 * @param {{services: ServiceName[], row?: DeploymentRow, repairs?: DeploymentRow, page?: DeploymentPage, earlier?: DeploymentBrief[]}} options
 */
async function deploymentForm({ services, row, repairs, page, earlier = [] }) {
  const known = row ?? repairs;
  const service = known?.service ?? services[0]?.id ?? "";
  const before = repairs ? [{ id: repairs.id, name: repairs.name, at: repairs.at }, ...earlier] : earlier;
  const outcome = await openForm({
    title: row ? `Correct ${row.name}` : repairs ? `What repaired ${repairs.name}?` : "Write a deployment down",
    action: row ? "Correct it" : "Write it down",
    values: {
      service, version: row?.version ?? "", environment: known?.environment ?? "production", started: row ? written(row.startedAt) : "", finished: row ? written(row.finishedAt) : "",
      result: row?.result ?? "succeeded", repairs: repairs?.id ?? row?.repairs?.id ?? "", repair: row?.repair ?? "rollback", isUnplanned: row?.isUnplanned ?? false, note: page?.note ?? "", url: page?.url ?? "",
    },
    draw: (form) => html`
      <div class="field-pair">
        ${form.field({ name: "service", label: "Service", type: "choice", choices: serviceChoices(services) })}
        ${form.field({ name: "version", label: "Version", autofocus: true, placeholder: "2.4.0" })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "environment", label: "Environment", hint: "production, staging, …" })}
        ${form.field({ name: "result", label: "Result", type: "choice", choices: [{ value: "succeeded", title: "succeeded" }, { value: "running", title: "it runs" }, { value: "aborted", title: "it never got there" }] })}
      </div>
      <div class="field-pair">
        ${form.field({ name: "started", label: "Began", placeholder: "now", hint: "9:40, or 2026-11-24 9:40." })}
        ${form.values.result === "running" ? nothing : form.field({ name: "finished", label: "Ended", placeholder: form.values.started ? "not known" : "now" })}
      </div>
      ${before.length === 0 ? nothing : html`<div class="field-pair">
        ${form.field({ name: "repairs", label: "Repairs", type: "choice", choices: [{ value: "", title: "nothing: it brings new work" }, ...before.map(({ id, name, at }) => ({ value: id, title: `${name}, ${whenText(at)}` }))] })}
        ${form.values.repairs ? form.field({ name: "repair", label: "How", type: "choice", choices: [{ value: "rollback", title: "it takes it back" }, { value: "hotfix", title: "it mends it" }], hint: "The one that is repaired has failed." }) : nothing}
      </div>`}
      ${form.values.repairs ? nothing : form.field({ name: "isUnplanned", label: "Unplanned work on something that users saw", type: "check" })}
      ${form.field({ name: "note", label: "Note", placeholder: "What people should know of it" })}
      ${form.field({ name: "url", label: "Where more stands", placeholder: "https://" })}`,
    send: ({ service: chosen, version, environment, started, finished, result, repairs: broken, repair, isUnplanned, note, url }) => {
      const deployment = {
        service: chosen, version, environment, started, finished: result === "running" ? null : finished, result: /** @type {DeploymentResult} */ (result),
        repairs: broken || null, repair: broken ? /** @type {Repair} */ (repair) : null, isUnplanned: isUnplanned && !broken, note, url,
      };
      return run({ delivery: row ? { change: { id: row.id, deployment } } : { deploy: { deployment } } });
    },
  });
  if (!outcome) return;
  picks.active = outcome.created[0] ?? picks.active;
  sayDone(outcome);
}

/** Adds the first service, without which nothing can be deployed. */
async function addService() {
  const outcome = await openForm({
    title: "Add a service",
    action: "Add it",
    values: { name: "" },
    draw: (form) => html`<p class="dialog-text">A service is what the team deploys and runs: what people would call it when it is down.</p>
      ${form.field({ name: "name", label: "Name", autofocus: true, required: true, placeholder: "checkout" })}`,
    send: ({ name }) => run({ reliability: { addService: { name } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * Says how one that runs ended.
 * @param {DeploymentRow} row
 * @param {DeploymentResult} result
 */
function finish(row, result) {
  return act({ delivery: { finish: { deployment: row.id, result } } });
}

/** @param {DeploymentRow} row */
async function correct(row) {
  const page = await ask({ delivery: { deployment: { deployment: row.id } } });
  return deploymentForm({ services: page.services, row: page.row, page, earlier: page.earlier });
}

/** @param {DeploymentRow} row */
async function repairs(row) {
  const page = await ask({ delivery: { deployment: { deployment: row.id } } });
  return deploymentForm({ services: page.services, repairs: page.row });
}

/** @param {DeploymentRow} row */
async function remove(row) {
  const yes = await confirm({ title: `Remove ${row.name}?`, text: html`<p>For what was written down by mistake. Undo brings it back.</p>`, action: "Remove it" });
  if (yes) await act({ delivery: { remove: { deployment: row.id } } });
}

/**
 * Items are searched and gathered: for a deployment, and for the gate.
 * @param {import("../parts/dialog.js").Form<any>} form with the value `items`
 * @param {{found: BacklogRow[], look: (text: string) => void, text: string}} search
 */
function itemPicker(form, { found, look, text }) {
  /** @type {ChosenItem[]} */
  const items = form.values.items;
  return html`
    ${items.length === 0 ? nothing : html`<ul class="deploy-items" aria-label="Chosen items">${items.map((one) => html`<li><span class="is-quiet">${one.label}</span> <span class="is-title">${one.title}</span>
      <button type="button" class="button is-plain" @click=${() => form.set({ items: items.filter(({ item }) => item !== one.item) })}>Take out</button></li>`)}</ul>`}
    ${field({ name: "items", id: "deploy-item", label: "Add an item", value: text, placeholder: "Label or words", error: form.error("items"), change: look })}
    <ul class="add-found" aria-label="Items">${found.filter(({ id }) => !items.some(({ item }) => item === id)).map((one) => html`<li><button type="button" class="row-button" @click=${() => form.set({ items: [...items, { item: one.id, label: one.label, title: one.title }] })}>
      <span class="is-title">${one.title}</span><span class="is-quiet">${one.label}</span></button></li>`)}</ul>`;
}

/** A search for items that redraws when it has found some. */
function itemSearch() {
  const search = {
    /** @type {BacklogRow[]} */
    found: [],
    text: "",
    look: (/** @type {string} */ text) => {
      search.text = text;
      redraw();
      void (async () => {
        const { rows } = text.trim() === "" ? { rows: [] } : await ask({ backlog: { window: { filter: { whereabouts: "all", kinds: [], unsorted: false, severities: [], lanes: [], withoutSize: false, text }, from: 0, limit: 6 } } });
        if (search.text !== text) return;
        search.found = rows;
        redraw();
      })().catch(fail);
    },
  };
  return search;
}

/** @param {DeploymentPage} page */
function setItems(page) {
  const search = itemSearch();
  return openForm({
    title: `Which items does ${page.row.name} contain?`,
    action: "Save",
    values: { items: page.items.map(({ id, label, title }) => ({ item: id, label, title })) },
    draw: (form) => html`<p class="dialog-text">An item is live once a deployment that contains it is in production. Commits that name an item bring it by themselves.</p>${itemPicker(form, search)}`,
    send: async ({ items }) => {
      const outcome = await run({ delivery: { setItems: { deployment: page.row.id, items: items.map(({ item }) => item) } } });
      sayDone(outcome);
      return outcome;
    },
  });
}

/**
 * The release gate as a dialog: asks, shows each reason, keeps the answer.
 * @param {ServiceName[]} services
 * @param {string} [service]
 */
async function openGate(services, service) {
  /** @type {GateView | undefined} */
  let view;
  let asked = "";
  const search = itemSearch();
  const look = async (/** @type {{service: string, version: string, items: ChosenItem[]}} */ { service: of, version, items }) => {
    const key = JSON.stringify([of, version, items]);
    if (asked === key) return;
    asked = key;
    const answer = await ask({ delivery: { gate: { service: of, version, items: items.map(({ item }) => item) } } });
    if (asked !== key) return;
    view = answer;
    redraw();
  };
  const outcome = await openForm({
    title: "May it go live now?",
    action: "Keep the answer",
    wide: true,
    values: { service: service ?? services[0]?.id ?? "", version: "", items: /** @type {ChosenItem[]} */ ([]), why: "", by: "" },
    draw: (form) => {
      void look(form.values).catch(fail);
      return html`<div class="gate-form"><div>
          <div class="field-pair">
            ${form.field({ name: "service", label: "Service", type: "choice", choices: serviceChoices(services), autofocus: true })}
            ${form.field({ name: "version", label: "Version", placeholder: "2.4.0" })}
          </div>
          ${itemPicker(form, search)}
          ${form.values.items.length === 0 && view && view.items.length > 0 ? html`<p class="is-quiet">No items are named: ${countText(view.items.length, "item")} of the running Sprint, done and not live, ${view.items.length === 1 ? "is" : "are"} looked at.</p>` : nothing}
        </div>
        <div class="gate-answer" aria-live="polite">${view ? html`<p class="gate-said ${view.may ? "is-yes" : "is-no"}"><span aria-hidden="true">${view.may ? "✓" : "✕"}</span> ${view.said}</p>${findingList(view.findings)}` : nothing}
          ${view && !view.may ? html`<div class="gate-override">
            ${form.field({ name: "why", label: "Go live all the same, because", placeholder: "It mends the outage", hint: "Empty: the answer is kept as it is, and nothing goes live." })}
            ${form.values.why.trim() ? form.field({ name: "by", label: "Who decides", hint: "Empty is who sits at this device." }) : nothing}
          </div>` : nothing}
        </div></div>`;
    },
    send: ({ service: of, version, items, why, by }) => run({ delivery: { answerGate: {
      question: { service: of, version, items: items.map(({ item }) => item) }, why: view?.may || why.trim() === "" ? null : why, by: by.trim() === "" ? null : by,
    } } }),
  });
  if (outcome) sayDone(outcome);
}

/** @param {GateFinding[]} findings */
function findingList(findings) {
  return html`<ul class="gate-findings">${findings.map((one) => html`<li class="is-${one.standing}">
    <span class="gate-sign" aria-hidden="true">${{ holds: "✓", fails: "✕", unknown: "?" }[one.standing]}</span>
    <span><span class="is-title">${one.reason}</span>${one.standing === "holds" ? unseen("holds") : html`<span class="is-quiet">${one.title}: ${standings[one.standing]}${one.stops ? "" : ", does not stop"}</span>`}</span></li>`)}</ul>`;
}

/** @param {GateAnswerRow} answer */
function showAnswer(answer) {
  return openDialog({
    title: `${answer.service}${answer.version ? ` ${answer.version}` : ""}, ${whenText(answer.at)}`,
    draw: (/** @type {(value?: boolean) => void} */ close) => html`<div class="dialog-text"><p class="gate-said ${answer.may ? "is-yes" : "is-no"}">${answer.said}</p>
      ${answer.overriddenBy ? html`<p>${answer.overriddenBy} let it go live all the same: ${answer.overriddenWhy}</p>` : nothing}${findingList(answer.findings)}</div>
      <div class="dialog-buttons"><button class="button is-main" autofocus @click=${() => close()}>Close</button></div>`,
  });
}

/**
 * Plans a freeze, or changes one.
 * @param {DeliverySettings} settings
 * @param {FreezeRow} [freeze]
 */
async function setFreeze({ services, today }, freeze) {
  const outcome = await openForm({
    title: freeze ? "Change the freeze" : "Plan a freeze",
    action: freeze ? "Change it" : "Plan it",
    values: { service: freeze?.service?.id ?? "", first: freeze?.firstDay ?? today, last: freeze?.lastDay ?? today, why: freeze?.why ?? "" },
    draw: (form) => html`<p class="dialog-text">On these days the release gate says no. It blocks nobody: who goes on says why.</p>
      ${form.field({ name: "why", label: "Why", autofocus: true, required: true, placeholder: "End of the financial year" })}
      <div class="field-pair">
        ${form.field({ name: "first", label: "First day", type: "date" })}
        ${form.field({ name: "last", label: "Last day", type: "date" })}
      </div>
      ${form.field({ name: "service", label: "For", type: "choice", choices: [{ value: "", title: "all services" }, ...serviceChoices(services)] })}`,
    send: ({ service, first, last, why }) => run({ delivery: { setFreeze: { freeze: freeze?.id ?? null, service: service || null, first, last, why } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * Says by hand which deployment caused an incident.
 * @param {SuspectIncident} incident
 */
async function chooseCause(incident) {
  const { rows: before } = await ask({ delivery: { list: { before: incident.id } } });
  const outcome = await openForm({
    title: `Which deployment caused ${incident.label}?`,
    action: "Say so",
    values: { deployment: before[0]?.id ?? "" },
    draw: (form) => html`<p class="dialog-text">${incident.title}</p>
      ${before.length === 0 ? html`<p class="is-quiet">No deployment to production was there before it began. Write the deployment down, or correct when the incident began.</p>`
        : form.field({ name: "deployment", label: "Deployment", type: "choice", choices: before.map(({ id, name, at }) => ({ value: id, title: `${name}, ${whenText(at)}` })), autofocus: true })}`,
    send: async ({ deployment }) => (deployment ? run({ delivery: { linkIncident: { incident: incident.id, deployment } } }) : null),
  });
  if (outcome) sayDone(outcome);
}

/**
 * What can be done with one deployment.
 * @param {() => DeploymentRow | undefined} target
 * @returns {Act[]}
 */
function actsOf(target) {
  const on = (/** @type {(row: DeploymentRow) => unknown} */ what) => () => {
    const row = target();
    return row ? /** @type {Promise<unknown>} */ (what(row)) : undefined;
  };
  return [
    { id: "succeeded", title: "It succeeded", key: "d", when: () => target()?.result === "running", run: on((row) => finish(row, "succeeded")) },
    { id: "aborted", title: "It never got there", when: () => target()?.result === "running", run: on((row) => finish(row, "aborted")) },
    { id: "repair", title: "What repaired it…", key: "b", when: () => target()?.result === "succeeded" && target()?.repairedBy === null, run: on(repairs) },
    { id: "correct", title: "Correct it…", key: "e", when: () => target() !== undefined, run: on(correct) },
    { id: "remove", title: "Remove it…", key: "delete", when: () => target() !== undefined, run: on(remove) },
  ];
}

/** @param {DeploymentList} list */
function active(list) {
  return list.rows.find(({ id }) => id === picks.active);
}

/**
 * @param {View | DeploymentPage} view
 * @param {Context} context
 * @returns {Act[]}
 */
function commands(view, context) {
  if (!Array.isArray(view)) {
    return [
      { id: "back", title: "All deployments", key: "escape", run: () => context.set({ id: "" }) },
      { id: "setItems", title: "Its items…", key: "i", run: () => setItems(view) },
      ...actsOf(() => view.row),
    ];
  }
  const [list, , , settings] = view;
  return [
    { id: "gate", title: "May it go live?", key: "l", main: list.all > 0, when: () => list.services.length > 0, run: () => openGate(list.services, context.params.service) },
    { id: "deploy", title: "Write one down…", key: "n", main: list.all === 0 && list.services.length > 0, when: () => list.services.length > 0, run: () => deploymentForm({ services: list.services }) },
    { id: "addService", title: "Add a service…", main: list.services.length === 0, when: () => list.services.length === 0, run: addService },
    { id: "importDeployments", title: "Import deployments…", run: () => context.go("exchange") },
    { id: "freeze", title: "Plan a freeze…", key: "z", run: () => setFreeze(settings) },
    { id: "open", title: "Open the deployment", key: "enter", when: () => active(list) !== undefined, run: () => context.set({ id: picks.active }) },
    { id: "trend", title: "The trend of the measures", when: () => list.all > 0, run: () => context.go("charts", { chart: "delivery" }) },
    ...actsOf(() => active(list)),
  ];
}

/**
 * @param {View | DeploymentPage} view
 * @param {Context} context
 */
function draw(view, context) {
  const acts = commands(view, context);
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  if (!Array.isArray(view)) return drawPage(view, acts, context);
  const [list, measures, links, settings, answers] = view;
  if (list.all === 0) {
    return html`<div class="screen-head"><div><h1>Deployments</h1></div></div>
      ${empty({
        title: "No deployments yet",
        text: html`Each time a service goes live stands here: by hand, from a file, or reported by a pipeline with <code>evenkeel deployed</code>. From them come the five DORA measures, and which items are live.`,
        acts: acts.filter(({ id }) => ["deploy", "addService", "importDeployments", "gate"].includes(id)),
      })}
      ${list.services.length === 0 ? nothing : html`<div class="deploy-side">${gateCards(settings, answers, find("freeze"))}</div>`}`;
  }
  return html`<div class="screen-head">
      <div><h1>Deployments</h1><p class="is-quiet">${list.said}</p></div>
      <div class="screen-acts">${button(find("trend"), { plain: true })}${button(find("deploy"))}${button(find("gate"))}</div>
    </div>
    <div class="deploy-filters">
      ${field({ name: "service", label: "Service", type: "choice", value: context.params.service ?? "", choices: [{ value: "", title: "all services" }, ...serviceChoices(list.services)], change: (service) => context.set({ service, from: "" }) })}
      ${field({ name: "sprint", label: "Sprint", type: "choice", value: context.params.sprint ?? "", choices: [{ value: "", title: "at any time" }, ...list.sprints.map(({ id, name }) => ({ value: id, title: name }))], change: (sprint) => context.set({ sprint, from: "" }) })}
      ${list.environments.length < 2 ? nothing : field({ name: "environment", label: "Environment", type: "choice", value: context.params.environment ?? "", choices: [{ value: "", title: "all of them" }, ...list.environments.map((name) => ({ value: name, title: name }))], change: (environment) => context.set({ environment, from: "" }) })}
    </div>
    ${measureCards(measures, context)}
    <div class="deploy">
      <div class="deploy-main">${proposals(links)}${rows(list, acts, context)}</div>
      <aside class="deploy-side" aria-label="The release gate">${gateCards(settings, answers, find("freeze"))}</aside>
    </div>`;
}

/**
 * The five measures: those of the service that is looked at, else of all.
 * @param {DeliveryMeasures} view
 * @param {Context} context
 */
function measureCards(view, context) {
  const own = view.rows.find(({ service }) => service?.id === context.params.service);
  const row = context.params.service ? own : view.rows[0];
  const others = context.params.service ? [] : view.rows.slice(1);
  const time = `${view.sprint ? view.sprint.name : "The last 30 days"} · ${daysText(view.firstDay, view.lastDay)}${view.isSealed ? " · as it was closed" : view.isOver ? "" : " · so far"}`;
  return html`<section class="card deploy-measures"><div class="card-head"><h2>The five measures</h2><span class="is-quiet">${time}</span></div>
    ${row ? html`<dl class="measures">${view.definitions.map((one, at) => {
      const measure = row.measures[at];
      return html`<div title=${one.definition}><dt>${one.title}</dt><dd class="measure-said">${measure?.said}</dd><dd class="is-quiet">${measure?.of}${measure?.leftOut ? html`<br>${measure.leftOut}` : nothing}</dd></div>`;
    })}</dl>` : html`<p class="is-quiet">This service had no deployment to production in that time: there are no rates, which is not 0 %.</p>`}
    ${others.length < 2 ? nothing : html`<details class="measure-words"><summary>By service</summary>${table({
      caption: "The five measures of each service",
      columns: [
        { title: "Service", cell: (/** @type {MeasuresRow} */ one) => one.service?.name ?? "" },
        ...view.definitions.map(({ title }, at) => ({ title, numeric: true, cell: (/** @type {MeasuresRow} */ one) => html`<span title=${one.measures[at]?.of ?? ""}>${one.measures[at]?.said}</span>` })),
        { title: "n", numeric: true, cell: (one) => numberText(one.deployments) },
      ],
      rows: others,
    })}</details>`}
    <details class="measure-words"><summary>What each means</summary><ul>${view.definitions.map((one) => html`<li><strong>${one.title}.</strong> ${one.definition}</li>`)}</ul></details></section>`;
}

/**
 * Incidents whose deployment is proposed: the first few, for one answer leads to the next.
 * @param {LinkProposals} links
 */
function proposals({ proposals: found, unlinked }) {
  if (found.length === 0 && unlinked.length === 0) return nothing;
  const incident = (/** @type {SuspectIncident} */ one) => html`<span><span class="is-quiet">${one.severity} ${one.label}</span> <a href="#/incidents?id=${one.id}">${one.title}</a></span>`;
  return html`<section class="card deploy-links"><div class="card-head"><h2>${found.length === 0 ? "Incidents without a deployment" : found.length === 1 ? "Did this deployment cause this incident?" : "Did these deployments cause these incidents?"}</h2><span class="is-quiet">${found.length > 3 ? `3 of ${found.length}` : ""}</span></div>
    <ul class="link-rows">${found.slice(0, 3).map(({ incident: one, deployment, said }) => html`<li>
      <span>${incident(one)}<span class="is-quiet">${deployment.name}, ${said}</span></span>
      <span class="link-acts"><button type="button" class="button" aria-label="Yes, ${deployment.name} caused ${one.label}" @click=${() => act({ delivery: { linkIncident: { incident: one.id, deployment: deployment.id } } })}>Yes</button>
        <button type="button" class="button" aria-label="No, ${deployment.name} did not cause ${one.label}" @click=${() => act({ delivery: { rejectLink: { incident: one.id, deployment: deployment.id } } })}>No</button>
        <button type="button" class="button is-plain" aria-label="Another deployment caused ${one.label}" @click=${() => void chooseCause(one).catch(fail)}>Another…</button></span></li>`)}</ul>
    ${unlinked.length === 0 ? nothing : html`<details class="measure-words"><summary>${countText(unlinked.length, "incident")} of which no deployment is known</summary>
      <ul class="link-rows">${unlinked.slice(0, 20).map((one) => html`<li><span>${incident(one)}<span class="is-quiet">${one.whyNot}</span></span>
        <span class="link-acts"><button type="button" class="button is-plain" aria-label="Choose the deployment that caused ${one.label}" @click=${() => void chooseCause(one).catch(fail)}>Choose…</button></span></li>`)}</ul>
      ${unlinked.length > 20 ? html`<p class="is-quiet">and ${numberText(unlinked.length - 20)} more</p>` : nothing}</details>`}</section>`;
}

/**
 * @param {DeploymentList} list
 * @param {Act[]} acts
 * @param {Context} context
 */
function rows(list, acts, context) {
  if (list.found === 0) return html`<p class="is-quiet">No deployment is of that service, time and environment.</p>`;
  const start = list.rows.some(({ id }) => id === picks.active) ? picks.active : list.rows[0]?.id;
  const last = list.from + list.rows.length;
  return html`<ul class="deploy-rows" role="listbox" aria-label="Deployments" @keydown=${(/** @type {KeyboardEvent} */ event) => onKey(event, list.rows)}>
      ${repeat(list.rows, ({ id }) => id, (row) => line(row, start, acts, context))}</ul>
    ${list.found > list.rows.length ? html`<p class="deploy-pages"><span class="is-quiet">${numberText(list.from + 1)} to ${numberText(last)} of ${numberText(list.found)}</span>
      ${list.from > 0 ? html`<button type="button" class="button" @click=${() => context.set({ from: String(Math.max(0, list.from - PAGE)) })}>Later ones</button>` : nothing}
      ${last < list.found ? html`<button type="button" class="button" @click=${() => context.set({ from: String(last) })}>Earlier ones</button>` : nothing}</p>` : nothing}
    <p class="interrupt-hint is-quiet">${kbd("enter")} opens one, ${kbd("b")} says what repaired it, ${kbd("e")} corrects it.</p>`;
}

/** @param {DeploymentRow} row */
function stateOf(row) {
  if (row.result !== "succeeded") return results[row.result];
  if (row.isFailed) return row.isCurrent ? "failed, live" : "failed";
  return row.isCurrent ? "live" : results.succeeded;
}

/**
 * @param {DeploymentRow} row
 * @param {string | undefined} start
 * @param {Act[]} acts
 * @param {Context} context
 */
function line(row, start, acts, context) {
  const state = stateOf(row);
  const notes = [
    row.environment !== "production" && row.environment,
    row.repairs && `${row.repair === "rollback" ? "took back" : "mended"} ${row.repairs.name}`,
    row.repairedBy && `${row.repairedHow === "rollback" ? "taken back" : "mended"} by ${row.repairedBy.name}`,
    ...row.incidents.map(({ label, title }) => `caused ${label} ${title}`),
    row.isUnplanned && "unplanned",
    row.items.length > 0 && row.items.slice(0, 4).join(", ") + (row.items.length > 4 ? ` and ${row.items.length - 4} more` : ""),
    row.commits > 0 && `${countText(row.commits, "commit")}${row.leadSaid ? `, ${row.leadSaid} from commit to production` : ""}`,
  ].filter(Boolean);
  return html`<li id="deployment-${row.id}" role="option" tabindex=${row.id === start ? "0" : "-1"} ?data-start=${row.id === start} class="deploy-row ${row.id === picks.active ? "is-active" : ""}"
    aria-selected=${row.id === picks.active ? "true" : "false"} @focus=${() => focused(row)} @dblclick=${() => context.set({ id: row.id })}
    @contextmenu=${(/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      focused(row);
      openMenu({ x: event.clientX, y: event.clientY }, acts.filter(({ id }) => ["open", "succeeded", "aborted", "repair", "correct", "remove"].includes(id)));
    }}>
    <span class="deploy-when is-quiet">${whenText(row.at)}</span>
    <span class="deploy-words"><span class="is-title">${row.name}</span><span class="is-quiet">${notes.join(" · ")}</span></span>
    <span class="deploy-state is-${row.isFailed ? "failed" : row.isCurrent ? "current" : row.result}">${state}</span></li>`;
}

/** @param {DeploymentRow} row */
function focused(row) {
  if (picks.active === row.id) return;
  picks.active = row.id;
  redraw();
}

/**
 * @param {KeyboardEvent} event
 * @param {DeploymentRow[]} list
 */
function onKey(event, list) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
  const at = list.findIndex(({ id }) => id === picks.active);
  /** @type {Record<string, DeploymentRow | undefined>} */
  const steps = { ArrowDown: list[at + 1], ArrowUp: list[Math.max(0, at - 1)], Home: list[0], End: list.at(-1) };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = steps[event.key];
  if (!next) return;
  picks.active = next.id;
  document.getElementById(`deployment-${next.id}`)?.focus();
  redraw();
}

/**
 * What the gate answered, what it asks, and when it says no.
 * @param {DeliverySettings} settings
 * @param {GateAnswerRow[]} answers
 * @param {Act | undefined} freeze
 */
function gateCards(settings, answers, freeze) {
  const save = (/** @type {DeliveryCommand} */ command) => run({ delivery: command }).then((outcome) => sayDone(outcome));
  return html`<section class="card"><div class="card-head"><h2>What the gate answered</h2></div>
      ${answers.length === 0 ? html`<p class="is-quiet">Nothing was asked yet. Who goes on against a no says why, and that stands here.</p>` : html`<ul class="link-rows">${answers.slice(0, 6).map((one) => html`<li>
        <span><button type="button" class="cell-button" @click=${() => showAnswer(one)}>${one.service}${one.version ? ` ${one.version}` : ""}</button>
          <span class="is-quiet">${whenText(one.at)} · ${one.may ? "may go live" : one.overriddenBy ? `no; ${one.overriddenBy} let it go: ${one.overriddenWhy}` : one.findings.filter(({ stops }) => stops).map(({ reason }) => reason).join(" ")}</span></span>
        <span class="gate-mark ${one.may ? "is-yes" : one.goes ? "is-overruled" : "is-no"}">${one.may ? "yes" : one.goes ? "overruled" : "no"}</span></li>`)}</ul>`}</section>
    <section class="card"><div class="card-head"><h2>Definition of Live</h2></div>
      <p class="is-quiet">Asked before a service goes live, here and by <code>evenkeel gate</code>.</p>
      ${settings.checks.map((check) => html`<div class="live-check">
        ${savedField({ name: "isAsked", id: `live-${check.name}`, label: check.title, type: "check", value: check.isAsked, save: (isAsked) => (isAsked && check.name === "itemsReviewed" && !check.state ? chooseReview(settings) : save({ setLiveCheck: { name: check.name, isAsked } })) })}
        ${check.isAsked ? html`<div class="live-more">${limit(check, settings, save)}
          ${["budgetLeft", "onCallCovered"].includes(check.name) ? savedField({ name: "stopsUnknown", id: `unknown-${check.name}`, label: "Not known stops, too", type: "check", value: check.stopsUnknown, save: (stopsUnknown) => save({ setLiveCheck: { name: check.name, stopsUnknown } }) }) : nothing}</div>` : nothing}
      </div>`)}</section>
    <section class="card"><div class="card-head"><h2>Freezes</h2></div>
      ${settings.freezes.length === 0 ? html`<p class="is-quiet">None is planned: on a day of a freeze the gate says no.</p>` : html`<ul class="link-rows">${settings.freezes.map((one) => html`<li>
        <span><button type="button" class="cell-button" @click=${() => setFreeze(settings, one)}>${one.why}</button><span class="is-quiet">${one.firstDay === one.lastDay ? dayText(one.firstDay) : daysText(one.firstDay, one.lastDay)} · ${one.service?.name ?? "all services"}${one.holds ? " · holds now" : ""}</span></span>
        <span class="link-acts"><button type="button" class="button is-plain" aria-label="Take away the freeze: ${one.why}" @click=${() => act({ delivery: { removeFreeze: { freeze: one.id } } })}>Take away</button></span></li>`)}</ul>`}
      <div class="card-acts">${button(freeze)}</div></section>`;
}

/**
 * Chooses the state in which items are reviewed, and asks for it from then on.
 * @param {DeliverySettings} settings
 */
async function chooseReview({ states }) {
  const outcome = await openForm({
    title: "In which state are items reviewed?",
    action: "Ask for it",
    values: { state: states.find(({ name }) => /review/i.test(name))?.id ?? states[0]?.id ?? "" },
    draw: (form) => html`<p class="dialog-text">An item has been reviewed when it was in this state.</p>${form.field({ name: "state", label: "State", type: "choice", choices: states.map(({ id, name }) => ({ value: id, title: name })), autofocus: true })}`,
    send: ({ state }) => run({ delivery: { setLiveCheck: { name: "itemsReviewed", isAsked: true, state } } }),
  });
  if (outcome) sayDone(outcome);
}

/**
 * What of a check can be set.
 * @param {LiveCheckRow} check
 * @param {DeliverySettings} settings
 * @param {(command: DeliveryCommand) => Promise<unknown>} save
 */
function limit(check, { states }, save) {
  if (check.name === "noGraveIncident") {
    return savedField({ name: "severity", id: "live-severity", label: "From this severity on", type: "choice", value: check.severity, choices: ["P1", "P2", "P3", "P4", "P5"].map((value) => ({ value, title: value })), save: (severity) => save({ setLiveCheck: { name: check.name, severity } }) });
  }
  if (check.name === "budgetLeft") {
    return savedField({ name: "percent", id: "live-percent", label: "More than", type: "number", unit: "%", narrow: true, value: String(check.share / 100), save: (percent) => save({ setLiveCheck: { name: check.name, percent } }) });
  }
  if (check.name === "itemsReviewed") {
    return savedField({ name: "state", id: "live-state", label: "State", type: "choice", value: check.state ?? "", choices: states.map(({ id, name }) => ({ value: id, title: name })), save: (state) => save({ setLiveCheck: { name: check.name, state } }) });
  }
  return nothing;
}

/** @type {Record<Going, string>} */
const goings = { live: "live", takenBack: "taken back", notLive: "not live" };

/**
 * One deployment.
 * @param {DeploymentPage} page
 * @param {Act[]} acts
 * @param {Context} context
 */
function drawPage(page, acts, context) {
  const { row } = page;
  const find = (/** @type {string} */ id) => acts.find((one) => one.id === id);
  const to = (/** @type {DeploymentBrief} */ one) => html`<button type="button" class="cell-button" @click=${() => context.set({ id: one.id })}>${one.name}</button>`;
  return html`<div class="screen-head">
      <div><h1>${row.name}</h1><p class="is-quiet">${[row.environment, stateOf(row), row.isUnplanned && "unplanned", whenText(row.at), page.source && `from ${page.source}`].filter(Boolean).join(" · ")}</p></div>
      <div class="screen-acts">${button(find("back"), { plain: true })}${["remove", "correct", "repair", "aborted", "succeeded"].map((id) => button(find(id)))}</div>
    </div>
    <div class="deploy-page">
      <section class="card"><div class="card-head"><h2>How it went</h2></div>
        <ul class="late-facts">
          <li><span class="is-number">${whenText(row.startedAt)}</span><span>began</span></li>
          ${row.finishedAt === null ? nothing : html`<li><span class="is-number">${whenText(row.finishedAt)}</span><span>${row.result === "aborted" ? "ended without getting there" : row.isProduction ? "was in production" : `was on ${row.environment}`}</span></li>`}
          ${row.incidents.map((one) => html`<li><span class="is-number is-quiet">caused</span><span><a href="#/incidents?id=${one.id}">${one.label} ${one.title}</a>
            <button type="button" class="button is-plain" @click=${() => act({ delivery: { rejectLink: { incident: one.id, deployment: row.id } } })}>It did not</button></span></li>`)}
          ${row.repairs ? html`<li><span class="is-number is-quiet">${row.repair === "rollback" ? "took back" : "mended"}</span><span>${to(row.repairs)}</span></li>` : nothing}
          ${row.repairedBy ? html`<li><span class="is-number is-quiet">${row.repairedHow === "rollback" ? "taken back by" : "mended by"}</span><span>${to(row.repairedBy)}</span></li>` : nothing}
        </ul>
        ${page.note ? html`<p>${page.note}</p>` : nothing}
        ${page.url ? html`<p class="is-quiet">${page.url}</p>` : nothing}</section>
      <section class="card"><div class="card-head"><h2>Items</h2><span class="is-quiet">done by the Definition of Done; live once this is in production</span></div>
        ${table({
          caption: "Items that it contains",
          columns: [
            { title: "Item", cell: (/** @type {DeployedItem} */ one) => html`<button type="button" class="cell-button" @click=${() => context.go("item", { id: one.id })}>${one.title}</button> <span class="is-quiet">${one.label}</span>` },
            { title: "Done", cell: (one) => (one.isDone ? "done" : html`<strong>not done</strong>`) },
            { title: "Live", cell: (one) => html`${goings[one.live.going]}${one.live.since === null ? "" : ` since ${whenText(one.live.since)}`}` },
          ],
          rows: page.items,
          empty: html`<p class="is-quiet">It names no items. Commits that name them by label, such as T-12, bring them by themselves.</p>`,
        })}
        <div class="card-acts">${button(find("setItems"))}</div></section>
      <section class="card"><div class="card-head"><h2>Commits</h2><span class="is-quiet">${row.leadSaid ? `${row.leadSaid} from commit to production, the median` : ""}</span></div>
        ${table({
          caption: "Commits that it brought",
          columns: [
            { title: "Commit", cell: (/** @type {DeliveryCommit} */ one) => html`<code>${one.sha.slice(0, 10)}</code> ${one.subject}` },
            { title: "Written", cell: (one) => (one.authoredAt === null ? html`<span class="is-quiet">not known</span>` : whenText(one.authoredAt)) },
            { title: "To production", numeric: true, cell: (one) => one.leadSaid ?? "" },
          ],
          rows: page.commits.slice(0, 100),
          empty: html`<p class="is-quiet">No commits are known; so there is no lead time.</p>`,
        })}
        ${page.commits.length > 100 ? html`<p class="is-quiet">and ${numberText(page.commits.length - 100)} more</p>` : nothing}</section>
    </div>`;
}

/** @type {import("../main.js").Screen} */
export const deployments = {
  name: "deployments",
  title: "Deployments",
  group: "Production",
  key: "g e",
  query: (params) => {
    if (params.id) return { delivery: { deployment: { deployment: params.id } } };
    const of = { service: params.service || null, sprint: params.sprint || null, environment: params.environment || null, from: Number(params.from ?? 0) || 0, limit: PAGE };
    return [
      { delivery: { list: of } },
      { delivery: { measures: { sprint: params.sprint || null } } },
      { delivery: { proposals: {} } },
      { delivery: { settings: {} } },
      { delivery: { gateAnswers: { service: params.service || null } } },
    ];
  },
  draw,
  commands,
  find: async (text) => {
    const wanted = text.trim().toLowerCase();
    if (wanted.length < 2) return [];
    const { rows: known } = await ask({ delivery: { list: { limit: 150 } } });
    return known.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, 8)
      .map(({ id, name, at }) => ({ title: name, note: `deployment, ${whenText(at)}`, ended: true, run: () => { location.hash = `#/deployments?id=${id}`; } }));
  },
};
