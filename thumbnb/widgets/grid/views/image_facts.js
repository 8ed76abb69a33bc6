// What is known of an image, as a list to read.

import { clockTime } from "../../core/browser/clock_time.js";
import { h } from "../../core/browser/dom.js";

/**
 * @typedef {string | number | null | undefined} Fact
 * @typedef {[option: string, outcome: string, reason: string]} OptionReport
 * @typedef {{
 *   size: [number, number], format: string, bytes: number, prompt?: string, title?: string,
 *   scores: Record<string, unknown>, report: OptionReport[], [name: string]: any,
 * }} Facts
 */

/** @param {number} bytes */
const bytesText = (bytes) =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
/** @param {number} value */
const numberText = (value) =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toFixed(2)));
/** @param {string} name */
const plainName = (name) => name.replaceAll("_", " ");
/** @param {Fact} value */
const isKnown = (value) => value !== null && value !== undefined && value !== "";

/**
 * @param {Facts} facts
 * @returns {[string, Fact][]}
 */
function factRows(facts) {
  const [width, height] = facts.size;
  const file = `${width} \u00d7 ${height} \u00b7 ${facts.format} \u00b7 ${bytesText(facts.bytes)}`;
  /** @type {[string, Fact][]} */
  const rows = [
    ["Size", file],
    ["Title", facts.title],
    ["Preset", facts.preset],
    ["Seed", facts.seed],
    ["Variation", facts.variation],
    ["Credits", isKnown(facts.credits) ? numberText(facts.credits) : null],
    ["At", isKnown(facts.time) ? clockTime(facts.time, 2) : null],
    ["Made by", facts.engine],
    ["Video", facts.video_id],
    ["Run", facts.run_id],
    ["Job", facts.job_id],
    ["Id", facts.id],
  ];
  return rows.filter(([, value]) => isKnown(value));
}

/**
 * @param {string} outcome
 * @param {OptionReport[]} report
 */
function optionGroup(outcome, report) {
  const items = report.filter((item) => item[1] === outcome);
  if (!items.length) return null;
  const rows = items.map(([option, , reason]) => {
    const why = reason && h("span", { class: "thumbnb-quiet" }, ` \u2014 ${reason}`);
    return h("li", {}, h("b", {}, plainName(option)), why);
  });
  return h(
    "div",
    { class: "thumbnb-facts-options", "data-outcome": outcome },
    h("h4", {}, `${outcome[0].toUpperCase()}${outcome.slice(1)}`),
    h("ul", {}, ...rows),
  );
}

/**
 * The facts as elements: prompt, rows, scores, and what became of each option.
 * @param {Facts} facts
 */
export function factsList(facts) {
  const report = facts.report;
  const rows = factRows(facts).flatMap(([name, value]) => [
    h("dt", {}, name),
    h("dd", {}, String(value)),
  ]);
  const scores = Object.entries(facts.scores).flatMap(([name, value]) =>
    typeof value === "number" ? [h("dt", {}, plainName(name)), h("dd", {}, numberText(value))] : [],
  );
  const outcomes = new Set([
    "ignored",
    "approximated",
    "applied",
    ...report.map(([, each]) => each),
  ]);
  const shown = [
    facts.prompt && h("blockquote", {}, facts.prompt),
    h("dl", {}, ...rows),
    scores.length && h("h3", {}, "Scores"),
    scores.length && h("dl", { class: "thumbnb-facts-scores" }, ...scores),
    report.length && h("h3", {}, "Options"),
    ...[...outcomes].map((outcome) => optionGroup(outcome, report)),
  ];
  return shown.filter((each) => each instanceof HTMLElement);
}
