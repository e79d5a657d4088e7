// @ts-check
/**
 * What is picked in a list: the active row, and the set of picked rows.
 *
 * 1. A screen makes one `Picks` when its module loads; it survives redraws and holds keys, never rows.
 * 2. Commands act on `targets()`: the picked rows, or the active one when none is picked.
 */
import { onOpened } from "../host.js";
import { redraw } from "./draw.js";

export class Picks {
  /** @type {Set<string>} */
  keys = new Set();
  /** Key of the active row, or "" while there is none. */
  active = "";
  /** Place of the active row in the list, -1 while there is none. */
  index = -1;
  /** Place from which a range with Shift is counted. */
  anchor = -1;

  constructor() {
    onOpened(() => this.clear());
  }

  /** @returns {string[]} the keys that a command acts on, in the order in which they were picked */
  targets() {
    if (this.keys.size > 0) return [...this.keys];
    return this.active ? [this.active] : [];
  }

  /** Whether a command has something to act on. */
  any() {
    return this.keys.size > 0 || this.active !== "";
  }

  clear() {
    this.keys.clear();
    this.active = "";
    this.index = this.anchor = -1;
    redraw();
  }

  /** The picked rows are gone: none is picked, and the row that comes to stand in their place is the active one. */
  gone() {
    this.keys.clear();
    this.index = this.anchor = Math.min(this.anchor, this.index);
  }

  /**
   * Picks one row alone.
   * @param {string} key
   * @param {number} index
   */
  only(key, index) {
    this.keys = new Set([key]);
    this.active = key;
    this.index = this.anchor = index;
  }

  /**
   * Adds or takes away one row.
   * @param {string} key
   * @param {number} index
   */
  toggle(key, index) {
    if (!this.keys.delete(key)) this.keys.add(key);
    this.active = key;
    this.index = this.anchor = index;
  }

  /**
   * Picks the rows of a range that was counted from the anchor.
   * @param {string[]} keys
   * @param {string} key
   * @param {number} index the end that moves
   */
  range(keys, key, index) {
    this.keys = new Set(keys);
    this.active = key;
    this.index = index;
  }
}
