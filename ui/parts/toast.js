// @ts-check
/**
 * Short notes at the lower edge, and the way in which commands are run from buttons, keys and menus.
 *
 * 1. Success is said quietly and goes away by itself; what went wrong stays until it is closed.
 * 2. Only the newest success offers Undo, because Undo takes back the last operation.
 * 3. Notes are read out: success politely, errors at once.
 */
import { html, render, repeat } from "./draw.js";
import { refusal, run } from "../host.js";

/** @typedef {{id: number, text: string, hint: string, grave: boolean, action?: {title: string, run: () => unknown}}} Note */

/** @type {Note[]} */
let notes = [];
let count = 0;

/**
 * Says what happened.
 * @param {string} text
 * @param {{title: string, run: () => unknown}} [action] a button beside it
 */
export function say(text, action) {
  notes = notes.filter((note) => note.grave);
  add({ text, hint: "", grave: false, action });
}

/**
 * Says what went wrong, with what to do.
 * @param {unknown} error
 */
export function fail(error) {
  const { kind, message, hint } = refusal(error);
  if (kind !== "cancelled") add({ text: message, hint, grave: true });
}

/**
 * Runs a command of Rust, says so and offers Undo; what went wrong is said too.
 * @param {Command} command
 * @param {string} [said] what is said on success: "Sprint 43 started"; else the title of the operation
 * @param {Parameters<typeof run>[1]} [options]
 * @returns {Promise<Outcome | undefined>} nothing when it was refused
 */
export async function act(command, said, options) {
  try {
    const outcome = await run(command, options);
    if (outcome.operation === null) say(outcome.note ?? "Nothing to change");
    else say([said ?? outcome.title, outcome.note].filter(Boolean).join(". "), { title: "Undo", run: () => undo(outcome.title) });
    return outcome;
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/**
 * Runs a command of a screen and says what went wrong, if anything.
 * @param {import("./keys.js").Act} command
 */
export async function perform(command) {
  try {
    await command.run();
  } catch (error) {
    fail(error);
  }
}

/**
 * Takes back the last operation.
 * @param {string} [title] of that operation, when it is known
 */
export async function undo(title) {
  try {
    await run({ journal: { undo: {} } });
    say(title ? `Undid “${title}”` : "Undone", { title: "Redo", run: () => redo(title) });
  } catch (error) {
    fail(error);
  }
}

/**
 * Does again what was taken back last.
 * @param {string} [title] of that operation, when it is known
 */
export async function redo(title) {
  try {
    await run({ journal: { redo: {} } });
    say(title ? `Did “${title}” again` : "Done again", { title: "Undo", run: () => undo(title) });
  } catch (error) {
    fail(error);
  }
}

/** @param {Omit<Note, "id">} note */
function add(note) {
  const id = (count += 1);
  notes = [...notes.slice(-3), { id, ...note }];
  draw();
  if (!note.grave) setTimeout(() => close(id), note.action ? 9000 : 5000);
}

/** @param {number} id */
function close(id) {
  const focused = document.activeElement?.closest(".note") !== null;
  notes = notes.filter((note) => note.id !== id);
  draw();
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector("[data-start]"))?.focus();
}

function draw() {
  const place = document.getElementById("notes");
  if (!place) return;
  const drawn = (/** @type {boolean} */ grave) => repeat(notes.filter((note) => note.grave === grave), (note) => note.id, (note) => html`
    <div class="note ${note.grave ? "is-grave" : ""}">
      <p>${note.text}${note.hint ? html` <span>${note.hint}</span>` : ""}</p>
      ${note.action ? html`<button @click=${() => { close(note.id); void note.action?.run(); }}>${note.action.title}</button>` : ""}
      <button class="note-close" aria-label="Close" @click=${() => close(note.id)}>×</button>
    </div>`);
  // A dialog is above everything but what is shown after it.
  if (place.matches(":popover-open")) place.hidePopover();
  if (notes.length > 0) place.showPopover();
  render(html`<div role="alert">${drawn(true)}</div><div role="status">${drawn(false)}</div>`, place);
}
