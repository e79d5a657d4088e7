// @ts-check
/**
 * The command palette and the sheet of keys: everything that can be done here, by name.
 *
 * 1. Both read the commands that the screens declare, and only those that are offered now. The palette holds those of the other screens too, with
 *    the name of their screen; they come a moment later, so that nobody waits for it to open.
 * 2. The best match comes first: the item with that label, a title that begins with what was typed, a label that begins so, a title with words that
 *    begin so, one that holds it, one with its letters in their order. A screen that one
 *    can go to counts by its own name. Among equals the order is this screen, the window, the other screens, items.
 * 3. Items are asked of the screens that can find some; a slow answer to an older text is dropped. An item whose title has the words comes before
 *    one whose description has them, and an open one before one that is done.
 */
import { html, nothing, redraw } from "./draw.js";
import { openDialog } from "./dialog.js";
import { isOffered, kbd } from "./keys.js";
import { fail, perform } from "./toast.js";

/** @typedef {{title: string, note?: string, ended?: boolean, run: () => void | Promise<unknown>}} Found */
/** @typedef {import("./keys.js").Act & {note?: string}} Offer a command; `note` names the screen it belongs to, when that is not shown */

const most = 40;
/** Of an item that was found by something else than its title. */
const elsewhere = 1;

/**
 * Opens the palette.
 * @param {Offer[]} acts
 * @param {(text: string) => Promise<Found[]>} find looks for items
 * @param {Promise<Offer[]>} others commands of the other screens
 */
export async function openPalette(acts, find, others) {
  let offered = acts.filter(isOffered);
  let text = "";
  let at = 0;
  /** @type {Found[]} */
  let items = [];

  const matching = () => [
    ...offered.map((act) => ({ title: act.title, key: act.key, note: act.note ?? "", ended: false, score: commandScore(act.title, text), run: () => perform(act) })),
    ...items.map((found) => ({
      title: found.title, key: undefined, note: found.note ?? "", ended: found.ended ?? false, score: itemScore(found, text),
      run: () => perform({ id: "", title: "", run: found.run }),
    })),
  ].filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || Number(a.ended) - Number(b.ended)).slice(0, most);

  others.then((more) => {
    offered = [...offered, ...more.filter(isOffered)];
    redraw();
  }, fail);

  const chosen = await openDialog({
    title: "Commands",
    draw: (/** @type {(value?: {run: () => unknown}) => void} */ close) => {
      const rows = matching();
      at = Math.max(0, Math.min(at, rows.length - 1));
      const choose = (/** @type {number} */ index) => {
        const row = rows[index];
        if (row) close(row);
      };
      return html`<div class="palette">
        <input type="text" role="combobox" aria-expanded="true" aria-controls="palette-rows" aria-label="Command or item" aria-activedescendant=${rows.length ? `palette-${at}` : nothing}
          placeholder="Type a command or an item" autofocus autocomplete="off" spellcheck="false"
          @input=${async (/** @type {InputEvent} */ event) => {
            const typed = (text = /** @type {HTMLInputElement} */ (event.currentTarget).value);
            at = 0;
            redraw();
            await new Promise((resolve) => setTimeout(resolve, 90));
            if (typed !== text) return;
            try {
              const found = typed.trim() ? await find(typed) : [];
              if (typed === text) items = found;
            } catch (error) {
              fail(error);
            }
            redraw();
          }}
          @keydown=${(/** @type {KeyboardEvent} */ event) => {
            if (event.isComposing) return;
            if (event.key === "ArrowDown") at = (at + 1) % Math.max(1, rows.length);
            else if (event.key === "ArrowUp") at = (at - 1 + rows.length) % Math.max(1, rows.length);
            else if (event.key === "Enter") choose(at);
            else return;
            event.preventDefault();
            redraw();
            queueMicrotask(() => document.getElementById(`palette-${at}`)?.scrollIntoView({ block: "nearest" }));
          }}>
        <div id="palette-rows" class="palette-rows" role="listbox" aria-label="Commands and items">
          ${rows.map((row, index) => html`<div id="palette-${index}" role="option" class="palette-row" aria-selected=${index === at ? "true" : "false"}
            @pointermove=${() => { if (at !== index) { at = index; redraw(); } }} @click=${() => choose(index)}>
            <span>${row.title}</span>${row.note ? html`<span class="is-quiet">${row.note}</span>` : nothing}${kbd(row.key)}</div>`)}
          ${rows.length === 0 ? html`<p class="list-note">Nothing has this name.</p>` : nothing}
        </div>
      </div>`;
    },
  });
  await chosen?.run();
}

/**
 * Opens the sheet of keys.
 * @param {{title: string, acts: Pick<import("./keys.js").Act, "key" | "title" | "quiet">[]}[]} groups
 */
export async function openKeys(groups) {
  const lists = [{ title: "In a list", acts: [
    ["up", "Go up and down; with ⇧ pick a range, with Ctrl only go"], ["space", "Pick or leave out this row"], ["ctrl+a", "Pick all"],
    ["enter", "Open"], ["alt+up", "Move up; with ↓ down, where the order can be changed"], ["escape", "Pick none"],
  ].map(([key, title]) => ({ key, title })) }];
  const shown = [...groups.map(({ title, acts }) => ({ title, acts: acts.filter((act) => act.key && !act.quiet) })), ...lists].filter(({ acts }) => acts.length > 0);
  await openDialog({
    title: "Keys",
    wide: true,
    draw: (/** @type {(value?: undefined) => void} */ close) => html`
      <div class="keys-all" tabindex="0" role="group" aria-label="Keys and what they do"><div class="keys">${shown.map(({ title, acts }) => html`<section><h3>${title}</h3><dl>
        ${acts.map((act) => html`<dt>${kbd(act.key)}</dt><dd>${act.title}</dd>`)}</dl></section>`)}</div></div>
      <div class="dialog-buttons"><button class="button is-main" autofocus @click=${() => close()}>Close</button></div>`,
  });
}

/**
 * How well an item matches: by words of its title or by its label, else by what the title does not say.
 * @param {Found} found
 * @param {string} text
 */
function itemScore({ title, note = "" }, text) {
  const wanted = text.trim().toLowerCase();
  const label = (note.split(" ")[0] ?? "").toLowerCase();
  const best = Math.max(score(title, text), label === wanted ? 200 : label.startsWith(wanted) ? 90 : 0);
  return best >= 50 ? best : elsewhere;
}

/**
 * How well a command matches: who types the name of a screen wants to go there.
 * @param {string} title
 * @param {string} text
 */
function commandScore(title, text) {
  return Math.max(score(title, text), score(title.replace(/^Go to /u, ""), text));
}

/**
 * How well a title matches, 0 when it does not.
 * @param {string} title
 * @param {string} text
 */
function score(title, text) {
  const wanted = text.trim().toLowerCase();
  const there = title.toLowerCase();
  if (wanted === "") return 2;
  if (there.startsWith(wanted)) return 100;
  const parts = there.split(/[^\p{L}\p{N}]+/u);
  if (wanted.split(/[^\p{L}\p{N}]+/u).every((word) => parts.some((part) => part.startsWith(word)))) return 80;
  if (there.includes(wanted)) return 50;
  let at = 0;
  let words = 0;
  for (const letter of wanted) {
    if (letter === " ") continue;
    const next = there.indexOf(letter, at);
    if (next < 0) return 0;
    if (next === 0 || there[next - 1] === " ") words += 1;
    at = next + 1;
  }
  return 2 + words;
}
