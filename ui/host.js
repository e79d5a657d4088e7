// @ts-check
/**
 * The only door to Rust: the three calls, the events, and the one mechanism that asks again.
 *
 * 1. Nothing else in the window touches `__TAURI__`.
 * 2. Whatever goes wrong is thrown as a `Refusal` with kind, message, hint and field; nobody parses a message.
 * 3. After every command that succeeded, and after every `changed` event, all that is on screen asks again.
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

/**
 * Runs a command and makes everything on screen ask again.
 *
 * `attachment` is the handle of a picked file. `onProgress` hears how far a long command is.
 * Aborting `signal` cancels: the command is refused with kind `cancelled` and leaves no trace.
 * @param {Command} command
 * @param {{attachment?: string, onProgress?: (progress: Progress) => void, signal?: AbortSignal}} [options]
 * @returns {Promise<Outcome>}
 */
export async function run(command, options = {}) {
  const tauri = shell();
  const token = crypto.randomUUID();
  const progress = new tauri.core.Channel();
  progress.onmessage = (/** @type {Progress} */ step) => options.onProgress?.(step);
  const cancel = () => void host({ cancel: { token } });
  options.signal?.addEventListener("abort", cancel, { once: true });
  try {
    const outcome = await invoke("run", { command, attachment: options.attachment ?? null, token, progress });
    refresh();
    return outcome;
  } finally {
    options.signal?.removeEventListener("abort", cancel);
  }
}

/**
 * Asks a query. Nothing changes by asking.
 * @template {Query} Q
 * @param {Q} query
 * @param {{attachment?: string}} [options]
 * @returns {Promise<AnswerTo<Q>>} the view
 */
export function ask(query, options = {}) {
  return invoke("ask", { query, attachment: options.attachment ?? null });
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

/** @type {Set<() => void>} */
const listeners = new Set();
let count = 0;

/** Makes everything on screen ask again: drops what was answered so far and tells those who listen. */
export function refresh() {
  count += 1;
  for (const listener of listeners) listener();
}

/** How often the answers were dropped; an answer belongs to the generation in which it was asked. */
export function generation() {
  return count;
}

/** @param {() => void} listener called after every `refresh` */
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
