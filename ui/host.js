// @ts-check
/**
 * The only door to Rust: the three calls, the events, and the one mechanism that asks again.
 *
 * 1. Nothing else in the window touches `__TAURI__`.
 * 2. Whatever goes wrong is thrown as a `Refusal` with kind, message, hint and field; nobody parses a message.
 * 3. After every command that succeeded, and after every `changed` event, all that is on screen asks again.
 * 4. What a module keeps beside the address belongs to one team: it is forgotten by `onOpened`.
 */

/** What Rust refused or could not do. `message` says what happened, `hint` what to do, `field` where the cause was typed. */
export class Refusal extends Error {
  /** @param {{kind?: string, message: string, hint?: string | null, field?: string | null}} error */
  constructor(error) {
    super(error.message);
    this.kind = error.kind ?? "internal";
    this.hint = error.hint ?? "";
    this.field = error.field ?? "";
  }
}

/** @typedef {{attachment?: string, onProgress?: (progress: Progress) => void, signal?: AbortSignal}} Options of a call that may take long */

/**
 * Runs a command and makes everything on screen ask again.
 *
 * `attachment` is the handle of a picked file. `onProgress` hears how far a long command is.
 * Aborting `signal` cancels: the command is refused with kind `cancelled` and leaves no trace.
 * @param {Command} command
 * @param {Options} [options]
 * @returns {Promise<Outcome>}
 */
export async function run(command, options = {}) {
  const outcome = await work("run", { command }, options);
  refresh();
  return outcome;
}

/**
 * Asks a query. Nothing changes by asking; progress and cancelling are as with `run`.
 * @template {Query} Q
 * @param {Q} query
 * @param {Options} [options]
 * @returns {Promise<AnswerTo<Q>>} the view
 */
export function ask(query, options = {}) {
  return work("ask", { query }, options);
}

/**
 * @param {string} call
 * @param {Record<string, unknown>} body
 * @param {Options} options
 */
async function work(call, body, { attachment, onProgress, signal }) {
  const tauri = shell();
  const token = crypto.randomUUID();
  const progress = new tauri.core.Channel();
  progress.onmessage = (/** @type {Progress} */ step) => onProgress?.(step);
  const cancel = () => void host({ cancel: { token } });
  if (signal?.aborted) throw new Refusal({ kind: "cancelled", message: "The work was stopped." });
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await invoke(call, { ...body, attachment: attachment ?? null, token, progress });
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/**
 * Asks for what only a desktop has: windows, files, recent teams, the theme.
 * @template {HostRequest} R
 * @param {R} request
 * @returns {Promise<ReplyTo<R>>}
 */
export function host(request) {
  return invoke("host", { request });
}

/**
 * Listens to an event of the shell (`menu`, `changed`, `opened`, `theme`); answers a function that stops listening.
 * @param {string} event
 * @param {(payload: any) => void} listener
 * @returns {Promise<() => void>}
 */
export function on(event, listener) {
  return shell().event.listen(event, (/** @type {{payload: unknown}} */ { payload }) => listener(payload));
}

/** @type {Set<() => unknown>} */
const listeners = new Set();
/** @type {Set<() => void>} */
const openers = new Set();
let count = 0;
/** @type {Promise<unknown>} */
let asking = Promise.resolve();

/** Makes everything on screen ask again: drops what was answered so far and tells those who listen. */
export function refresh() {
  count += 1;
  asking = Promise.all([...listeners].map((listener) => listener()));
}

/** Waits until all that is on screen has asked again and shows the answers. */
export async function refreshed() {
  for (let last; last !== asking; await last) last = asking;
}

/** Another team is in this window: what was typed, picked and chosen for the one before is forgotten. */
export function opened() {
  for (const forget of openers) forget();
}

/** @param {() => void} forget called when another team is in this window */
export function onOpened(forget) {
  openers.add(forget);
}

/** How often the answers were dropped; an answer belongs to the generation in which it was asked. */
export function generation() {
  return count;
}

/** @param {() => unknown} listener called after every `refresh`; a promise it answers is waited for by `refreshed` */
export function onRefresh(listener) {
  listeners.add(listener);
}

/**
 * @param {string} call
 * @param {Record<string, unknown>} parameters
 * @returns {Promise<any>}
 */
async function invoke(call, parameters) {
  try {
    return await shell().core.invoke(call, parameters);
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * @param {unknown} error
 * @returns {Refusal}
 */
export function refusal(error) {
  if (error instanceof Refusal) return error;
  if (error instanceof Error) return new Refusal({ message: error.message });
  if (typeof error === "object" && error !== null && "message" in error) {
    return new Refusal(/** @type {{message: string}} */ (error));
  }
  return new Refusal({ message: String(error) });
}

/** @returns {any} */
function shell() {
  const tauri = /** @type {any} */ (globalThis).__TAURI__;
  if (!tauri) {
    throw new Refusal({ kind: "internal", message: "This page is not in the Evenkeel window.", hint: "Start the Evenkeel program." });
  }
  return tauri;
}
