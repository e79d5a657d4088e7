// @ts-check
/**
 * What a window says of a damaged file: what happened, what to do, and the copies that can be opened instead.
 *
 * 1. It stays until another file is open: nothing is written to the damaged one meanwhile.
 * 2. The newest copy comes first; three are offered, the others on demand.
 */
import { html, nothing } from "./draw.js";
import { button } from "./button.js";
import { clockText, dayOf, dayText } from "./text.js";
import { host } from "../host.js";

const OFFERED = 3;

/** @param {DamagedFile | null} damaged */
export function damageNotice(damaged) {
  if (!damaged) return nothing;
  const acts = damaged.copies.map((copy, index) => button({
    id: `copy-${copy.handle}`,
    title: `Open the copy of ${dayText(dayOf(copy.made))} ${clockText(copy.made)}`,
    main: index === 0,
    run: () => host({ openCopy: { handle: copy.handle } }),
  }));
  return html`<section class="damage" role="alert" aria-label="Damage">
    <p><strong>${damaged.error.message}</strong> ${damaged.error.hint}</p>
    ${acts.length > 0 ? html`<p class="is-quiet">A copy is opened as a file of its own beside the damaged one, which stays as it is. What was done after the copy is not in it.</p>` : nothing}
    <div class="damage-acts">${acts.slice(0, OFFERED)}</div>
    ${acts.length > OFFERED ? html`<details><summary>Older copies</summary><div class="damage-acts">${acts.slice(OFFERED)}</div></details>` : nothing}
  </section>`;
}
