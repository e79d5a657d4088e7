// @ts-check
/**
 * A small table, drawn whole: the days of a chart, the members of a team. Longer than some fifty rows: use `list`.
 *
 * 1. Numbers stand at the right in tabular figures.
 * 2. The first cell of a row names the row.
 */
import { html, nothing, repeat } from "./draw.js";
import { numberText } from "./text.js";

/** How many rows of a table are in the page at most. */
export const most = 60;

/**
 * A table; with `key` a row keeps its element, and so what is chosen in it, when the rows are sorted anew.
 * @template Row
 * @param {object} options
 * @param {string} options.caption what the table shows, for screen readers; visible with `titled`
 * @param {boolean} [options.titled]
 * @param {{title: string, numeric?: boolean, cell: (row: Row) => unknown}[]} options.columns
 * @param {Row[]} options.rows
 * @param {(row: Row, at: number) => unknown} [options.key]
 * @param {unknown} [options.empty] shown instead when there are no rows
 */
export function table({ caption, titled, columns, rows, key = (_, at) => at, empty }) {
  if (rows.length === 0 && empty !== undefined) return empty;
  return html`<table class="table">
    <caption class=${titled ? "" : "is-hidden"}>${caption}</caption>
    <thead><tr>${columns.map(({ title, numeric }) => html`<th scope="col" class=${numeric ? "is-number" : ""}>${title}</th>`)}</tr></thead>
    <tbody>${repeat(rows, key, (row) => html`<tr>${columns.map(({ numeric, cell }, at) =>
      at === 0 ? html`<th scope="row" class=${numeric ? "is-number" : ""}>${cell(row) ?? nothing}</th>` : html`<td class=${numeric ? "is-number" : ""}>${cell(row) ?? nothing}</td>`)}</tr>`)}</tbody>
  </table>`;
}

/**
 * A titled table of the first of many rows, and how many more there are; nothing where there are none.
 * @template Row
 * @param {string} title
 * @param {Row[]} rows
 * @param {number} all
 * @param {{title: string, numeric?: boolean, cell: (row: Row) => unknown}[]} columns
 */
export function firstRows(title, rows, all, columns) {
  if (all === 0) return nothing;
  const shown = Math.min(rows.length, most);
  return html`<section><h2>${title}</h2>
    ${table({ caption: title, rows: rows.slice(0, most), columns })}
    ${all > shown ? html`<p class="is-quiet">${numberText(all - shown)} more.</p>` : nothing}</section>`;
}
