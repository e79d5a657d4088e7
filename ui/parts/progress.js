// @ts-check
/**
 * Long work with a bar and a way to stop it.
 *
 * 1. Nothing is shown for work that ends within a quarter of a second.
 * 2. Cancel and Esc ask the work to stop; the dialog stays until it has.
 */
import { html, nothing, redraw, vars } from "./draw.js";
import { openDialog } from "./dialog.js";
import { numberText } from "./text.js";

/** @typedef {Progress & {text?: string}} Step how far it is: steps done, steps in all, and a sentence */

/**
 * Does long work; answers what it answered, throws what it threw.
 * @template T
 * @param {string} title "Importing backlog.csv"
 * @param {(report: (step: Step) => void, signal: AbortSignal) => Promise<T>} work hands `report` and `signal` on to `run`
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
  const stop = new AbortController();
  /** @type {Step} */
  let now = { done: 0, of: 0 };
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
            <div class="progress" role="progressbar" aria-label=${title} aria-valuemin="0" aria-valuemax=${now.of || nothing} aria-valuenow=${now.of ? now.done : nothing}>
              <div ${vars({ "--share": now.of ? `${(100 * now.done) / now.of}%` : "0%" })}></div>
            </div>
            <p class="dialog-text">${stop.signal.aborted ? "Stopping …" : (now.text ?? (now.of > 100 ? `${numberText(now.done)} of ${numberText(now.of)}` : ""))}</p>
            <div class="dialog-buttons"><button class="button" autofocus @click=${() => { stop.abort(); redraw(); }}>Cancel</button></div>`;
        },
      });
      if (!over) stop.abort();
    }
  }

  try {
    return await work((step) => {
      now = step;
      redraw();
    }, stop.signal);
  } finally {
    over = true;
    clearTimeout(timer);
    hide?.();
  }
}
