// @ts-check
/**
 * Buttons of commands, the empty state, and the small square that says what kind of work an item is.
 *
 * 1. A button of a command runs what the key and the palette run, shows the key, and is absent while the command is not offered.
 * 2. An empty place says what belongs there and offers the next step.
 */
import { html, nothing } from "./draw.js";
import { isOffered, kbd } from "./keys.js";
import { perform } from "./toast.js";

/**
 * @param {import("./keys.js").Act | undefined} act
 * @param {{plain?: boolean}} [options] `plain`: words only, no border
 */
export function button(act, options = {}) {
  if (!act || !isOffered(act)) return nothing;
  const look = act.grave ? "is-grave" : act.main ? "is-main" : options.plain ? "is-plain" : "";
  return html`<button type="button" class="button ${look}" @click=${() => void perform(act)}><span>${act.title}</span>${options.plain ? kbd(act.key) : nothing}</button>`;
}

/**
 * @param {object} options
 * @param {string} options.title "No items yet"
 * @param {unknown} options.text one or two sentences: what belongs here, how it comes here
 * @param {import("./keys.js").Act[]} [options.acts] the next steps
 */
export function empty({ title, text, acts }) {
  return html`<div class="empty"><h2>${title}</h2><p>${text}</p><div class="empty-acts">${acts?.map((act) => button(act))}</div></div>`;
}

/**
 * A small square: blue for features, orange for production, olive for the buffer, an empty one for unsorted.
 * @param {"is-feature" | "is-production" | "is-buffer" | ""} tone
 * @param {string} label "bug, critical"
 */
export function mark(tone, label) {
  return html`<span class="mark ${tone}" role="img" aria-label=${label} title=${label}></span>`;
}
