// @ts-check
/**
 * A field: label, input, hint, and the error where it was typed.
 *
 * 1. The error is what Rust refused, shown when it names this field. The window has one rule of its own: a date that is not written to its end
 *    is refused when it is left, for WebKit tells Rust nothing of it.
 * 2. A field that saves by itself keeps what was typed when it is refused; Esc brings back what is saved. A choice that is gone through with
 *    the keys is saved when it is left or Enter is pressed, as text is.
 * 3. A value is text as typed; a check box gives true or false. Empty is "not set", never zero.
 */
import { html, live, nothing, redraw } from "./draw.js";
import { onOpened, Refusal, refusal } from "../host.js";

/**
 * @typedef {object} FieldOptions
 * @property {string} name as Rust names it in an error
 * @property {string} label
 * @property {string} [id] when the same name occurs more than once in the page
 * @property {"text" | "number" | "date" | "time" | "area" | "choice" | "check"} [type] default text; dates are `YYYY-MM-DD`
 * @property {any} value
 * @property {{value: string, title: string}[]} [choices] of type choice
 * @property {string} [hint]
 * @property {string} [unit] after the input: "h", "%"
 * @property {string} [placeholder]
 * @property {number | string} [min]
 * @property {number | string} [max]
 * @property {number | string} [step]
 * @property {boolean} [narrow] as wide as a number needs
 * @property {boolean} [bare] no visible label (a table's head names it); fits a row
 * @property {boolean} [still] looks like text until it is pointed at or typed in: for pages that are read more than edited
 * @property {boolean} [required] Rust refuses it when it is empty: said to screen readers
 * @property {boolean} [autofocus]
 * @property {import("../host.js").Refusal | undefined} [error]
 * @property {(value: any) => void} [change] while it is typed
 * @property {(value: any) => void} [done] when it was left or Enter was pressed
 */

/** @param {FieldOptions} options */
export function field(options) {
  const id = options.id ?? options.name;
  const error = isHalf(id) ? halfDate(options.name) : options.error?.field === options.name ? options.error : undefined;
  const described = [options.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return html`<div class="field ${options.narrow ? "is-narrow" : ""} ${options.type === "check" ? "is-check" : ""} ${options.still ? "is-still" : ""} ${options.bare ? "is-inline" : ""}">
    <label for=${id} class=${options.bare ? "is-hidden" : ""}>${options.label}</label>
    <span class="field-input">${input(options, id, described, error !== undefined)}${options.unit ? html`<span class="field-unit">${options.unit}</span>` : nothing}</span>
    ${options.hint ? html`<p class="field-hint" id="${id}-hint">${options.hint}</p>` : nothing}
    ${error ? html`<p class="field-error" id="${id}-error" role="alert">${error.message} ${error.hint}</p>` : nothing}
  </div>`;
}

/**
 * @param {FieldOptions} options
 * @param {string} id
 * @param {string} described
 * @param {boolean} wrong
 */
function input(options, id, described, wrong) {
  const change = (/** @type {Event} */ event) => options.change?.(valueOf(event.currentTarget));
  const done = (/** @type {Event} */ event) => { if (!isBad(event.currentTarget)) options.done?.(valueOf(event.currentTarget)); };
  const typed = (/** @type {Event} */ event) => {
    if (half.has(id) && !isBad(event.currentTarget)) {
      half.delete(id);
      redraw();
    }
    change(event);
  };
  const left = (/** @type {Event} */ event) => {
    if (isBad(event.currentTarget) === half.has(id)) return;
    if (!half.delete(id)) half.add(id);
    redraw();
  };
  const describe = described || nothing;
  const invalid = wrong ? "true" : "false";
  switch (options.type) {
    case "area":
      return html`<textarea id=${id} name=${options.name} rows="4" .value=${options.value ?? ""} placeholder=${options.placeholder ?? nothing} ?autofocus=${options.autofocus}
        aria-describedby=${describe} aria-invalid=${invalid} @input=${change} @change=${done}></textarea>`;
    case "choice":
      return html`<select id=${id} name=${options.name} aria-describedby=${describe} aria-invalid=${invalid} ?autofocus=${options.autofocus}
        @change=${(/** @type {Event} */ event) => { change(event); done(event); }}>
        ${options.choices?.map((choice) => html`<option value=${choice.value} .selected=${live(choice.value === options.value)}>${choice.title}</option>`)}</select>`;
    case "check":
      return html`<input id=${id} name=${options.name} type="checkbox" .checked=${Boolean(options.value)} aria-describedby=${describe} aria-invalid=${invalid}
        @change=${(/** @type {Event} */ event) => { change(event); done(event); }}>`;
    case "number":
      // A text field with a numeric keyboard: a number field answers nothing at all for "0,5", and then Rust could not say what is wrong.
      return html`<input id=${id} name=${options.name} type="text" inputmode="decimal" autocomplete="off" class="is-number" .value=${String(options.value ?? "")}
        placeholder=${options.placeholder ?? nothing} ?autofocus=${options.autofocus} aria-describedby=${describe} aria-invalid=${invalid} @input=${change} @change=${done}>`;
    default:
      return html`<input id=${id} name=${options.name} type=${options.type ?? "text"} class=${(options.value ?? "") === "" && !isHalf(id) ? "is-unset" : ""} autocomplete="off" .value=${String(options.value ?? "")}
        placeholder=${options.placeholder ?? nothing} min=${options.min ?? nothing} max=${options.max ?? nothing} step=${options.step ?? nothing} ?autofocus=${options.autofocus} aria-required=${options.required ? "true" : nothing}
        aria-describedby=${describe} aria-invalid=${invalid} @input=${typed} @change=${done} @focusout=${left}>`;
  }
}

/** @type {Set<string>} fields that were left with a part of a date */
const half = new Set();

/** @param {EventTarget | null} target */
function isBad(target) {
  return target instanceof HTMLInputElement && target.validity.badInput;
}

/** @param {string} id */
function isHalf(id) {
  return half.has(id) && isBad(document.getElementById(id));
}

/** @param {string} name of the field */
function halfDate(name) {
  return new Refusal({ kind: "refused", message: "Write the whole date.", hint: "Day, month and year; or empty the field.", field: name });
}

/**
 * The refusal of the first date in a form that is not written to its end, if any.
 * @param {HTMLFormElement} form
 */
export function halfDateIn(form) {
  const found = [...form.querySelectorAll("input")].find(isBad);
  return found && halfDate(found.name);
}

/** @param {EventTarget | null} target */
function valueOf(target) {
  if (target instanceof HTMLInputElement) return target.type === "checkbox" ? target.checked : target.value;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ? target.value : "";
}

/** @type {Map<string, import("../host.js").Refusal>} errors of fields that save by themselves */
const refused = new Map();
/** @type {{id: string, value: string} | null} the choice that the keys go through */
let going = null;

function forget() {
  refused.clear();
  half.clear();
  going = null;
}

addEventListener("hashchange", forget);
onOpened(forget);

/**
 * A field that saves by itself, when it is left or Enter is pressed.
 * @param {Omit<FieldOptions, "error" | "change" | "done"> & {save: (value: any) => Promise<unknown>}} options `save` runs the command; what it throws is shown at the field
 */
export function savedField(options) {
  const id = options.id ?? options.name;
  const saved = options.value ?? "";
  const save = async (/** @type {any} */ value) => {
    refused.delete(id);
    try {
      if (value !== saved) await options.save(value);
    } catch (thrown) {
      // Whatever was refused, this field asked for it.
      refused.set(id, new Refusal({ ...refusal(thrown), message: refusal(thrown).message, field: options.name }));
    }
    redraw();
  };
  const choose = () => {
    if (going?.id !== id) return;
    const { value } = going;
    going = null;
    void save(value);
  };
  return html`<div class="saved" @focusout=${choose} @keydown=${(/** @type {KeyboardEvent} */ event) => {
    const target = event.target;
    if (event.isComposing) return;
    if (target instanceof HTMLSelectElement) {
      if (event.key === "Enter") choose();
      else if (event.key === "Escape" && going?.id === id) going = null;
      // A key that changes the choice does so before anything else happens; one that opens the list leaves the choosing to it.
      else return void watchKey();
      event.preventDefault();
      event.stopPropagation();
      redraw();
    }
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || target.type === "checkbox") return;
    if (event.key === "Enter" && (target instanceof HTMLInputElement || event.ctrlKey)) {
      // Leaving it saves it; the focus stays.
      target.blur();
      target.focus();
      if (target instanceof HTMLInputElement) target.select();
    } else if (event.key === "Escape") {
      // A part of a date is no value: WebKit takes it away only when the value changes.
      if (isBad(target)) target.value = "2000-01-01";
      target.value = String(saved);
      refused.delete(id);
      target.blur();
      /** @type {HTMLElement | null} */ (document.querySelector("dialog[open]") ?? document.querySelector("main [data-start]") ?? document.querySelector("main"))?.focus({ preventScroll: true });
      redraw();
    }
  }}>${field({
    ...options,
    value: going?.id === id ? going.value : options.value,
    error: refused.get(id),
    done: (value) => {
      if (byKey && options.type === "choice") going = { id, value };
      else void save(value);
    },
  })}</div>`;
}

/** Whether what happens now was done by the key that is pressed now. */
let byKey = false;

function watchKey() {
  byKey = true;
  setTimeout(() => { byKey = false; });
}
