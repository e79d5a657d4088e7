// @ts-check
/**
 * A group of sliders for shares of a whole.
 *
 * 1. Shares are basis points (10,000 are all); a slider moves in whole percent, the number beside it takes what is typed.
 * 2. How the others give and take is for Rust to say: a `Split` asks while a slider moves, always from the shares before it moved, so that
 *    going back and forth loses nothing.
 * 3. What was moved stays a draft until it is saved and shown, or left; whether it may be saved is for Rust to say too.
 * 4. Several steps are one operation: a group is saved when it is left, or when it has rested for a moment.
 */
import { html, live, nothing, redraw, vars } from "./draw.js";
import { ask, onOpened, refreshed, refusal } from "../host.js";

/**
 * @typedef {object} SliderLane
 * @property {string} id
 * @property {string} title
 * @property {string} tone `is-feature`, `is-production`, `is-buffer` or ""
 * @property {number} share basis points, as saved
 */

/** The draft of one group of sliders: a screen makes one when its module loads. */
export class Split {
  /** Whether the others give and take. */
  keepSum = true;
  /** @type {LaneShare[] | null} what the sliders show while they differ from what is saved */
  draft = null;
  /** @type {string | null} what is over or missing */
  difference = null;
  /** @type {import("../host.js").Refusal | undefined} */
  error;
  /** Hears of every move, so that the screen can show what it would do. */
  onMove = () => {};
  /** @type {LaneShare[] | null} before the slider that moves now was touched */
  #before = null;
  /** @type {{lane: string, to: number} | null} the slider that was moved, until the answer is there: it stays where it was put */
  moving = null;
  #asks = 0;
  /** @type {{timer: ReturnType<typeof setTimeout>, save: (shares: LaneShare[]) => Promise<unknown>} | null} what is to be saved in a moment */
  #due = null;

  constructor() {
    onOpened(() => this.leave());
  }

  /**
   * The shares as they are shown.
   * @param {SliderLane[]} lanes
   * @returns {LaneShare[]}
   */
  shown(lanes) {
    const draft = this.draft;
    return lanes.map(({ id, share }) => draft?.find(({ lane }) => lane === id) ?? { lane: id, share });
  }

  /**
   * Moves one slider.
   * @param {SliderLane[]} lanes
   * @param {string} lane
   * @param {number} to
   */
  async move(lanes, lane, to) {
    const ticket = (this.#asks += 1);
    this.moving = { lane, to };
    this.#before ??= this.shown(lanes);
    try {
      const answer = await ask({ capacity: { balance: { shares: this.#before, lane, to, keepSum: this.keepSum } } });
      if (ticket !== this.#asks) return;
      this.moving = null;
      this.draft = answer.shares;
      this.difference = answer.difference;
      this.error = undefined;
      this.onMove();
    } catch (thrown) {
      if (ticket !== this.#asks) return;
      this.moving = null;
      this.error = refusal(thrown);
    }
    redraw();
  }

  /**
   * Ends a move; the shares are saved in a moment.
   * @param {SliderLane[]} lanes
   * @param {string} lane
   * @param {number} to
   * @param {(shares: LaneShare[]) => Promise<unknown>} save
   */
  async settle(lanes, lane, to, save) {
    const shares = this.shown(lanes);
    if (this.#before === null && shares.find((one) => one.lane === lane)?.share === to) return;
    this.#wait();
    await this.move(lanes, lane, to);
    this.#before = null;
    this.#wait();
    this.#due = { timer: setTimeout(() => this.rest(), 600), save };
  }

  /** Saves what is to be saved; a refusal is shown at the sliders and the draft stays. */
  async rest() {
    const due = this.#due;
    const draft = this.draft;
    this.#wait();
    if (!due || !draft || this.error) return;
    try {
      await due.save(draft);
      await refreshed();
      // Only now the view shows it; and perhaps the sliders were moved on.
      if (this.draft === draft) this.leave();
    } catch (thrown) {
      this.error = refusal(thrown);
    }
    redraw();
  }

  /** Saves nothing for now. */
  #wait() {
    clearTimeout(this.#due?.timer);
    this.#due = null;
  }

  /** Forgets the draft. */
  leave() {
    this.#wait();
    this.draft = this.#before = this.difference = this.moving = null;
    this.error = undefined;
    this.#asks += 1;
    this.onMove();
    redraw();
  }
}

/**
 * @param {object} options
 * @param {string} options.name as Rust names the group in an error
 * @param {string} options.label
 * @param {SliderLane[]} options.lanes
 * @param {Split} options.split
 * @param {(shares: LaneShare[]) => Promise<unknown>} options.save runs the command
 */
export function sliders({ name, label, lanes, split, save }) {
  const shares = split.shown(lanes);
  const sum = shares.reduce((total, { share }) => total + share, 0);
  const error = split.error;
  const read = (/** @type {Event} */ event) => {
    const text = /** @type {HTMLInputElement} */ (event.currentTarget).value.replace(",", ".").trim();
    const share = Math.round(Number(text) * 100);
    return text !== "" && Number.isFinite(share) ? share : null;
  };
  const move = (/** @type {string} */ id, /** @type {Event} */ event) => {
    const share = read(event);
    if (share !== null) void split.move(lanes, id, share);
  };
  const settle = (/** @type {string} */ id, /** @type {Event} */ event) => {
    const share = read(event);
    if (share !== null) void split.settle(lanes, id, share, save);
    else redraw();
  };
  return html`<fieldset class="sliders" @focusout=${(/** @type {FocusEvent} */ event) => {
    if (!/** @type {HTMLElement} */ (event.currentTarget).contains(/** @type {Node | null} */ (event.relatedTarget))) void split.rest();
  }} aria-describedby=${error ? `${name}-error` : nothing}>
    <legend>${label}</legend>
    ${lanes.map(({ id, title, tone }, index) => {
      const percent = (split.moving?.lane === id ? split.moving.to : (shares[index]?.share ?? 0)) / 100;
      return html`
      <label for="${name}-${id}"><span class="mark ${tone}"></span>${title}</label>
      <input type="range" min="0" max="100" step="1" id="${name}-${id}" class=${tone} .value=${live(String(percent))} ${vars({ "--share": `${percent}%` })}
        aria-valuetext="${percent} %" aria-invalid=${error ? "true" : "false"}
        @input=${(/** @type {Event} */ event) => move(id, event)} @change=${(/** @type {Event} */ event) => settle(id, event)}>
      <span class="field-input"><input type="text" inputmode="decimal" class="is-number" id="${name}-${id}-number" aria-label="${title}, percent" .value=${live(String(percent))}
        aria-invalid=${error ? "true" : "false"} @change=${(/** @type {Event} */ event) => settle(id, event)}><span class="field-unit">%</span></span>`;
    })}
    <label class="sliders-keep"><input type="checkbox" .checked=${live(split.keepSum)} @change=${(/** @type {Event} */ event) => {
      split.keepSum = /** @type {HTMLInputElement} */ (event.currentTarget).checked;
      redraw();
    }}>Keep the sum at 100 %</label>
    <output class=${sum === 10_000 ? "" : "is-grave"}>${sum / 100} %</output>
    ${error ? html`<p class="field-error" id="${name}-error" role="alert">${error.message} ${error.hint}</p>`
      : split.difference ? html`<p class="field-error" role="status">${split.difference}</p>` : nothing}
    ${error || split.difference ? html`<button type="button" class="button is-plain sliders-back" @click=${() => split.leave()}>Back to what is saved</button>` : nothing}
  </fieldset>`;
}
