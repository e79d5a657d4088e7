// @ts-check
/**
 * Where the shares of a Sprint may come from: the team's usual ones, the Sprint before, policies, and what past interrupts suggest.
 *
 * 1. Whatever is shown is applied only by its own button; undo takes it back.
 * 2. A policy is kept, renamed and removed here; Rust says whether it may be.
 * 3. A suggestion stands above the Sprints that it was made from.
 */
import { html, nothing, redraw } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { openDialog, openForm } from "../parts/dialog.js";
import { table } from "../parts/table.js";
import { hoursText } from "../parts/text.js";
import { act, fail } from "../parts/toast.js";

/**
 * The shares that are there to be taken.
 * @param {Plan} plan
 */
export async function openShares(plan) {
  const sprint = plan.sprint.id;
  const again = async () => (await ask({ capacity: { splitChoices: { sprint } } })).choices;
  let choices = await again();
  const refresh = async () => {
    choices = await again();
    redraw();
  };
  await openDialog({
    title: `Shares for ${plan.sprint.name}`,
    draw: (/** @type {(value?: boolean) => void} */ close) => html`
      <ul class="shares-list">${choices.map((choice) => html`<li>
        <span class="shares-name">${choice.name}<span class="is-quiet"> ${choice.said}</span></span>
        ${typeof choice.from === "object" && "policy" in choice.from ? policyActs(choice.from.policy, choice.name, refresh) : nothing}
        ${choice.now ? html`<span class="is-quiet">in use</span>` : html`<button type="button" class="button" autofocus aria-label="Use ${choice.name}" @click=${() => void use(plan, choice, close).catch(fail)}>Use</button>`}
      </li>`)}</ul>
      <div class="dialog-buttons">
        <button type="button" class="button is-plain" @click=${() => void save(plan, refresh).catch(fail)}>Keep the present shares as a policy…</button>
        <button type="button" class="button" @click=${() => close()}>Close</button>
      </div>`,
  });
}

/**
 * @param {Plan} plan
 * @param {SplitChoice} choice
 * @param {() => void} close
 */
async function use(plan, { from, shares }, close) {
  const sprint = plan.sprint.id;
  /** @type {CapacityCommand} */
  const command = from === "usual" ? { setSplit: { sprint, shares } } : "policy" in from ? { usePolicy: { sprint, policy: from.policy } } : { copySplit: { sprint } };
  if (await act({ capacity: command })) close();
}

/**
 * @param {string} policy
 * @param {string} name
 * @param {() => Promise<void>} refresh
 */
function policyActs(policy, name, refresh) {
  const rename = async () => {
    await openForm({
      title: `Rename “${name}”`,
      action: "Rename",
      values: { name },
      draw: (form) => form.field({ name: "name", label: "Name", autofocus: true }),
      send: (values) => run({ capacity: { renamePolicy: { policy, name: values.name } } }),
    });
    await refresh();
  };
  const remove = async () => {
    await act({ capacity: { removePolicy: { policy } } });
    await refresh();
  };
  return html`<button type="button" class="button is-plain" aria-label="Rename ${name}" @click=${() => void rename().catch(fail)}>Rename…</button>
    <button type="button" class="button is-plain" aria-label="Remove ${name}" @click=${() => void remove().catch(fail)}>Remove</button>`;
}

/**
 * @param {Plan} plan
 * @param {() => Promise<void>} [refresh]
 */
export async function save(plan, refresh) {
  const shares = plan.lanes.map(({ load }) => ({ lane: load.budget.lane, share: load.budget.share }));
  const said = shares.map(({ share }) => share / 100).join(" / ");
  await openForm({
    title: "Keep these shares as a policy",
    action: "Keep",
    values: { name: "" },
    draw: (form) => html`<p class="dialog-text">${said} %, as ${plan.sprint.name} is divided now. A policy that has the name gets these shares.</p>
      ${form.field({ name: "name", label: "Name", placeholder: "Before Christmas", autofocus: true })}
      ${form.error("shares") ? html`<p class="field-error" role="alert">${form.error("shares")?.message}</p>` : nothing}`,
    send: ({ name }) => run({ capacity: { savePolicy: { name, shares } } }),
  });
  await refresh?.();
}

/**
 * What past interrupts suggest, with the Sprints behind it.
 * @param {Plan} plan
 */
export async function openSuggestion(plan) {
  const sprint = plan.sprint.id;
  const suggestion = await ask({ capacity: { splitSuggestion: { sprint } } });
  const percent = (/** @type {number | null} */ share) => (share === null ? html`<span class="is-quiet">–</span>` : `${share / 100} %`);
  await openDialog({
    title: `A split for ${plan.sprint.name}, from past Sprints`,
    wide: true,
    draw: (/** @type {(value?: boolean) => void} */ close) => html`
      <div class="dialog-text"><p>${suggestion.said}</p><p class="is-quiet">${suggestion.method}</p></div>
      ${suggestion.choices.length === 0 ? nothing : html`<ul class="shares-list">${suggestion.choices.map((choice) => html`<li>
        <span class="shares-name">${choice.title}<span class="is-quiet"> ${choice.said}</span></span>
        ${choice.now ? html`<span class="is-quiet">in use</span>` : html`<button type="button" class="button" aria-label="Use this split: ${choice.said}" @click=${() => void useSplit(sprint, choice, close).catch(fail)}>Use this split</button>`}</li>`)}</ul>`}
      <div class="shares-behind">${table({
        caption: "The closed Sprints behind it",
        columns: [
          { title: "Sprint", cell: (/** @type {SuggestedBy} */ row) => html`${row.sprint.name}${row.note === null ? nothing : html`<span class="is-quiet shares-note"> ${row.note}</span>`}` },
          { title: "Net hours", numeric: true, cell: (row) => (row.net === null ? html`<span class="is-quiet">–</span>` : hoursText(row.net)) },
          { title: "Drew on it", numeric: true, cell: (row) => (row.interrupts === null ? html`<span class="is-quiet">–</span>` : hoursText(row.interrupts)) },
          { title: "Load", numeric: true, cell: (row) => percent(row.load) },
          { title: "Buffer then", numeric: true, cell: (row) => percent(row.buffer) },
          // What the buffer came to is the load.
          ...suggestion.lanes.flatMap((title, at) => (plan.lanes[at]?.load.budget.isBuffer ? [] : [{ title: `${title}, done`, numeric: true, cell: (/** @type {SuggestedBy} */ row) => percent(row.actual[at] ?? null) }])),
        ],
        rows: suggestion.sprints,
        key: (row) => row.sprint.id,
        empty: html`<p class="is-quiet">No Sprint is closed yet.</p>`,
      })}</div>
      <div class="dialog-buttons"><button type="button" class="button" @click=${() => close()}>Close</button></div>`,
  });
}

/**
 * @param {string} sprint
 * @param {SuggestedSplit} choice
 * @param {() => void} close
 */
async function useSplit(sprint, { shares, said }, close) {
  if (await act({ capacity: { setSplit: { sprint, shares } } }, `Divided ${said}`)) close();
}
