// @ts-check
/**
 * A menu of commands, at a button or at the pointer.
 *
 * 1. It shows only commands that are offered now, each with its key.
 * 2. Arrows, Home, End and first letters move; Enter runs; Esc and a click elsewhere close, and the focus goes back.
 */
import { html, nothing, render } from "./draw.js";
import { isOffered, kbd } from "./keys.js";
import { fail, perform } from "./toast.js";

/**
 * A button that opens a menu.
 * @param {{title: string, label?: string, acts: () => import("./keys.js").Act[] | Promise<import("./keys.js").Act[]>, plain?: boolean, sign?: boolean}} options `label` for screen readers; `acts` may have to be asked for; `sign`: the title is one, and needs no caret
 */
export function menuButton({ title, label, acts, plain, sign }) {
  return html`<button class="button ${plain ? "is-plain" : ""}" aria-haspopup="menu" aria-expanded="false" aria-label=${label ?? nothing} @click=${(/** @type {MouseEvent} */ event) => {
    const owner = /** @type {HTMLElement} */ (event.currentTarget);
    const box = owner.getBoundingClientRect();
    const open = (/** @type {import("./keys.js").Act[]} */ found) => openMenu({ x: box.left, y: box.bottom + 4 }, found, owner);
    const offered = acts();
    if (offered instanceof Promise) void offered.then(open).catch(fail);
    else open(offered);
  }}><span>${title}</span>${sign ? nothing : html`<span class="is-caret" aria-hidden="true">▾</span>`}</button>`;
}

/**
 * Opens a menu at a point of the window; it moves so that it stays inside.
 * @param {{x: number, y: number}} at
 * @param {import("./keys.js").Act[]} acts
 * @param {HTMLElement} [owner] the button that opened it
 */
export function openMenu(at, acts, owner) {
  const offered = acts.filter(isOffered);
  if (offered.length === 0) return;
  const back = document.activeElement;
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.setAttribute("role", "menu");
  menu.setAttribute("popover", "auto");
  render(offered.map((act) => html`<button role=${act.checked === undefined ? "menuitem" : "menuitemcheckbox"} aria-checked=${act.checked === undefined ? nothing : String(act.checked)} tabindex="-1" class=${act.grave ? "is-grave" : ""} @click=${() => {
    menu.hidePopover();
    void perform(act);
  }}><span>${act.checked ? html`<span aria-hidden="true">✓ </span>` : nothing}${act.title}</span>${kbd(act.key)}</button>`), menu);
  owner?.setAttribute("aria-expanded", "true");
  document.body.append(menu);
  menu.showPopover();
  menu.style.setProperty("--x", `${Math.max(4, Math.min(at.x, innerWidth - menu.offsetWidth - 4))}px`);
  menu.style.setProperty("--y", `${Math.max(4, Math.min(at.y, innerHeight - menu.offsetHeight - 4))}px`);

  const buttons = [...menu.querySelectorAll("button")];
  buttons[0]?.focus();
  menu.addEventListener("keydown", (event) => {
    const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    /** @type {Record<string, number | undefined>} */
    const steps = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1 };
    /** @type {number | undefined} */
    let next = steps[event.key];
    if (next === undefined && event.key.length === 1) {
      const letter = event.key.toLowerCase();
      const found = [...buttons.slice(now + 1), ...buttons].find((button) => button.textContent?.replace("✓", "").trim().toLowerCase().startsWith(letter));
      next = found ? buttons.indexOf(found) : undefined;
    }
    if (event.key === "Tab") menu.hidePopover();
    else if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== undefined) buttons[(next + buttons.length) % buttons.length]?.focus();
  });
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    owner?.setAttribute("aria-expanded", "false");
    menu.remove();
    if (back instanceof HTMLElement && (document.activeElement === document.body || document.activeElement === null)) back.focus();
  });
}
