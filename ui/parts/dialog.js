// @ts-check
/**
 * Dialogs: a question with buttons, and a form that sends a command.
 *
 * 1. Esc closes without doing anything; the focus goes back to where it was. While a form is sent neither Esc nor Cancel pretends to stop it.
 * 2. A form stays open when it is refused: the message stands at the field that Rust named, else above the buttons.
 * 3. A button that undo cannot take back is never the one that Enter presses.
 */
import { html, nothing, onRedraw, redraw, render } from "./draw.js";
import { field, halfDateIn } from "./field.js";
import { refusal } from "../host.js";
import { placeNotes } from "./toast.js";

let opened = 0;

/**
 * Opens a dialog; answers what it was closed with, undefined after Esc.
 * @template T
 * @param {{title: string, wide?: boolean, busy?: () => boolean, draw: (close: (value?: T) => void) => unknown}} options `busy`: Esc does nothing
 * @returns {Promise<T | undefined>}
 */
export function openDialog({ title, wide, busy, draw }) {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const dialog = document.createElement("dialog");
    dialog.className = wide ? "dialog is-wide" : "dialog";
    /** @type {T | undefined} */
    let answer;
    const close = (/** @type {T | undefined} */ value) => {
      answer = value;
      dialog.close();
    };
    const titled = `dialog-${(opened += 1)}`;
    const show = () => render(html`<h2 id=${titled}>${title}</h2>${draw(close)}`, dialog);
    const stop = onRedraw(show);
    dialog.setAttribute("aria-labelledby", titled);
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && busy?.()) event.preventDefault();
    });
    dialog.addEventListener("cancel", (event) => {
      if (busy?.()) event.preventDefault();
    });
    dialog.addEventListener("close", () => {
      stop();
      placeNotes();
      render(nothing, dialog);
      dialog.remove();
      if (back instanceof HTMLElement && back.isConnected) back.focus();
      resolve(answer);
    });
    document.body.append(dialog);
    show();
    dialog.showModal();
    placeNotes();
    const start = /** @type {HTMLElement | null} */ (dialog.querySelector("[autofocus]") ?? dialog.querySelector("input, textarea, select") ?? dialog.querySelector(".button.is-main"));
    start?.focus();
    if (start instanceof HTMLInputElement && start.type === "text") start.select();
  });
}

/**
 * Asks yes or no.
 * @param {{title: string, text: unknown, action: string, grave?: boolean}} options `action` names what yes does
 * @returns {Promise<boolean>}
 */
export async function confirm({ title, text, action, grave }) {
  const yes = await openDialog({
    title,
    draw: (/** @type {(value?: boolean) => void} */ close) => html`
      <div class="dialog-text">${text}</div>
      <div class="dialog-buttons">
        <button class="button" ?autofocus=${grave} @click=${() => close()}>Cancel</button>
        <button class="button ${grave ? "is-grave" : "is-main"}" ?autofocus=${!grave} @click=${() => close(true)}>${action}</button>
      </div>`,
  });
  return yes === true;
}

/**
 * @template Values
 * @typedef {object} Form what a form's drawing is given
 * @property {Values} values as typed so far
 * @property {(options: Omit<import("./field.js").FieldOptions, "value" | "error" | "change"> & {name: keyof Values & string}) => unknown} field draws a field bound to its value and its error
 * @property {(change: Partial<Values>) => void} set
 * @property {(name: string) => import("../host.js").Refusal | undefined} error the refusal, for a drawing that shows it at that name by itself
 */

/**
 * Opens a form; answers what `send` answered, undefined when it was closed.
 * @template {Record<string, any>} Values
 * @template T
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.action what the button says
 * @param {Values} options.values to start with
 * @param {boolean} [options.wide]
 * @param {(form: Form<Values>) => unknown} options.draw
 * @param {(values: Values) => Promise<T | null>} options.send runs the command; what it throws is shown in the form; null leaves the form open
 * @returns {Promise<T | undefined>}
 */
export function openForm({ title, action, values, wide, draw, send }) {
  let typed = { ...values };
  /** @type {import("../host.js").Refusal | undefined} */
  let error;
  let sending = false;
  /** @type {Set<string>} names at which the drawing shows an error */
  const shown = new Set();
  /** @type {Form<Values>} */
  const form = {
    get values() {
      return typed;
    },
    set: (change) => {
      typed = { ...typed, ...change };
      // What was refused is being corrected: the sentence about it may no longer hold.
      if (error?.field && error.field in change) error = undefined;
      redraw();
    },
    error: (name) => {
      shown.add(name);
      return error?.field === name ? error : undefined;
    },
    field: (options) => field({ ...options, id: `form-${options.name}`, value: typed[options.name], error: form.error(options.name), change: (value) => form.set(/** @type {Partial<Values>} */ ({ [options.name]: value })) }),
  };
  return openDialog({
    title,
    wide,
    busy: () => sending,
    draw: (/** @type {(value?: T) => void} */ close) => html`
      <form novalidate @submit=${async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        if (sending) return;
        const place = /** @type {HTMLFormElement} */ (event.currentTarget);
        sending = true;
        error = undefined;
        shown.clear();
        redraw();
        try {
          const half = halfDateIn(place);
          if (half) throw half;
          const answer = await send(typed);
          if (answer !== null) close(answer);
        } catch (thrown) {
          error = refusal(thrown);
        }
        sending = false;
        redraw();
        // After the drawing, which marks the field.
        if (error) queueMicrotask(() => /** @type {HTMLElement | null} */ (place.querySelector("[aria-invalid=true]"))?.focus());
      }}>
        ${draw(form)}
        ${error && !shown.has(error.field) ? html`<p class="field-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
        <div class="dialog-buttons">
          <button type="button" class="button" aria-disabled=${sending ? "true" : "false"} @click=${() => { if (!sending) close(); }}>Cancel</button>
          <button type="submit" class="button is-main" aria-disabled=${sending ? "true" : "false"}>${action}</button>
        </div>
      </form>`,
  });
}
