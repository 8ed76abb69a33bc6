// What is known of a picture, as a list to read.

const sizeWords = (bytes) => bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
const numberWords = (value) => Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toFixed(2)));
const plainWords = (name) => name.replaceAll("_", " ");

function factRows(facts) {
  const known = (value) => value !== null && value !== undefined && value !== "";
  return [
    ["Size", `${facts.size[0]} \u00d7 ${facts.size[1]} \u00b7 ${facts.format} \u00b7 ${sizeWords(facts.bytes)}`],
    ["Title", facts.title], ["Preset", facts.preset], ["Seed", facts.seed],
    ["Variation", facts.variation],
    ["Credits", known(facts.credits) ? numberWords(facts.credits) : null],
    ["At", known(facts.time) ? clock(facts.time, 2) : null],
    ["Made by", facts.engine], ["Video", facts.video_id], ["Run", facts.run_id],
    ["Job", facts.job_id], ["Id", facts.id],
  ].filter(([, value]) => known(value));
}

function optionGroup(outcome, report) {
  const items = report.filter((item) => item[1] === outcome);
  if (!items.length) return null;
  return h("div", { class: "thumbnb-facts-options", "data-outcome": outcome },
    h("h4", {}, `${outcome[0].toUpperCase()}${outcome.slice(1)}`),
    h("ul", {}, ...items.map(([option, , why]) => h("li", {},
      h("b", {}, plainWords(option)), why && h("span", { class: "thumbnb-quiet" }, ` \u2014 ${why}`)))));
}

/** The facts as elements: prompt, rows, scores, and what became of each option. */
function factsList(facts) {
  const scores = Object.entries(facts.scores).filter(([, value]) => typeof value === "number");
  const report = facts.report;
  const outcomes = [...new Set(["ignored", "approximated", "applied", ...report.map((item) => item[1])])];
  return [
    facts.prompt && h("blockquote", {}, facts.prompt),
    h("dl", {}, ...factRows(facts).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, String(value))])),
    scores.length && h("h3", {}, "Scores"),
    scores.length && h("dl", { class: "thumbnb-facts-scores" }, ...scores.flatMap(([name, value]) => [
      h("dt", {}, plainWords(name)), h("dd", {}, numberWords(value))])),
    report.length && h("h3", {}, "Options"),
    ...outcomes.map((outcome) => optionGroup(outcome, report)),
  ].filter(Boolean);
}
