// @ts-check
/**
 * Dragging with pointer events, the same on every system and in tests.
 *
 * 1. A press becomes a drag after four pixels; before that it stays a click.
 * 2. A place where things can be dropped has the attribute `data-drop`; the one below the pointer is marked with `is-over`.
 * 3. Escape, and a pointer that the system takes away, end the drag without a drop.
 * 4. Whatever can be dragged can be done by keyboard too: that is the screen's duty.
 */

/**
 * Starts watching a press for a drag.
 * @param {PointerEvent} press
 * @param {object} drag
 * @param {string} drag.label what is carried, shown beside the pointer
 * @param {string} [drag.note] what can be done with it besides, shown below
 * @param {() => void} [drag.start]
 * @param {(move: PointerEvent, place: HTMLElement | null, say: (note: string) => void) => void} [drag.move] `say`: shows something else below
 * @param {(up: PointerEvent, place: HTMLElement | null) => void} drag.drop `place` is the `data-drop` element below the pointer
 * @param {() => void} [drag.end] after a drop and after a cancel
 */
export function watchDrag(press, drag) {
  if (press.button !== 0) return;
  /** @type {HTMLElement | null} */
  let flag = null;
  /** @type {HTMLElement | null} */
  let place = null;
  const events = new AbortController();
  const on = { signal: events.signal, capture: true };

  /** @type {HTMLElement | null} */
  let below = null;
  const say = (/** @type {string} */ note) => {
    if (below) below.textContent = note;
  };

  /** @param {HTMLElement | null} next */
  function mark(next) {
    if (next === place) return;
    place?.classList.remove("is-over");
    next?.classList.add("is-over");
    place = next;
  }

  function end() {
    events.abort();
    if (!flag) return;
    flag.remove();
    flag = null;
    mark(null);
    document.documentElement.classList.remove("is-dragging");
    drag.end?.();
  }

  addEventListener("pointermove", (move) => {
    if (move.pointerId !== press.pointerId) return;
    if (!flag) {
      if (Math.hypot(move.clientX - press.clientX, move.clientY - press.clientY) < 4) return;
      flag = document.createElement("div");
      flag.className = "drag-flag";
      flag.textContent = drag.label;
      if (drag.note !== undefined) {
        below = document.createElement("div");
        below.className = "drag-note";
        flag.append(below);
        say(drag.note);
      }
      flag.setAttribute("aria-hidden", "true");
      document.body.append(flag);
      document.documentElement.classList.add("is-dragging");
      getSelection()?.removeAllRanges();
      drag.start?.();
    }
    move.preventDefault();
    flag.style.setProperty("--x", `${move.clientX}px`);
    flag.style.setProperty("--y", `${move.clientY}px`);
    const under = document.elementFromPoint(move.clientX, move.clientY);
    mark(/** @type {HTMLElement | null} */ (under?.closest("[data-drop]") ?? null));
    drag.move?.(move, place, say);
  }, on);

  addEventListener("pointerup", (up) => {
    if (up.pointerId !== press.pointerId) return;
    const dropped = flag !== null;
    const where = place;
    end();
    if (!dropped) return;
    // The click that follows the drop would select the row below the pointer.
    addEventListener("click", (click) => { click.stopPropagation(); click.preventDefault(); }, { capture: true, once: true, signal: AbortSignal.timeout(50) });
    drag.drop(up, where);
  }, on);

  addEventListener("pointercancel", end, on);
  // The press itself moves the focus, and every element's blur is heard here: only the window's own ends the drag.
  addEventListener("blur", (blur) => { if (blur.target === window) end(); }, on);
  addEventListener("keydown", (key) => {
    if (key.key !== "Escape" || !flag) return;
    key.stopPropagation();
    key.preventDefault();
    end();
  }, on);
}
