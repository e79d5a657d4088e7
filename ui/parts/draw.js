// @ts-check
/**
 * Drawing: lit-html, and the two things of ours that the content security policy asks for.
 *
 * 1. Everything people typed reaches the page as text, never as markup.
 * 2. Widths, positions and other numbers reach the styles through `vars` only; a template holds no `style=`.
 * 3. Markup reaches the page through `picture` only, and only charts that Rust drew.
 * 4. A redraw is asked for, never done in place; many asked at once are one.
 */
import { html as lit, noChange } from "../vendor/lit-html/lit-html.js";
import { Directive, directive } from "../vendor/lit-html/directive.js";

export { html, svg, nothing, render } from "../vendor/lit-html/lit-html.js";
export { repeat } from "../vendor/lit-html/directives/repeat.js";
export { live } from "../vendor/lit-html/directives/live.js";
export { ref } from "../vendor/lit-html/directives/ref.js";
export { keyed } from "../vendor/lit-html/directives/keyed.js";

/** @typedef {import("../vendor/lit-html/lit-html.js").TemplateResult} Template */

/**
 * Words for screen readers only: the title of a column that shows signs.
 * @param {string} words
 */
export function unseen(words) {
  return lit`<span class="is-hidden">${words}</span>`;
}

class Vars extends Directive {
  /** @type {string[]} */
  names = [];

  /** @param {Record<string, string | number>} _values */
  render(_values) {
    return noChange;
  }

  /**
   * @param {{element: HTMLElement}} part
   * @param {[Record<string, string | number>]} values
   */
  update(part, [values]) {
    for (const name of this.names) if (!(name in values)) part.element.style.removeProperty(name);
    for (const [name, value] of Object.entries(values)) part.element.style.setProperty(name, String(value));
    this.names = Object.keys(values);
    return noChange;
  }
}

/** Sets properties of an element's style: `<div ${vars({ "--share": "40%" })}>`. Only custom properties, so that looks stay in the style sheets. */
export const vars = directive(Vars);

const trusted = /** @type {any} */ (globalThis).trustedTypes;
/** @type {{createHTML(text: string): string}} */
const policy = trusted?.createPolicy("svg", { createHTML: (/** @type {string} */ text) => text }) ?? { createHTML: (text) => text };

class Picture extends Directive {
  shown = "";

  /** @param {string} _svg */
  render(_svg) {
    return noChange;
  }

  /**
   * @param {{element: HTMLElement}} part
   * @param {[string]} values
   */
  update(part, [svg]) {
    if (svg !== this.shown) {
      this.shown = svg;
      part.element.innerHTML = svg.startsWith("<svg") ? policy.createHTML(svg) : policy.createHTML("");
    }
    return noChange;
  }
}

/** Fills an element with a chart's SVG that Rust drew: `<div ${picture(chart.svg)}></div>`. Anything that is not an SVG is left out. */
export const picture = directive(Picture);

/** @type {Set<() => void>} */
const listeners = new Set();
let asked = false;

/** Asks for a redraw of the window from what it already knows; nothing is asked of Rust. */
export function redraw() {
  if (asked) return;
  asked = true;
  // A microtask, not an animation frame: a window that is still hidden gets no frames.
  queueMicrotask(() => {
    asked = false;
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        // One mistake hinders no other drawing, and is said.
        reportError(error);
      }
    }
  });
}

/**
 * @param {() => void} listener called at every redraw
 * @returns {() => void} stops listening
 */
export function onRedraw(listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
