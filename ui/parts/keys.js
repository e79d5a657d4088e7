// @ts-check
/**
 * Keys: how a command of a screen is declared, which one a key press means, and how a key is written.
 *
 * 1. A screen's commands are one list; the palette, the sheet of keys, the buttons and the keyboard all read it.
 * 2. A single key never fires while someone types; Enter on a link, a button or a box is its own.
 * 3. A key is written as `s`, `shift+s`, `ctrl+k`, `alt+up`, `?`, or two after each other, `g b`; `ctrl` is the command key on a Mac.
 */
import { html } from "./draw.js";

/**
 * @typedef {object} Act something a screen can do
 * @property {string} id unique among the screen's and the window's
 * @property {string} title what it does, as an imperative: "Select for the Sprint"
 * @property {string} [key] see rule 3
 * @property {() => boolean} [when] whether it makes sense now; absent means always
 * @property {boolean} [quiet] another one of the sheet of keys tells of it
 * @property {boolean} [main] the one that its place emphasises
 * @property {boolean} [checked] whether it is on, for one that is turned on and off
 * @property {boolean} [grave] loses something that undo does not bring back, or ends something
 * @property {() => void | Promise<unknown>} run
 */

const apple = navigator.platform.startsWith("Mac");

/** @type {Record<string, string>} */
const names = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right", " ": "space" };

/**
 * The key press in the words of rule 3.
 * @param {KeyboardEvent} event
 */
export function keyOf(event) {
  const key = names[event.key] ?? event.key.toLowerCase();
  const letter = key.length > 1 || /\p{L}/u.test(key);
  return [
    (apple ? event.metaKey : event.ctrlKey) && "ctrl",
    event.altKey && "alt",
    event.shiftKey && letter && "shift",
    key,
  ].filter(Boolean).join("+");
}

/**
 * Whether the target holds text, in which typing can be undone.
 * @param {EventTarget | null} target
 */
export function isText(target) {
  return isTyping(target) && !(target instanceof HTMLSelectElement);
}

/**
 * Whether the target takes what is typed.
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** @param {Act} act */
export function isOffered(act) {
  return act.when?.() ?? true;
}

const modifiers = new Set(["Shift", "Control", "Alt", "Meta"]);

let first = "";
let firstAt = 0;

/**
 * Whether Enter on the target presses it.
 * @param {EventTarget | null} target
 */
function isPressed(target) {
  return target instanceof Element && target.closest("a, button, summary, input, label") !== null;
}

/**
 * The command that a key press means, if any. After the first of two keys, the other one means the two or nothing.
 * @param {KeyboardEvent} event
 * @param {Act[]} acts the screen's before the window's
 * @returns {Act | undefined}
 */
export function actOf(event, acts) {
  if (event.isComposing || event.getModifierState("AltGraph") || modifiers.has(event.key)) return undefined;
  const key = keyOf(event);
  const single = !key.startsWith("ctrl+") && !/^f\d+$/.test(key);
  if (single && (isTyping(event.target) || (key === "enter" && isPressed(event.target)))) return undefined;
  const before = single && event.timeStamp - firstAt < 1200 ? first : "";
  first = "";
  const wanted = before ? `${before} ${key}` : key;
  const found = acts.find((act) => act.key === wanted && isOffered(act));
  if (!found && acts.some((act) => act.key?.startsWith(`${key} `))) {
    first = key;
    firstAt = event.timeStamp;
  }
  return found;
}

/** @type {Record<string, string>} */
const shown = { ctrl: apple ? "⌘" : "Ctrl", alt: apple ? "⌥" : "Alt", shift: "⇧", up: "↑", down: "↓", left: "←", right: "→", space: "Space", enter: "Enter", escape: "Esc", delete: "Del", home: "Home", end: "End" };

/**
 * A key as people read it: "Ctrl Z", "⇧ S", "G B".
 * @param {string} key
 */
export function keyText(key) {
  return key.split(/(?<=[^ ])\+| /).map((part) => shown[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");
}

/**
 * @param {string | undefined} key
 * @returns {import("./draw.js").Template | string}
 */
export function kbd(key) {
  return key ? html`<kbd>${keyText(key)}</kbd>` : "";
}
