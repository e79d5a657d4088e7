// @ts-check
/**
 * Numbers and days in words.
 *
 * 1. Days come as `YYYY-MM-DD` and instants as UTC milliseconds, as in the team file.
 * 2. Sizes come in hundredths of a point and are shown exactly; times come in minutes and are shown in hours with one decimal.
 * 3. Not set is not zero: it is shown in words.
 */

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/**
 * "30 Nov", with the year when it is not this one.
 * @param {string} day
 */
export function dayText(day) {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return day;
  const text = `${date} ${months[month - 1]}`;
  return year === new Date().getFullYear() ? text : `${text} ${year}`;
}

/**
 * "30 Nov – 11 Dec".
 * @param {string} first
 * @param {string} last
 */
export function daysText(first, last) {
  return first === last ? dayText(first) : `${dayText(first)} – ${dayText(last)}`;
}

/**
 * "Monday".
 * @param {string} day
 */
export function weekdayText(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return weekdays[date.getUTCDay()] ?? day;
}

/**
 * "today 14:05", "yesterday 09:30", "Tuesday 17:00" within a week, else "3 Nov 17:00"; in this machine's zone.
 * @param {number} instant UTC milliseconds
 */
export function whenText(instant) {
  const then = new Date(instant);
  const clock = clockText(instant);
  const ago = Math.round((midnight(new Date()) - midnight(then)) / 86_400_000);
  if (ago === 0) return `today ${clock}`;
  if (ago === 1) return `yesterday ${clock}`;
  if (ago > 1 && ago < 7) return `${weekdays[then.getDay()]} ${clock}`;
  return `${dayText(dayOf(instant))} ${clock}`;
}

/**
 * A sentence in which no line breaks between a number and its unit: "11.8 h too much".
 * @param {string} said
 */
export function unbroken(said) {
  return said.replace(/(\d) (h|min|%|points?)(?![a-z])/g, "$1\u00a0$2");
}

/**
 * "14:05", in this machine's zone.
 * @param {number} instant UTC milliseconds
 */
export function clockText(instant) {
  const then = new Date(instant);
  return `${two(then.getHours())}:${two(then.getMinutes())}`;
}

/**
 * "2026-11-30", in this machine's zone.
 * @param {number} instant UTC milliseconds
 */
export function dayOf(instant) {
  const then = new Date(instant);
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

/**
 * "5", "0.5", or "unsized".
 * @param {number | null | undefined} hundredths
 */
export function sizeText(hundredths) {
  return hundredths === null || hundredths === undefined ? "unsized" : decimal(hundredths / 100, 2);
}

/**
 * "1 point", "5 points", "0.5 points".
 * @param {number} hundredths
 */
export function pointsText(hundredths) {
  return `${sizeText(hundredths)} ${hundredths === 100 ? "point" : "points"}`;
}

/**
 * "54 h", "21.6 h", or "not set"; with two digits "6.25 h", where a sum or a quotient stands beside it.
 * @param {number | null | undefined} minutes
 * @param {1 | 2} [digits]
 */
export function hoursText(minutes, digits = 1) {
  return minutes === null || minutes === undefined ? "not set" : `${decimal(minutes / 60, digits)} h`;
}

/**
 * "Risk reduction": words that begin a label.
 * @param {string} words
 */
export function capital(words) {
  return `${(words[0] ?? "").toUpperCase()}${words.slice(1)}`;
}

/**
 * "1 item", "3 items".
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function countText(count, one, many = `${one}s`) {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/**
 * "10,000".
 * @param {number} count
 */
export function numberText(count) {
  return decimal(count, 0);
}

/**
 * "2 MB".
 * @param {number} bytes
 */
export function bytesText(bytes) {
  if (bytes < 1000) return countText(bytes, "byte");
  if (bytes < 1_000_000) return `${decimal(bytes / 1000, 1)} kB`;
  return `${decimal(bytes / 1_000_000, 1)} MB`;
}

/**
 * "42 %", rounded down, so that work is not called done before it is; nothing where how much there is is not known.
 * @param {Progress} step
 */
export function shareText({ done, of }) {
  return of > 0 ? `${Math.floor((100 * done) / of)} %` : "";
}

/**
 * The name of a file without its ending.
 * @param {string} name
 */
export function stemText(name) {
  return name.replace(/(?<=.)\.[^.]*$/, "");
}

/** @type {Map<number, Intl.NumberFormat>} by their digits; the window speaks English, so its numbers do too */
const formats = new Map();

/**
 * @param {number} value
 * @param {number} digits at most so many after the point
 */
function decimal(value, digits) {
  let format = formats.get(digits);
  if (!format) formats.set(digits, (format = new Intl.NumberFormat("en-GB", { maximumFractionDigits: digits })));
  return format.format(value);
}

/** @param {number} value */
function two(value) {
  return String(value).padStart(2, "0");
}

/** @param {Date} date */
function midnight(date) {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
