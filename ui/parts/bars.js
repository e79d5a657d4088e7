// @ts-check
/**
 * Bars: a load against a budget, in words and in length.
 *
 * 1. Budget and load have one unit; the bar is as long as the greater of the two and a little, with a mark at the budget.
 * 2. Over budget is said in words and in red; colour alone never says it.
 */
import { html, nothing, vars } from "./draw.js";

/**
 * @param {object} options
 * @param {string} options.title "New features"
 * @param {string} options.tone `is-feature`, `is-production`, `is-buffer` or ""
 * @param {string} options.said "13 of 21.6 points"; for screen readers too
 * @param {number} options.load
 * @param {number | null} options.budget null while it is not known: then the bar has no mark
 * @param {boolean} [options.over] what `said` says is over budget
 */
export function bar({ title, tone, said, load, budget, over }) {
  const whole = Math.max(load, budget ?? 0) * (budget === null ? 1 : 1.02) || 1;
  return html`<div class="bar" role="meter" aria-label=${title} aria-valuemin="0" aria-valuemax=${budget ?? whole} aria-valuenow=${Math.min(load, budget ?? whole)} aria-valuetext=${said}>
    <div class="bar-words"><span class="mark ${tone}"></span><span>${title}</span><span class=${over ? "is-grave" : ""}>${said}</span></div>
    <div class="bar-track"><div class="bar-load ${tone}" ${vars({ "--share": `${(100 * load) / whole}%` })}></div>
      ${budget === null ? nothing : html`<div class="bar-budget" ${vars({ "--share": `${(100 * budget) / whole}%` })}></div>`}</div>
  </div>`;
}
