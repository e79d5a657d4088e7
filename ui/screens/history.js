// @ts-check
/**
 * What was done, newest first: every operation with its title, who did it and when.
 *
 * 1. The journal only grows: what was undone stays in the list, and the undoing stands above it.
 */
import { html, nothing } from "../parts/draw.js";
import { ask } from "../host.js";
import { button, empty } from "../parts/button.js";
import { kbd } from "../parts/keys.js";
import { list } from "../parts/list.js";
import { Picks } from "../parts/picks.js";
import { numberText, whenText } from "../parts/text.js";
import { redo, undo } from "../parts/toast.js";

const picks = new Picks();

/**
 * @param {number} from
 * @param {number} limit
 */
async function source(from, limit) {
  const { operations: rows, total } = await ask({ journal: { history: { from, limit } } });
  return { rows, total };
}

/**
 * @param {UndoState} state
 * @returns {import("../parts/keys.js").Act[]}
 */
function commands(state) {
  return [
    { id: "undoLast", title: "Undo the last", key: "u", main: true, when: () => state.undo !== null, run: () => undo() },
    { id: "redoLast", title: "Do again", key: "shift+u", when: () => state.redo !== null, run: () => redo() },
  ];
}

/** @param {UndoState} state */
function draw(state) {
  const [back, again] = commands(state);
  return html`
    <div class="screen-head">
      <div><h1>History</h1>
        <p class="is-quiet">${state.undo ? html`Everything that was done to this team. Undo ${kbd("u")} takes back “${state.undo}”.` : "Everything that was done to this team."}</p></div>
      <div class="screen-acts">${button(again)}${button(back)}</div>
    </div>
    ${list({
      id: "operations",
      label: "Operations, newest first",
      source,
      question: "",
      key: (operation) => String(operation.number),
      columns: "minmax(0, 1fr) 11em 11em 8em",
      head: ["What", "Who", "When", "Rows changed"],
      numeric: [3],
      picks,
      tone: (operation) => (operation.undoes === null ? "" : "is-quiet"),
      row: (operation) => [
        html`<span class="is-title">${operation.title}</span>`,
        operation.person || nothing,
        whenText(operation.at),
        numberText(operation.changes),
      ],
      empty: empty({ title: "Nothing was done yet", text: "Whatever is changed in this team stands here, and can be undone." }),
    })}`;
}

/** @type {import("../main.js").Screen} */
export const history = {
  name: "history",
  title: "History",
  group: "Team",
  key: "g h",
  query: () => ({ journal: { undoState: {} } }),
  draw,
  commands,
};
