// @ts-check
/**
 * Long work with a bar and a way to stop it.
 *
 * 1. Nothing is shown for work that ends within a quarter of a second.
 * 2. Cancel and Esc ask the work to stop; the dialog stays until it has.
 */
import { html, nothing, redraw, vars } from "./draw.js";
import { openDialog } from "./dialog.js";

/** @typedef {{done?: number, total?: number, text?: string}} Progress */

/**
 * Does long work; answers what it answered, throws what it threw.
 * @template T
 * @param {string} title "Importing backlog.csv"
 * @param {(report: (progress: Progress) => void, signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
  const stop = new AbortController();
  /** @type {Progress} */
  let now = {};
  let over = false;
  /** @type {(() => void) | undefined} */
  let hide;
  const timer = setTimeout(() => void show(), 250);

  async function show() {
    while (!over) {
      await openDialog({
        title,
        draw: (close) => {
          hide = () => close();
          return html`
            <div class="progress" role="progressbar" aria-label=${title} aria-valuemin="0" aria-valuemax=${now.total ?? nothing} aria-valuenow=${now.total ? (now.done ?? 0) : nothing}>
              <div ${vars({ "--share": now.total ? `${(100 * (now.done ?? 0)) / now.total}%` : "0%" })}></div>
            </div>
            <p class="dialog-text">${stop.signal.aborted ? "Stopping …" : (now.text ?? "")}</p>
            <div class="dialog-buttons"><button class="button" autofocus @click=${() => { stop.abort(); redraw(); }}>Cancel</button></div>`;
        },
      });
      if (!over) stop.abort();
    }
  }

  try {
    return await work((progress) => {
      now = progress;
      redraw();
    }, stop.signal);
  } finally {
    over = true;
    clearTimeout(timer);
    hide?.();
  }
}
