// @ts-check
/**
 * A chart that Rust drew: the picture, what it says at the pointer, what stands behind it, its words and its table.
 *
 * 1. It is drawn again for every width, theme and refresh; the page scales nothing and computes nothing.
 * 2. The pointer, or the arrows, show what the nearest point says; screen readers hear it. A label that is drawn is as good as its point.
 * 3. A click or Enter opens the facts behind the point that is shown; each leads on to its item, its interrupt or its Sprint.
 * 4. The same figures stand in a table below.
 */
import { html, nothing, picture, render, vars } from "./draw.js";
import { ask, generation, refusal } from "../host.js";
import { openDialog } from "./dialog.js";
import { table } from "./table.js";
import { countText, dayText, whenText } from "./text.js";

/**
 * @typedef {object} ChartOptions
 * @property {string} id of the element
 * @property {string} question changes when another chart is asked for (another Sprint, another unit)
 * @property {(size: {width: number, height: number}, theme: ThemeName) => Promise<Chart>} source
 * @property {(size: {width: number, height: number}, behind: Behind) => void} [open] shows what stands behind a point
 * @property {(error: import("../host.js").Refusal) => unknown} [refused] what is shown instead of a chart that is refused
 * @property {number} [ratio] height ÷ width, default 0.56; never higher than the window has room for
 * @property {boolean} [whole] as high as the window has room for
 * @property {boolean} [bare] without the table
 * @property {boolean} [still] a picture only: nothing to hover, to open or to focus
 */

/** @param {ChartOptions} options */
export function chart(options) {
  return html`<evenkeel-chart id=${options.id} class=${options.still ? "is-still" : ""} .options=${options}></evenkeel-chart>`;
}

/**
 * The theme that a chart is to be drawn in.
 * @returns {ThemeName}
 */
export function chartTheme() {
  const theme = document.documentElement.dataset.theme;
  if (theme === "light" || theme === "dark" || theme === "projector") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * Opens the facts behind a point of a chart.
 * @param {BehindQuestion} asked
 * @param {import("../main.js").Context} context
 */
export async function openBehind(asked, context) {
  // An incident has a page of its own, with all that is known of it.
  if (typeof asked.behind === "object" && "incident" in asked.behind) return context.go("incidents", { id: asked.behind.incident });
  const view = await ask({ flow: { behind: asked } });
  /** @type {BehindRow | undefined} */
  const row = await openDialog({
    title: view.title,
    wide: true,
    draw: (/** @type {(value?: BehindRow) => void} */ close) => html`<div class="behind">
      ${view.rows.length === 0 ? html`<p class="is-quiet">Nothing happened here, and nothing is left.</p>` : table({
        caption: view.title,
        columns: [
          { title: "When", cell: (/** @type {BehindRow} */ one) => (one.at !== null ? whenText(one.at) : one.on ? dayText(one.on) : "") },
          { title: "What", cell: (one) => lead(one, close) },
          { title: "Fact", cell: (one) => one.what },
        ],
        rows: view.rows,
      })}
      ${view.more > 0 ? html`<p class="is-quiet">and ${countText(view.more, "more")}</p>` : nothing}</div>
      <div class="dialog-buttons"><button class="button is-main" @click=${() => close()}>Close</button></div>`,
  });
  if (row?.item) context.go("item", { id: row.item });
  else if (row?.interrupt) context.go("interrupts", { id: row.interrupt });
  else if (row?.incident) context.go("incidents", { id: row.incident });
  else if (row?.sprint) context.go("sprints", { sprint: row.sprint });
}

/**
 * The thing of a row, as a way to it where there is one.
 * @param {BehindRow} row
 * @param {(row: BehindRow) => void} close
 */
function lead(row, close) {
  const words = html`${row.label ? html`<span class="is-quiet">${row.label}</span> ` : nothing}${row.title}`;
  if (!row.item && !row.interrupt && !row.incident && !row.sprint) return words;
  return html`<button type="button" class="cell-button" @click=${() => close(row)}>${words}</button>`;
}

/** How near a point must be, in pixels, to be meant wherever the others are. */
const NEAR = 16;

class ChartElement extends HTMLElement {
  /** @type {ChartOptions | undefined} */
  #options;
  /** @type {Chart | undefined} */
  #chart;
  #asked = "";
  #size = { width: 0, height: 0 };
  /** @type {import("../host.js").Refusal | undefined} */
  #error;
  /** Which point is shown, -1 for none. */
  #at = -1;
  /** @type {ResizeObserver | undefined} */
  #observer;
  #onResize = () => void this.#ask();

  /** @param {ChartOptions} options */
  set options(options) {
    this.#options = options;
    if (this.isConnected) void this.#ask();
  }

  connectedCallback() {
    this.#observer = new ResizeObserver(this.#onResize);
    this.#observer.observe(this);
    // What is as high as the window has another height without another width.
    addEventListener("resize", this.#onResize);
    void this.#ask();
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
    removeEventListener("resize", this.#onResize);
  }

  async #ask() {
    const options = this.#options;
    // In steps, so that pulling at the window's edge does not ask for every pixel.
    const width = options?.whole ? this.clientWidth : Math.floor(this.clientWidth / 8) * 8;
    if (!options || width === 0) return;
    const size = { width, height: this.#height(width, options) };
    const theme = chartTheme();
    const asked = [options.question, generation(), size.width, size.height, theme].join(" ");
    if (asked === this.#asked) return;
    this.#asked = asked;
    try {
      const answer = await options.source(size, theme);
      if (asked !== this.#asked) return;
      this.#chart = answer;
      this.#size = size;
      this.#error = undefined;
      this.#at = Math.min(this.#at, answer.points.length - 1);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#error = refusal(error);
    }
    this.#draw();
  }

  /**
   * @param {number} width
   * @param {ChartOptions} options
   */
  #height(width, options) {
    if (options.whole) return Math.max(240, Math.floor(innerHeight - this.getBoundingClientRect().top - parseFloat(getComputedStyle(this).marginBottom)));
    return Math.round(Math.max(options.still ? 120 : 180, Math.min(width * (options.ratio ?? 0.56), innerHeight * 0.68)) / 8) * 8;
  }

  #draw() {
    const shown = this.#chart;
    const options = this.#options;
    if (this.#error || !shown) {
      const words = [this.#error?.message, this.#error?.hint].filter(Boolean).join(" ");
      render(this.#error && options?.refused ? options.refused(this.#error) : html`<p class="list-note" role="alert">${words}</p>`, this);
      return;
    }
    if (options?.still) {
      render(html`<div class="chart" ${picture(shown.svg)}></div>`, this);
      return;
    }
    const point = shown.points[this.#at];
    const leads = options?.open !== undefined && shown.points.some(({ behind }) => behind !== null);
    render(html`
      <figure class="chart ${point?.behind && options?.open ? "is-leading" : ""}" tabindex="0" aria-label="${shown.title}. Left and right arrows read its points${leads ? "; Enter opens what stands behind one" : ""}."
        @pointermove=${this.#onMove} @pointerleave=${() => this.#show(-1)} @click=${this.#open} @keydown=${this.#onKey}>
        <div ${picture(shown.svg)}></div>
        ${point ? html`<div class="chart-line" ${vars({ "--x": `${point.x}px` })}></div>
          <div class="chart-dot" ${vars({ "--x": `${point.x}px`, "--y": `${point.y}px` })}></div>
          <div class="chart-says ${point.x > this.clientWidth / 2 ? "is-left" : ""}" ${vars({ "--x": `${point.x}px`, "--y": `${Math.max(24, Math.min(this.#size.height - 24, point.y))}px` })}>${point.label}</div>` : nothing}
        <div class="is-hidden" role="status">${point?.label ?? ""}</div>
      </figure>
      ${options?.bare ? nothing : html`<details class="chart-table"><summary>Show as a table</summary>
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

  #open = () => {
    const behind = this.#chart?.points[this.#at]?.behind;
    if (behind) this.#options?.open?.(this.#size, behind);
  };

  /** @param {PointerEvent} event */
  #onMove = (event) => {
    const points = this.#chart?.points ?? [];
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    this.#show(named(points, event.target, x) ?? nearest(points, x, y));
  };

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    const points = this.#chart?.points ?? [];
    const last = points.length - 1;
    if (event.key === "Enter" && this.#at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.#open();
      return;
    }
    /** @type {Record<string, number>} */
    const steps = {
      ArrowRight: Math.min(last, this.#at + 1),
      ArrowLeft: this.#at < 0 ? last : Math.max(0, this.#at - 1),
      ArrowUp: beside(points, this.#at, -1),
      ArrowDown: beside(points, this.#at, 1),
      Home: Math.min(0, last),
      End: last,
      Escape: -1,
    };
    const next = steps[event.key];
    if (next === undefined || (event.key === "Escape" && this.#at < 0)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(next);
  };
}

/**
 * The point that a label of the picture names, if the pointer is on one: the nearest of those that say the same words.
 * @param {ChartPoint[]} points
 * @param {EventTarget | null} target
 * @param {number} x
 */
function named(points, target, x) {
  if (!(target instanceof SVGElement) || target.closest("text") === null) return undefined;
  // A label may be shortened, and say the title before what became of it.
  const parts = (target.closest("text")?.textContent ?? "").split(/…| · /).map((part) => part.trim()).filter((part) => part.length > 1);
  const [words] = parts;
  if (words === undefined) return undefined;
  const found = points.flatMap((point, at) => (point.label.includes(words) ? [at] : []));
  const far = (/** @type {number} */ at) => Math.abs((points[at]?.x ?? 0) - x);
  return found.sort((a, b) => far(a) - far(b))[0];
}

/**
 * The point that is meant: one right under the pointer, else the nearest by its place on the axis.
 * @param {ChartPoint[]} points
 * @param {number} x
 * @param {number} y
 */
function nearest(points, x, y) {
  const far = (/** @type {ChartPoint} */ point) => {
    const distance = Math.hypot(point.x - x, point.y - y);
    return distance <= NEAR ? distance : NEAR + Math.abs(point.x - x) * 1000 + Math.abs(point.y - y);
  };
  let best = -1;
  points.forEach((point, at) => {
    const before = points[best];
    if (before === undefined || far(point) < far(before)) best = at;
  });
  return best;
}

/**
 * The next point above (-1) or below (1) one at the same place of the axis; itself where there is none.
 * @param {ChartPoint[]} points
 * @param {number} at
 * @param {-1 | 1} way
 */
function beside(points, at, way) {
  const point = points[at];
  if (!point) return points.length === 0 ? -1 : 0;
  const same = points.flatMap((other, place) => (Math.abs(other.x - point.x) < 2 && (other.y - point.y) * way > 0 ? [place] : []));
  const far = (/** @type {number} */ place) => Math.abs((points[place]?.y ?? 0) - point.y);
  return same.sort((a, b) => far(a) - far(b))[0] ?? at;
}

/**
 * Whether a column holds numbers.
 * @param {Chart} chart
 * @param {number} column
 */
function isNumeric(chart, column) {
  return chart.table.rows.every((row) => /^[−+-]? ?[\d.,]*( ?%| h)?$/.test(row[column] ?? ""));
}

customElements.define("evenkeel-chart", ChartElement);
