// @ts-check
/**
 * A small table, drawn whole: the days of a chart, the members of a team. Longer than some fifty rows: use `list`.
 *
 * 1. Numbers stand at the right in tabular figures.
 * 2. The first cell of a row names the row.
 */
import { html, nothing } from "./draw.js";

/**
 * @template Row
 * @param {object} options
 * @param {string} options.caption what the table shows, for screen readers; visible with `titled`
 * @param {boolean} [options.titled]
 * @param {{title: string, numeric?: boolean, cell: (row: Row) => unknown}[]} options.columns
 * @param {Row[]} options.rows
 * @param {unknown} [options.empty] shown instead when there are no rows
 */
export function table({ caption, titled, columns, rows, empty }) {
  if (rows.length === 0 && empty !== undefined) return empty;
  return html`<table class="table">
    <caption class=${titled ? "" : "is-hidden"}>${caption}</caption>
    <thead><tr>${columns.map(({ title, numeric }) => html`<th scope="col" class=${numeric ? "is-number" : ""}>${title}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${columns.map(({ numeric, cell }, at) =>
      at === 0 ? html`<th scope="row" class=${numeric ? "is-number" : ""}>${cell(row) ?? nothing}</th>` : html`<td class=${numeric ? "is-number" : ""}>${cell(row) ?? nothing}</td>`)}</tr>`)}</tbody>
  </table>`;
}
