// @ts-check
/**
 * A chart that Rust drew: the picture, what it says at the pointer, its words and its table.
 *
 * 1. It is drawn again for every width, theme and refresh; the page scales nothing and computes nothing.
 * 2. The pointer, or the left and right arrows, show what the nearest point says; screen readers hear it.
 * 3. The same figures stand in a table below.
 */
import { html, nothing, picture, render, vars } from "./draw.js";
import { generation, refusal } from "../host.js";
import { table } from "./table.js";

/**
 * @typedef {object} Chart
 * @property {string} svg
 * @property {string} title the finding
 * @property {string} description in sentences
 * @property {{columns: string[], rows: string[][]}} table
 * @property {{x: number, y: number, label: string}[]} points in order of x, in pixels of the picture
 */

/**
 * @typedef {object} ChartOptions
 * @property {string} id of the element
 * @property {string} question changes when another chart is asked for (another Sprint, another unit)
 * @property {(size: {width: number, height: number}, theme: "light" | "dark" | "projector") => Promise<Chart>} source
 * @property {number} [ratio] height ÷ width, default 0.56; never higher than the window has room for
 * @property {boolean} [bare] without the table
 */

/** @param {ChartOptions} options */
export function chart(options) {
  return html`<evenkeel-chart id=${options.id} .options=${options}></evenkeel-chart>`;
}

/** The theme that a chart is to be drawn in. */
export function chartTheme() {
  const theme = document.documentElement.dataset.theme;
  if (theme === "light" || theme === "dark" || theme === "projector") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

class ChartElement extends HTMLElement {
  /** @type {ChartOptions | undefined} */
  #options;
  /** @type {Chart | undefined} */
  #chart;
  #asked = "";
  #error = "";
  /** Which point is shown, -1 for none. */
  #at = -1;
  /** @type {ResizeObserver | undefined} */
  #observer;

  /** @param {ChartOptions} options */
  set options(options) {
    this.#options = options;
    if (this.isConnected) void this.#ask();
  }

  connectedCallback() {
    this.#observer = new ResizeObserver(() => void this.#ask());
    this.#observer.observe(this);
    void this.#ask();
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
  }

  async #ask() {
    const options = this.#options;
    // In steps, so that pulling at the window's edge does not ask for every pixel.
    const width = Math.floor(this.clientWidth / 8) * 8;
    if (!options || width === 0) return;
    const height = Math.round(Math.max(180, Math.min(width * (options.ratio ?? 0.56), innerHeight * 0.68)) / 8) * 8;
    const theme = chartTheme();
    const asked = [options.question, generation(), width, height, theme].join(" ");
    if (asked === this.#asked) return;
    this.#asked = asked;
    try {
      const answer = await options.source({ width, height }, theme);
      if (asked !== this.#asked) return;
      this.#chart = answer;
      this.#error = "";
      this.#at = Math.min(this.#at, answer.points.length - 1);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#error = [refusal(error).message, refusal(error).hint].filter(Boolean).join(" ");
    }
    this.#draw();
  }

  #draw() {
    const shown = this.#chart;
    if (this.#error || !shown) {
      render(html`<p class="list-note" role="alert">${this.#error}</p>`, this);
      return;
    }
    const point = shown.points[this.#at];
    render(html`
      <figure class="chart" tabindex="0" aria-label="${shown.title}. Left and right arrows read its points." @pointermove=${this.#onMove} @pointerleave=${() => this.#show(-1)} @keydown=${this.#onKey}>
        <div ${picture(shown.svg)}></div>
        ${point ? html`<div class="chart-line" ${vars({ "--x": `${point.x}px` })}></div>
          <div class="chart-dot" ${vars({ "--x": `${point.x}px`, "--y": `${point.y}px` })}></div>
          <div class="chart-says ${point.x > this.clientWidth / 2 ? "is-left" : ""}" ${vars({ "--x": `${point.x}px`, "--y": `${point.y}px` })}>${point.label}</div>` : nothing}
        <div class="is-hidden" role="status">${point?.label ?? ""}</div>
      </figure>
      ${this.#options?.bare ? nothing : html`<details class="chart-table"><summary>Show as a table</summary>
        <p class="is-quiet">${shown.description}</p>
        ${table({
          caption: shown.title,
          columns: shown.table.columns.map((title, column) => ({ title, numeric: column > 0 && isNumeric(shown, column), cell: (/** @type {string[]} */ row) => row[column] })),
          rows: shown.table.rows,
        })}</details>`}`, this);
  }

  /** @param {number} at */
  #show(at) {
    if (at === this.#at) return;
    this.#at = at;
    this.#draw();
  }

  /** @param {PointerEvent} event */
  #onMove = (event) => {
    const points = this.#chart?.points ?? [];
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const far = (/** @type {{x: number, y: number}} */ point) => Math.abs(point.x - (event.clientX - box.left)) * 1000 + Math.abs(point.y - (event.clientY - box.top));
    let nearest = -1;
    points.forEach((point, at) => {
      const best = points[nearest];
      if (best === undefined || far(point) < far(best)) nearest = at;
    });
    this.#show(nearest);
  };

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    const last = (this.#chart?.points.length ?? 0) - 1;
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: Math.min(last, this.#at + 1), ArrowLeft: this.#at < 0 ? last : Math.max(0, this.#at - 1), Home: Math.min(0, last), End: last, Escape: -1 };
    const next = steps[event.key];
    if (next === undefined || (event.key === "Escape" && this.#at < 0)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(next);
  };
}

/**
 * Whether a column holds numbers.
 * @param {Chart} chart
 * @param {number} column
 */
function isNumeric(chart, column) {
  return chart.table.rows.every((row) => /^[−+-]?[\d.,]*( ?%| h)?$/.test(row[column] ?? ""));
}

customElements.define("evenkeel-chart", ChartElement);
