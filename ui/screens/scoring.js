// @ts-check
/**
 * The dialogs of prioritisation: scoring one item after the other, two items side by side, ordering by score, how the team scores.
 *
 * 1. While items are scored one keystroke gives a number and goes on; what was typed is done in its order, however fast it came.
 * 2. Every number is an undoable step of its own; Esc ends, and nothing is lost.
 * 3. What ordering moves is shown before it is done.
 */
import { html, nothing, redraw, vars } from "../parts/draw.js";
import { ask, run } from "../host.js";
import { openDialog } from "../parts/dialog.js";
import { field, savedField } from "../parts/field.js";
import { isTyping } from "../parts/keys.js";
import { kindMark, severities, workText } from "../parts/kinds.js";
import { table } from "../parts/table.js";
import { capital, countText, hoursText, numberText, sizeText, whenText } from "../parts/text.js";
import { act, fail, say } from "../parts/toast.js";
import { blocks } from "./item.js";

/**
 * A rating as it is read: "8", "80 %", "not set".
 * @param {CardInput} input
 */
function ratingText({ rating, scale }) {
  if (rating === null) return "not set";
  return scale === "percent" ? `${sizeText(rating)} %` : sizeText(rating);
}

/**
 * Goes through items one at a time: what waits for a rating first, then what was rated too long ago.
 * @param {string[] | null} chosen only these
 */
export async function scoreItems(chosen) {
  const queue = await ask({ priority: { queue: { items: chosen } } });
  if (queue.items.length === 0) {
    say(chosen ? "The team’s method asks for nothing at these items" : "There is nothing to score: the team’s method asks for nothing at any open item");
    return;
  }
  /** @type {{at: number, item: ScoredItem | null, input: number, given: number, typed: string, done: boolean}} */
  const state = { at: 0, item: null, input: 0, given: 0, typed: "", done: false };
  /** What is under way; the next key waits for it. */
  let work = show(0);

  /** @param {number} at */
  async function show(at) {
    state.at = at;
    const id = queue.items[at];
    if (id === undefined) {
      state.done = true;
      state.item = null;
    } else {
      state.done = false;
      state.item = await ask({ priority: { card: { item: id } } });
      const inputs = asked();
      // The first that is not set, else the first that is old.
      const first = inputs.findIndex(({ rating }) => rating === null);
      state.input = Math.max(0, first >= 0 ? first : inputs.findIndex(({ aged }) => aged));
    }
    state.typed = "";
    redraw();
    focus();
  }

  /** @returns {CardInput[]} */
  function asked() {
    const item = state.item;
    return item ? item.card.inputs.filter(({ name }) => item.asked.includes(name)) : [];
  }

  function focus() {
    queueMicrotask(() => {
      const open = document.getElementById("score-typed");
      (open ?? document.getElementById("score-card"))?.focus();
    });
  }

  /**
   * Does something after what is under way.
   * @param {() => Promise<unknown> | void} what
   */
  function then(what) {
    work = work.then(what).then(() => undefined, (error) => fail(error));
  }

  /**
   * Gives a rating to the input that is asked for, and goes on.
   * @param {number | string | null} rating
   */
  async function rate(rating) {
    const item = state.item;
    const input = asked()[state.input];
    if (!item || !input) return;
    await run({ priority: { setInput: { items: [item.item], input: input.name, rating } } });
    if (rating !== null) state.given += 1;
    state.typed = "";
    state.item = await ask({ priority: { card: { item: item.item } } });
    if (rating === null) redraw();
    else await next();
  }

  /** The next input, or the next item after the last one. */
  async function next() {
    if (state.input + 1 < asked().length) go(1);
    else await show(Math.min(state.at + 1, queue.items.length));
  }

  /** @param {-1 | 1} by */
  function go(by) {
    state.input = Math.min(Math.max(0, state.input + by), Math.max(0, asked().length - 1));
    state.typed = "";
    redraw();
    focus();
  }

  async function back() {
    if (state.at > 0) await show(state.at - 1);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {() => void} close
   */
  function press(event, close) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = isTyping(event.target);
    /** @type {(() => Promise<unknown> | void) | null} */
    let what = null;
    if (event.key === "ArrowDown") what = () => show(Math.min(state.at + 1, queue.items.length));
    else if (event.key === "ArrowUp") what = back;
    else if (!typing && event.key === "ArrowRight") what = () => go(1);
    else if (!typing && event.key === "ArrowLeft") what = () => go(-1);
    else if (!typing && event.key === "Backspace") what = back;
    else if (!typing && event.key === "Delete") what = () => rate(null);
    else if (!typing && event.key.toLowerCase() === "s") what = () => show(Math.min(state.at + 1, queue.items.length));
    else if (event.key === "Enter" && (typing || event.target === document.getElementById("score-card"))) {
      if (state.done) what = close;
      else if (typing) {
        const text = /** @type {HTMLInputElement} */ (event.target).value;
        what = () => (text.trim() === "" ? next() : rate(text));
      } else what = next;
    } else if (!typing && event.key.length === 1) {
      const key = event.key.toLowerCase();
      // Which input it is for is known when its turn comes.
      what = () => {
        const input = asked()[state.input];
        const step = input?.steps.find((one) => one.key === key);
        if (step) return rate(step.rating);
        if (input && /^\d$/.test(key)) say(`${capital(input.title)} has no ${key} on its scale: ${input.steps.map(({ rating }) => sizeText(rating)).join(", ")}`);
        return undefined;
      };
    }
    if (!what) return;
    event.preventDefault();
    event.stopPropagation();
    then(what);
  }

  await work;
  const ended = openDialog({
    title: "Score items",
    wide: true,
    draw: (/** @type {() => void} */ close) => html`<div id="score-card" class="score-card" tabindex="-1" autofocus @keydown=${(/** @type {KeyboardEvent} */ event) => press(event, close)}>
      ${progressOf(queue, state)}
      ${state.done ? html`<p class="dialog-text">${state.given === 0 ? "That was the last item. No number was given." : `That was the last item: ${countText(state.given, "number")} given. Each is a step that can be undone.`}</p>` : nothing}
      ${state.item ? cardOf(state.item, asked(), state, {
        rate: (rating) => then(() => rate(rating)),
        go: (input) => then(() => { state.input = input; redraw(); focus(); }),
        typed: (text) => { state.typed = text; },
      }) : nothing}
      <div class="dialog-buttons">
        <span class="is-quiet score-keys">${state.done ? nothing : html`<kbd>←</kbd> <kbd>→</kbd> input · <kbd>S</kbd> skip · <kbd>⌫</kbd> back · <kbd>Del</kbd> not set · <kbd>Esc</kbd> end`}</span>
        <button class="button" ?disabled=${state.at === 0} @click=${() => then(back)}>Back</button>
        ${state.done ? nothing : html`<button class="button" @click=${() => then(() => show(state.at + 1))}>Skip</button>`}
        <button class="button ${state.done ? "is-main" : ""}" @click=${() => close()}>End</button>
      </div></div>`,
  });
  // An input that is typed has the focus from the beginning.
  focus();
  await ended;
  if (state.given > 0) say(`${countText(state.given, "number")} given`);
}

/**
 * @param {ScoringQueue} queue
 * @param {{at: number, done: boolean}} state
 */
function progressOf(queue, { at, done }) {
  const all = queue.items.length;
  const kind = at < queue.toRate ? "waits for a rating" : at < queue.toRate + queue.aged ? "was rated too long ago" : "has all its ratings";
  const rest = [
    queue.toRate > 0 ? `${numberText(queue.toRate)} ${queue.toRate === 1 ? "waits" : "wait"} for a rating` : "",
    queue.aged > 0 ? `${numberText(queue.aged)} rated too long ago` : "",
  ].filter(Boolean).join(", ");
  return html`<p class="is-quiet" role="status">${done ? `All ${countText(all, "item")} seen` : `Item ${numberText(at + 1)} of ${numberText(all)}: it ${kind}`}${rest ? ` (${rest})` : ""}</p>
    <div class="score-progress" ${vars({ "--done": `${(100 * Math.min(at, all)) / all}%` })}></div>`;
}

/**
 * @param {ScoredItem} item
 * @param {CardInput[]} inputs
 * @param {{input: number, typed: string}} state
 * @param {{rate: (rating: number | string | null) => void, go: (input: number) => void, typed: (text: string) => void}} does
 */
function cardOf(item, inputs, state, does) {
  const score = item.card.scores[0];
  return html`
    <h3 class="score-item">${kindMark(item.kind, item.severity)} ${item.label} ${item.title}</h3>
    <p class="is-quiet">${[workText(item.kind, item.severity), item.size === null ? "unsized" : countText(item.size / 100, "point"), item.place === null ? "" : `place ${numberText(item.place)}`].filter(Boolean).join(" · ")}</p>
    ${item.blocks.length > 0 ? html`<div class="prose score-prose" tabindex="0" aria-label="Description">${blocks(item.blocks)}</div>` : nothing}
    ${item.interest ? html`<p>Debt interest: ${item.interest.interest.text}</p>${interrupts(item.interest)}` : nothing}
    <div class="score-inputs">${inputs.map((input, at) => inputOf(input, at === state.input, at, state, does))}</div>
    <p class="score-result"><span class="is-quiet">${score?.title}</span> <strong>${score?.score ? score.score.formula : `no score: ${score?.missing ?? ""}`}</strong></p>`;
}

/**
 * @param {CardInput} input
 * @param {boolean} now whether it is asked for
 * @param {number} at
 * @param {{typed: string}} state
 * @param {{rate: (rating: number | string | null) => void, go: (input: number) => void, typed: (text: string) => void}} does
 */
function inputOf(input, now, at, state, does) {
  const old = input.aged && input.setAt !== null ? html` <span class="score-old">old: ${whenText(input.setAt)}</span>` : nothing;
  return html`<div class="score-input ${now ? "is-now" : ""}" role="group" aria-label=${input.title} aria-current=${now ? "step" : nothing}>
    <button class="score-name" tabindex=${now ? "-1" : "0"} @click=${() => does.go(at)}>${capital(input.title)}</button>
    <span class="score-now is-number ${input.rating === null ? "is-quiet" : ""}">${ratingText(input)}${old}</span>
    ${!now ? nothing : input.steps.length > 0
      ? html`<span class="score-steps">${input.steps.map((step) => html`<button class="score-step ${step.rating === input.rating ? "is-on" : ""}" aria-pressed=${step.rating === input.rating ? "true" : "false"} @click=${() => does.rate(step.rating)}>${sizeText(step.rating)}${input.scale === "percent" ? " %" : ""}<kbd aria-hidden="true">${step.key.toUpperCase()}</kbd></button>`)}</span>`
      : html`<span class="score-steps"><input id="score-typed" class="is-number" type="text" inputmode="decimal" autocomplete="off" aria-label="${capital(input.title)}, then Enter" .value=${state.typed}
          @input=${(/** @type {InputEvent} */ event) => does.typed(/** @type {HTMLInputElement} */ (event.target).value)}><span class="is-quiet">then <kbd>Enter</kbd></span></span>`}
  </div>`;
}

/**
 * The interrupts behind a debt interest.
 * @param {InterestRow} row
 */
export function interrupts(row) {
  return html`<ul class="interest-behind">${row.interrupts.map((one) => html`<li><span class="is-quiet">${one.label} ${one.severityName}</span> ${one.title} <span class="is-number is-quiet">${one.took === 0 ? "hours not known" : hoursText(one.took, 2)}</span></li>`)}</ul>`;
}

/**
 * Compares two picked items, or one with the item that stands right above it, below it for the first.
 * @param {string[]} items
 */
export async function compare(items) {
  const [one = "", other] = items;
  if (other) return compareItems(one, other);
  const { row } = await ask({ backlog: { item: { item: one } } });
  const place = row.place ?? 1;
  const { rows } = await ask({ backlog: { window: { from: place > 1 ? place - 2 : 1, limit: 1 } } });
  const neighbour = rows[0];
  return neighbour ? compareItems(one, neighbour.id) : undefined;
}

/**
 * Shows two items side by side.
 * @param {string} one
 * @param {string} other
 */
async function compareItems(one, other) {
  /** @type {{method: Method, view: ItemComparison, rules: ScoringRules}} */
  const state = { ...(await look(null)) };

  /** @param {Method | null} method */
  async function look(method) {
    const [view, { rules }] = await Promise.all([ask({ priority: { comparison: { one, other, method } } }), ask({ priority: { overview: {} } })]);
    return { method: method ?? rules.method, view, rules };
  }

  await openDialog({
    title: "Two items side by side",
    wide: true,
    draw: (/** @type {() => void} */ close) => {
      const { view: { above, below, comparison }, rules } = state;
      const amount = (/** @type {number | null} */ hundredths) => (hundredths === null ? html`<span class="is-quiet">not set</span>` : sizeText(hundredths));
      const rows = [
        ...comparison.terms,
        { title: state.view.method, above: comparison.above.score?.value ?? null, below: comparison.below.score?.value ?? null, total: true },
      ];
      return html`
        <div class="score-ways">${field({ id: "compare-method", name: "method", label: "By", type: "choice", value: state.method, choices: rules.methods.map(({ method, title }) => ({ value: method, title })), done: async (method) => {
          try {
            Object.assign(state, await look(method));
          } catch (error) {
            fail(error);
          }
          redraw();
        } })}</div>
        <p class="compare-why">${comparison.why}</p>
        ${comparison.sentence ? html`<p class="compare-swap">${comparison.sentence}</p>` : comparison.verdict === "unscored" ? nothing : html`<p class="compare-swap is-quiet">No single input swaps them.</p>`}
        ${table({
          caption: "The terms of both",
          columns: [
            { title: "", cell: (row) => ("total" in row ? html`<strong>${row.title}</strong>` : capital(row.title)) },
            { title: `${above.place}. ${above.label} ${above.title}`, numeric: true, cell: (row) => ("total" in row && row.above === null ? "no score" : amount(row.above)) },
            { title: `${below.place}. ${below.label} ${below.title}`, numeric: true, cell: (row) => ("total" in row && row.below === null ? "no score" : amount(row.below)) },
          ],
          rows,
        })}
        ${comparison.swaps.length > 1 ? html`<section class="compare-others"><h3>The same would do it if</h3><ul>${comparison.swaps.slice(1).map(({ text }) => html`<li>${text}</li>`)}</ul></section>` : nothing}
        <div class="dialog-buttons"><button class="button is-main" @click=${() => close()}>Close</button></div>`;
    },
  });
}

/**
 * Shows what ordering by score would move, and does it when that is wanted.
 * @param {string[] | null} chosen the items that were picked, if several were
 */
export async function orderByScore(chosen) {
  const { rules } = await ask({ priority: { overview: {} } });
  /** @type {{method: Method, all: boolean, preview: OrderPreview | null, rules: ScoringRules}} */
  const state = { method: rules.method, all: chosen === null, preview: null, rules };
  const order = () => ({ items: state.all ? null : chosen, method: state.method });
  let looks = 0;
  const look = async () => {
    const ticket = (looks += 1);
    // What is not shown yet cannot be done.
    state.preview = null;
    redraw();
    try {
      const [preview, overview] = await Promise.all([ask({ priority: { preview: order() } }), ask({ priority: { overview: {} } })]);
      if (ticket === looks) Object.assign(state, { preview, rules: overview.rules });
    } catch (error) {
      if (ticket === looks) fail(error);
    }
    redraw();
  };
  await look();
  const yes = await openDialog({
    title: "Order by score",
    wide: true,
    draw: (/** @type {(value?: boolean) => void} */ done) => {
      const { preview } = state;
      return html`
        <div class="score-ways">
          ${field({ id: "score-method", name: "method", label: "By", type: "choice", value: state.method, choices: state.rules.methods.map(({ method, title, formula }) => ({ value: method, title: title === formula ? title : `${title}: ${formula}` })), done: (method) => { state.method = method; void look(); } })}
          ${chosen ? field({ id: "score-which", name: "which", label: "Which", type: "choice", value: state.all ? "all" : "chosen", choices: [{ value: "chosen", title: `the ${countText(chosen.length, "chosen item")}` }, { value: "all", title: "all open items" }], done: (which) => { state.all = which === "all"; void look(); } }) : nothing}
        </div>
        ${state.method === "severity" ? weightFields(state.rules, look) : nothing}
        ${preview ? html`
          <p class="dialog-text">${preview.moving === 0 ? "Nothing moves: they stand in that order already." : `${countText(preview.moving, "item")} of ${numberText(preview.items)} would move.`}
            ${preview.withoutScore > 0 ? `${countText(preview.withoutScore, "item")} without a score ${preview.withoutScore === 1 ? "keeps its" : "keep their"} order after the others.` : ""}
            ${state.all ? "" : "Only the places of the chosen items are shared out."}</p>
          <div class="score-moves" tabindex="0" aria-label="What moves">
            ${preview.moves.map((move) => html`<div class="score-move"><span class="is-number">${move.change.from} → ${move.change.to}</span>
              <span class="score-arrow ${move.change.to < move.change.from ? "is-up" : ""}" aria-label=${move.change.to < move.change.from ? "up" : "down"}>${move.change.to < move.change.from ? "↑" : "↓"}</span>
              <span class="score-title">${move.label} ${move.title}</span><span class="is-quiet is-number">${move.formula ?? "no score"}</span></div>`)}
            ${preview.moving > preview.moves.length ? html`<p class="is-quiet">and ${countText(preview.moving - preview.moves.length, "more", "more")}</p>` : nothing}
          </div>
          ${preview.withoutScore > 0 ? html`<details class="score-without"><summary>Without a score: ${numberText(preview.withoutScore)}</summary>
            <div class="score-moves">${preview.unscored.map((one) => html`<div class="score-move is-short"><span class="score-title">${one.label} ${one.title}</span><span class="is-quiet">${one.reason}</span></div>`)}
            ${preview.withoutScore > preview.unscored.length ? html`<p class="is-quiet">and ${countText(preview.withoutScore - preview.unscored.length, "more", "more")}</p>` : nothing}</div></details>` : nothing}` : nothing}
        <div class="dialog-buttons">
          <button class="button" @click=${() => done()}>Cancel</button>
          <button class="button is-main" ?disabled=${!preview || preview.moving === 0} @click=${() => done(true)}>Order ${preview ? countText(preview.items, "item") : ""}</button>
        </div>`;
    },
  });
  if (yes) await act({ priority: { orderByScore: order() } }, `${countText(state.preview?.moving ?? 0, "item")} moved`);
}

/**
 * How much each severity counts, to be changed.
 * @param {ScoringRules} rules
 * @param {() => Promise<void>} changed
 */
function weightFields({ weights }, changed) {
  return html`<div class="score-weights">${severities.map((severity) => savedField({ id: `weight-${severity}`, name: severity, label: `${capital(severity)} counts`, type: "number", narrow: true, value: String(weights[severity]), save: async (text) => {
    await run({ priority: { setWeights: { ...weights, [severity]: /^\d{1,9}$/.test(text) ? Number(text) : 0 } } });
    await changed();
  } }))}</div>`;
}

/** Shows how the team scores, to be changed: method, criteria, weights, when an input is old. */
export async function howWeScore() {
  const state = { rules: (await ask({ priority: { overview: {} } })).rules, name: "" };
  const look = async () => {
    state.rules = (await ask({ priority: { overview: {} } })).rules;
    redraw();
  };
  const change = async (/** @type {PriorityCommand} */ command) => {
    const outcome = await run({ priority: command });
    if (outcome.note) say(outcome.note);
    await look();
  };
  const tried = (/** @type {PriorityCommand} */ command) => change(command).catch(fail);
  await openDialog({
    title: "How we score",
    wide: true,
    draw: (/** @type {() => void} */ close) => {
      const { rules } = state;
      return html`
        <div class="score-rules">
          ${savedField({ id: "rule-method", name: "method", label: "All items are scored by", type: "choice", value: rules.method, hint: rules.formula, choices: rules.methods.map(({ method, title }) => ({ value: method, title })), save: (method) => change({ setMethod: { method } }) })}
          ${savedField({ id: "rule-limit", name: "days", label: "An input is old after", type: "number", narrow: true, unit: "days", value: String(rules.limitDays), save: (days) => change({ setLimit: { days } }) })}
        </div>
        <section><h3>Severities of bugs</h3>${weightFields(rules, look)}</section>
        <section><h3>The team’s own criteria</h3>
          ${rules.criteria.length === 0 ? html`<p class="is-quiet">None yet. Each is rated for every item and counts with its weight: ease of use, safety, what customers ask for.</p>` : html`
          <div class="criteria"><div class="criterion is-quiet" aria-hidden="true"><span>Name</span><span class="is-number">Weight</span><span>Scale</span></div>${rules.criteria.map((one, at) => html`<div class="criterion">
            ${savedField({ id: `criterion-${one.id}`, name: "name", label: `Name of criterion ${at + 1}`, bare: true, value: one.name, save: (name) => change({ changeCriterion: { criterion: one.id, name } }) })}
            ${savedField({ id: `weight-${one.id}`, name: "weight", label: `Weight of ${one.name}`, bare: true, type: "number", value: sizeText(one.weight), save: (weight) => change({ changeCriterion: { criterion: one.id, weight } }) })}
            ${one.isInterest ? html`<span class="is-quiet">hours of interrupts</span>` : savedField({ id: `scale-${one.id}`, name: "scale", label: `Scale of ${one.name}`, bare: true, type: "choice", value: one.scale, choices: scales, save: (scale) => change({ changeCriterion: { criterion: one.id, scale } }) })}
            <span class="criterion-acts">
              <button class="button is-plain" aria-label="Move ${one.name} up" ?disabled=${at === 0} @click=${() => tried({ moveCriterion: { criterion: one.id, before: rules.criteria[at - 1]?.id ?? null } })}>↑</button>
              <button class="button is-plain" aria-label="Move ${one.name} down" ?disabled=${at + 1 === rules.criteria.length} @click=${() => tried({ moveCriterion: { criterion: one.id, before: rules.criteria[at + 2]?.id ?? null } })}>↓</button>
              <button class="button is-plain" aria-label="Remove ${one.name}" @click=${() => tried({ removeCriterion: { criterion: one.id } })}>Remove</button></span>
          </div>`)}</div>`}
          <form class="criterion-add" novalidate @submit=${async (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            try {
              await change({ addCriterion: { name: state.name, scale: "digits" } });
              state.name = "";
            } catch (error) {
              fail(error);
            }
            redraw();
          }}>
            ${field({ id: "criterion-new", name: "name", label: "New criterion", placeholder: "ease of use", value: state.name, change: (text) => { state.name = text; redraw(); } })}
            <button class="button" type="submit">Add</button>
            ${rules.criteria.some(({ isInterest }) => isInterest) ? nothing : html`<button class="button" type="button" @click=${() => tried({ addCriterion: { name: "debt interest", scale: "open", isInterest: true } })}>Add debt interest</button>`}
          </form></section>
        <div class="dialog-buttons"><button class="button is-main" @click=${() => close()}>Close</button></div>`;
    },
  });
}

const scales = [{ value: "digits", title: "0 to 9" }, { value: "fibonacci", title: "1, 2, 3, 5, 8, 13, 21" }];
