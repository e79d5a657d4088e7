// @ts-check
/**
 * Kinds of work and severities: their words, and the square that shows them; the tones of lanes.
 *
 * 1. Blue is for features, burnt orange for production work; an empty square is unsorted.
 * 2. Colour never says it alone: the square has a label, and a critical bug is named.
 */
import { mark } from "./button.js";

/** @type {Record<WorkKind, string>} */
const words = { feature: "feature", bug: "bug", debt: "technical debt", infrastructure: "infrastructure" };

/** @type {WorkKind[]} */
export const kinds = ["feature", "bug", "debt", "infrastructure"];

/** @type {Record<WorkKind, string>} */
const many = { feature: "features", bug: "bugs", debt: "technical debt", infrastructure: "infrastructure" };

/** The kinds as choices of a field. */
export const kindChoices = kinds.map((kind) => ({ value: /** @type {string} */ (kind), title: words[kind] }));

/** @type {Record<Tone, "is-feature" | "is-production" | "is-buffer">} */
export const tones = { feature: "is-feature", production: "is-production", buffer: "is-buffer" };

/** @type {Record<IncidentSeverity, string>} what the severities of interrupts mean, whatever a team calls them */
export const severityMeanings = { P1: "everything else waits", P2: "today", P3: "soon", P4: "when there is time", P5: "a wish" };

/** @type {Severity[]} */
export const severities = ["critical", "high", "low"];

/**
 * "technical debt", or "unsorted".
 * @param {WorkKind | null} kind
 */
export function kindText(kind) {
  return kind === null ? "unsorted" : words[kind];
}

/**
 * "bugs", for a lane that takes all of them.
 * @param {WorkKind} kind
 */
export function kindsText(kind) {
  return many[kind];
}

/**
 * "bug, high"; only a bug has a severity.
 * @param {WorkKind | null} kind
 * @param {Severity | null} severity
 */
export function workText(kind, severity) {
  return kind === "bug" && severity !== null ? `${kindText(kind)}, ${severity}` : kindText(kind);
}

/**
 * "carried once", "carried 3 times", "" for an item that was never left over.
 * @param {number} times
 */
export function carriedText(times) {
  if (times === 0) return "";
  return `carried ${times === 1 ? "once" : `${times} times`}`;
}

/**
 * The square of an item.
 * @param {WorkKind | null} kind
 * @param {Severity | null} severity
 */
export function kindMark(kind, severity) {
  return mark(kind === null ? "" : kind === "feature" ? "is-feature" : "is-production", workText(kind, severity));
}
