// @ts-check
/**
 * Short notes at the lower edge, and the way in which commands are run from buttons, keys and menus.
 *
 * 1. Every note goes away by itself, but not while it is pointed at or has the focus. What went wrong stays longer, until the next success at most;
 *    with another team in the window all of them go.
 * 2. Undo beside a success takes back what was said there or nothing: the button goes when another operation comes, and Rust refuses one that is
 *    no longer the latest.
 * 3. Notes are read out: success politely, errors at once.
 */
import { html, render, repeat } from "./draw.js";
import { onOpened, onRefresh, refusal, run } from "../host.js";

/** @typedef {{id: number, text: string, hint: string, grave: boolean, action?: {title: string, run: () => unknown}}} Note */

/** @type {Note[]} */
let notes = [];
let count = 0;

// Something was done, here or elsewhere: what is said from now on comes after it.
onRefresh(() => {
  if (!notes.some(({ action }) => action)) return;
  notes = notes.map((note) => ({ ...note, action: undefined }));
  draw();
});

onOpened(() => {
  notes = [];
  draw();
});

/**
 * Says what happened.
 * @param {string} text
 * @param {{title: string, run: () => unknown}} [action] a button beside it
 */
export function say(text, action) {
  notes = [];
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
    sayDone(outcome, said);
    return outcome;
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/**
 * Says what a command did and offers Undo.
 * @param {Outcome} outcome
 * @param {string} [said] as in `act`
 */
export function sayDone(outcome, said) {
  if (outcome.operation === null) say(outcome.note ?? "Nothing to change");
  else say([said ?? outcome.title, outcome.note].filter(Boolean).join(". "), { title: "Undo", run: () => undo(outcome.operation) });
}

/** @type {Set<string>} the commands that are under way */
const running = new Set();

/**
 * Runs a command of a screen and says what went wrong, if anything; one that is still under way is not begun again.
 * @param {import("./keys.js").Act} command
 */
export async function perform(command) {
  if (command.id !== "" && running.has(command.id)) return;
  running.add(command.id);
  try {
    await command.run();
  } catch (error) {
    fail(error);
  } finally {
    running.delete(command.id);
  }
}

/**
 * Takes back the last operation.
 * @param {number | null} [operation] takes back this one or nothing
 */
export async function undo(operation) {
  try {
    const outcome = await run({ journal: { undo: operation ? { operation } : {} } });
    say(`Undid “${outcome.title.replace(/^Undo /, "")}”`, { title: "Redo", run: () => redo(outcome.operation) });
  } catch (error) {
    fail(error);
  }
}

/**
 * Does again what was taken back last.
 * @param {number | null} [operation] of the undo: does again what this one took back, or nothing
 */
export async function redo(operation) {
  try {
    const outcome = await run({ journal: { redo: operation ? { operation } : {} } });
    say(`Did “${outcome.title.replace(/^Redo /, "")}” again`, { title: "Undo", run: () => undo(outcome.operation) });
  } catch (error) {
    fail(error);
  }
}

/** @param {Omit<Note, "id">} note */
function add(note) {
  const id = (count += 1);
  // What is said again is said once.
  notes = [...notes.filter(({ text, hint }) => text !== note.text || hint !== note.hint).slice(-2), { id, ...note }];
  draw();
  letGo(id, note.grave ? 12000 : note.action ? 9000 : 5000);
}

/**
 * Closes a note after a while; one that is read or reached for waits.
 * @param {number} id
 * @param {number} wait in milliseconds
 */
function letGo(id, wait) {
  setTimeout(() => {
    const note = document.getElementById(`note-${id}`);
    if (note?.matches(":hover, :focus-within")) letGo(id, 3000);
    else close(id);
  }, wait);
}

/** @param {number} id */
function close(id) {
  if (!notes.some((note) => note.id === id)) return;
  const focused = document.activeElement?.closest(".note") !== null;
  notes = notes.filter((note) => note.id !== id);
  draw();
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector("dialog[open] :is(input, textarea, select, button)") ?? document.querySelector("[data-start]"))?.focus();
}

function draw() {
  const place = document.getElementById("notes");
  if (!place) return;
  const drawn = (/** @type {boolean} */ grave) => repeat(notes.filter((note) => note.grave === grave), (note) => note.id, (note) => html`
    <div id="note-${note.id}" class="note ${note.grave ? "is-grave" : ""}">
      <p>${note.text}${note.hint ? html` <span>${note.hint}</span>` : ""}</p>
      ${note.action ? html`<button @click=${() => { close(note.id); void note.action?.run(); }}>${note.action.title}</button>` : ""}
      <button class="note-close" aria-label="Close" @click=${() => close(note.id)}>×</button>
    </div>`);
  render(html`<div role="alert">${drawn(true)}</div><div role="status">${drawn(false)}</div>`, place);
}

/** Puts the notes into the uppermost dialog, where they are seen and can be clicked; screen readers know their place before anything is said. */
export function placeNotes() {
  const notes = document.getElementById("notes");
  const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (!notes) return;
  if (notes.parentElement !== place) place.append(notes);
  if (!notes.matches(":popover-open")) notes.showPopover();
}

placeNotes();
draw();
