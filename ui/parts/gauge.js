// @ts-check
/**
 * The gauge of the buffer: how it stands, at what pace it is used, what is not known, and what an overflow asks.
 *
 * 1. Whatever shows the buffer shows this, so that it reads the same everywhere.
 * 2. An overflow that is not decided stays in sight with its question; it blocks nothing. Once it is decided the gauge is calm and says what was decided.
 */
import { html, nothing } from "./draw.js";
import { bar } from "./bars.js";
import { button } from "./button.js";
import { hoursText, unbroken } from "./text.js";

/** @typedef {import("./keys.js").Act} Act */

/** @type {Record<BufferState, string>} */
const stands = { free: "Free", inUse: "In use", overflowing: "Overflowing" };

/**
 * Whether the buffer overflows and something about it is still to be decided.
 * @param {BufferGauge} gauge
 */
function isGrave({ state, asks, decidedSaid }) {
  return state === "overflowing" && (asks !== null || decidedSaid === null);
}

/**
 * The gauge as a card.
 * @param {BufferGauge} gauge
 * @param {{acts?: (Act | undefined)[], title?: string, more?: unknown}} [options] `acts`: what can be done about it, beside the words; `more`:
 *   what else is to be known of the hours
 */
export function gaugeCard(gauge, { acts = [], title = gauge.lane, more = nothing } = {}) {
  return html`<section class="card gauge" aria-labelledby="gauge-title">
    <div class="card-head"><h2 id="gauge-title">${title}</h2><span class="is-quiet">${gauge.kept === null ? `${gauge.share / 100} %` : `${hoursText(gauge.kept)} kept`}</span></div>
    ${bar({ title: stands[gauge.state], tone: "is-buffer", said: gauge.said, load: gauge.kept === null ? null : gauge.used, budget: gauge.kept, over: isGrave(gauge) })}
    ${gauge.decidedSaid ? html`<p>${unbroken(gauge.decidedSaid)}</p>` : nothing}
    ${gauge.paceSaid ? html`<p>${unbroken(gauge.paceSaid)}</p>` : nothing}
    ${gauge.unknownSaid ? html`<p class="is-quiet">${gauge.unknownSaid}</p>` : nothing}
    <p class="is-quiet">${gauge.cameSaid}</p>
    ${more}
    ${acts.some(Boolean) ? html`<div class="card-acts">${acts.map((act) => button(act, { plain: true }))}</div>` : nothing}
  </section>`;
}

/**
 * The gauge in a line, where another Sprint is looked at.
 * @param {BufferGauge} gauge
 */
export function gaugeLine(gauge) {
  return html`<p class="gauge-line"><a href="#/interrupts">${gauge.lane} of ${gauge.sprint.name}</a>
    <span class=${isGrave(gauge) ? "is-grave" : "is-quiet"}>${unbroken(gauge.paceSaid ? `${gauge.said}. ${gauge.paceSaid}` : gauge.said)}</span></p>`;
}

/**
 * What an overflow asks, until it is decided.
 * @param {BufferGauge | null} gauge
 * @param {Act | undefined} decide
 */
export function overflowBanner(gauge, decide) {
  if (!gauge?.asks) return nothing;
  return html`<div class="overflow" role="status"><p>${unbroken(gauge.asks.said)}</p>${button(decide)}</div>`;
}
