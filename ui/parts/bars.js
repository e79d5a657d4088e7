// @ts-check
/**
 * Bars: a load against a budget, in words and in length.
 *
 * 1. Budget and load have one unit; the bar is as long as the greater of the two and a little, with a mark at the budget.
 * 2. Without a budget, or without a load in its unit, nothing is filled: there is nothing to compare.
 * 3. Over budget is said in words and in red; colour alone never says it.
 */
import { html, nothing, vars } from "./draw.js";
import { tones } from "./kinds.js";
import { unbroken } from "./text.js";

/**
 * @param {object} options
 * @param {string} options.title "New features"
 * @param {string} options.tone `is-feature`, `is-production`, `is-buffer` or ""
 * @param {string} options.said "13 of 21.6 points"; for screen readers too
 * @param {number | null} options.load null while it is not known
 * @param {number | null} options.budget null while it is not known: then the bar has neither mark nor fill
 * @param {boolean} [options.over] what `said` says is over budget
 */
export function bar({ title, tone, said, load, budget, over }) {
  const filled = budget === null ? 0 : (load ?? 0);
  const whole = Math.max(filled, budget ?? 0) * 1.02 || 1;
  return html`<div class="bar" role="meter" aria-label=${title} aria-valuemin="0" aria-valuemax=${budget ?? whole} aria-valuenow=${Math.min(filled, budget ?? whole)} aria-valuetext=${said}>
    <div class="bar-words"><span class="mark ${tone}"></span><span>${title}</span><span class=${over ? "is-grave" : ""}>${unbroken(said)}</span></div>
    <div class="bar-track">${filled === 0 ? nothing : html`<div class="bar-load ${tone}" ${vars({ "--share": `${(100 * filled) / whole}%` })}></div>`}
      ${budget === null ? nothing : html`<div class="bar-budget" ${vars({ "--share": `${(100 * budget) / whole}%` })}></div>`}</div>
  </div>`;
}

/**
 * The bar of a lane: the buffer against its hours, a planned lane against its points.
 * @param {PlanLane} lane
 */
export function laneBar({ load, tone, said }) {
  const buffer = load.budget.isBuffer;
  const budget = buffer ? load.budget.minutes : load.budget.points;
  const used = buffer ? (load.items === 0 ? budget : load.minutes) : load.points;
  return bar({ title: load.budget.name, tone: tones[tone], said, load: used, budget, over: load.lowerBy !== null || load.lowerByMinutes !== null });
}
