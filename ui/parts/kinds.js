// @ts-check
/**
 * Kinds of work and severities: their words, and the square that shows them.
 *
 * 1. Blue is for features, burnt orange for production work; an empty square is unsorted.
 * 2. Colour never says it alone: the square has a label, and a critical bug is named.
 */
import { mark } from "./button.js";

/** @type {Record<WorkKind, string>} */
const words = { feature: "feature", bug: "bug", debt: "technical debt", infrastructure: "infrastructure" };

/** @type {WorkKind[]} */
export const kinds = ["feature", "bug", "debt", "infrastructure"];

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
 * The square of an item.
 * @param {WorkKind | null} kind
 * @param {Severity | null} severity
 */
export function kindMark(kind, severity) {
  const label = severity === null ? kindText(kind) : `${kindText(kind)}, ${severity}`;
  return mark(kind === null ? "" : kind === "feature" ? "is-feature" : "is-production", label);
}
