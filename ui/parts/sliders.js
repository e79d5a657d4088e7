// @ts-check
/**
 * A group of sliders for shares of a whole.
 *
 * 1. Shares are basis points (10,000 are all); a slider moves in whole percent, the number beside it takes what is typed.
 * 2. With "keep the sum" the others give and take in proportion to what they have, and whole percents are kept; without it each moves alone.
 * 3. Whether the sum is right is for Rust to say; the group only shows it.
 */
import { html, live, nothing, vars } from "./draw.js";

/**
 * @typedef {object} Share
 * @property {string} id
 * @property {string} title
 * @property {string} tone `is-feature`, `is-production`, `is-buffer` or ""
 * @property {number} share basis points
 */

/**
 * @param {object} options
 * @param {string} options.name as Rust names the group in an error
 * @param {string} options.label
 * @param {Share[]} options.shares
 * @param {boolean} options.keepSum
 * @param {import("../host.js").Refusal} [options.error]
 * @param {(keep: boolean) => void} options.setKeepSum
 * @param {(shares: Share[]) => void} options.change while a slider moves or a number is typed
 * @param {(shares: Share[]) => void} [options.done] when it was let go
 */
export function sliders({ name, label, shares, keepSum, error, setKeepSum, change, done }) {
  const sum = shares.reduce((total, { share }) => total + share, 0);
  const wrong = error?.field === name;
  const set = (/** @type {number} */ index, /** @type {string} */ text, /** @type {((shares: Share[]) => void) | undefined} */ tell) => {
    const share = Math.round(Number(text.replace(",", ".")) * 100);
    if (text.trim() !== "" && Number.isFinite(share)) tell?.(moved(shares, index, Math.max(0, Math.min(10_000, share)), keepSum));
  };
  return html`<fieldset class="sliders" aria-describedby=${wrong ? `${name}-error` : nothing}>
    <legend>${label}</legend>
    ${shares.map(({ id, title, tone, share }, index) => html`
      <label for="${name}-${id}"><span class="mark ${tone}"></span>${title}</label>
      <input type="range" min="0" max="100" step="1" id="${name}-${id}" class=${tone} .value=${live(String(share / 100))} ${vars({ "--share": `${share / 100}%` })}
        aria-valuetext="${share / 100} %" aria-invalid=${wrong ? "true" : "false"}
        @input=${(/** @type {Event} */ event) => set(index, /** @type {HTMLInputElement} */ (event.currentTarget).value, change)}
        @change=${(/** @type {Event} */ event) => set(index, /** @type {HTMLInputElement} */ (event.currentTarget).value, done)}>
      <span class="field-input"><input type="text" inputmode="decimal" class="is-number" aria-label="${title}, percent" .value=${String(share / 100)}
        @change=${(/** @type {Event} */ event) => {
          const text = /** @type {HTMLInputElement} */ (event.currentTarget).value;
          set(index, text, change);
          set(index, text, done);
        }}><span class="field-unit">%</span></span>`)}
    <label class="sliders-keep"><input type="checkbox" .checked=${live(keepSum)} @change=${(/** @type {Event} */ event) => setKeepSum(/** @type {HTMLInputElement} */ (event.currentTarget).checked)}>Keep the sum</label>
    <output class=${sum === 10_000 ? "" : "is-grave"}>${sum / 100} %</output>
    ${wrong ? html`<p class="field-error" id="${name}-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
  </fieldset>`;
}

/**
 * The shares after one of them has changed.
 * @param {Share[]} shares
 * @param {number} index of the one that moved
 * @param {number} to
 * @param {boolean} keepSum
 */
function moved(shares, index, to, keepSum) {
  const now = shares.map(({ share }) => share);
  now[index] = to;
  if (keepSum && shares.length > 1) {
    let rest = 10_000 - to;
    let had = shares.reduce((total, { share }, at) => (at === index ? total : total + share), 0);
    const others = shares.map((_, at) => at).filter((at) => at !== index);
    others.forEach((at, place) => {
      const before = shares[at]?.share ?? 0;
      const wanted = had > 0 ? (rest * before) / had : rest / (others.length - place);
      const share = place === others.length - 1 ? rest : Math.round(wanted / 100) * 100;
      now[at] = Math.max(0, Math.min(rest, share));
      rest -= now[at] ?? 0;
      had -= before;
    });
  }
  return shares.map((share, at) => ({ ...share, share: now[at] ?? 0 }));
}
