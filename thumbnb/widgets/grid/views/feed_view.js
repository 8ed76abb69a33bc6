// The images as a video site shows them: at its sizes, beside a title, under a badge.

import { segmentedButtons } from "../../controls/buttons/segmented_buttons.js";
import { childController } from "../../core/browser/child_controller.js";
import { h } from "../../core/browser/dom.js";
import { observe, request } from "../../core/browser/model.js";
import { cellName } from "../cells.js";
import { copyImage } from "../image_copies.js";

/** @import { RequestCopy } from "../image_copies.js" */
/** @import { Cell, CellsModel } from "../types.js" */
/**
 * @typedef {{ name: string, kind: "home" | "next" | "shelf" | "list", size: [number, number] }} Place
 * @typedef {{ cell: Cell, index: number, title: string }} Shown
 * @typedef {{
 *   model: CellsModel, copies: RequestCopy, el: HTMLElement, signal: AbortSignal, isAlike?: boolean,
 * }} Context Where images are judged, what stands beside them `isAlike`.
 */

/** @type {Place[]} */
const PLACES = [
  { name: "Home", kind: "home", size: [360, 202] },
  { name: "Beside a video", kind: "next", size: [168, 94] },
  { name: "Channel", kind: "shelf", size: [246, 138] },
  { name: "Playlist", kind: "list", size: [120, 68] },
];
const DURATIONS = ["12:47", "8:31", "21:05", "4:58", "1:02:14", "15:20", "9:44", "0:59"];
const VIEWS = ["128K", "2.4M", "36K", "871K", "5.1K", "419K"];
const AGES = [
  "3 days ago",
  "1 year ago",
  "18 hours ago",
  "2 months ago",
  "5 days ago",
  "3 weeks ago",
];
const LONG_TITLE = "The title of your video, as long as they often are";
const MAX_SHOWN = 12;

/**
 * @param {string[]} list
 * @param {number} at
 */
const inTurn = (list, at) => list[at % list.length];

/**
 * One for all, or one each; where there is none, the other.
 * @param {string[]} list
 * @param {number} at
 * @param {string} other
 */
const given = (list, at, other) => (list.length === 1 ? list[0] : list[at]) || other;

/**
 * @param {Place} place
 * @param {Shown} shown
 * @param {Context} context
 */
function feedCard({ kind, size }, { cell, index, title }, { copies, model, signal, isAlike }) {
  const [width, height] = size;
  const alt = cellName(cell, index, model);
  const image = copyImage(copies, signal, { width, height, alt });
  image.show(cell.id, Math.round(width * Math.min(devicePixelRatio || 1, 3)));
  const at = isAlike ? 0 : index;
  const duration = given(model.get("durations"), at, inTurn(DURATIONS, at));
  const about = `${inTurn(VIEWS, at)} views \u00b7 ${inTurn(AGES, at)}`;
  const style = `width:${width}px;height:${height}px`;
  const badge = h("span", { class: "thumbnb-feed-badge" }, duration);
  const face = kind === "home" && h("span", { class: "thumbnb-feed-face", "aria-hidden": "true" });
  const lines = {
    home: ["Your channel", h("br", {}), about],
    next: ["Your channel", h("br", {}), about],
    list: ["Your channel", h("br", {})],
    shelf: [about],
  };
  const words = h(
    "div",
    { class: "thumbnb-feed-words" },
    h("div", { class: "thumbnb-feed-title", "data-id": cell.id }, title),
    h("div", { class: "thumbnb-feed-about" }, ...lines[kind]),
  );
  return h(
    "article",
    { class: "thumbnb-feed-card", "data-kind": kind },
    h("div", { class: "thumbnb-feed-thumb", style }, image.el, badge),
    face,
    words,
  );
}

/**
 * @param {string} theme
 * @param {Shown[]} shown
 * @param {Context} context
 */
function feedPage(theme, shown, context) {
  const sections = PLACES.map((place) => {
    const cards = shown.map((each) => feedCard(place, each, context));
    return h(
      "section",
      { "data-kind": place.kind },
      h("h4", {}, `${place.name}, ${place.size.join(" \u00d7 ")}`),
      h("div", { class: "thumbnb-feed-cards" }, ...cards),
    );
  });
  const props = { "data-theme": theme, role: "group", "aria-label": `${theme} theme` };
  return h("div", { class: "thumbnb-feed-page", ...props }, ...sections);
}

/**
 * Whether what stands behind an element is dark.
 * @param {HTMLElement} el
 */
function isDark(el) {
  const [r, g, b] = (getComputedStyle(el).color.match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
  return r * 0.3 + g * 0.6 + b * 0.1 > 128;
}

/**
 * The feed view: those selected, else the first.
 * @param {Context} context
 */
export function feedView(context) {
  const { model, signal } = context;
  const pages = h("div", {
    class: "thumbnb-feed",
    tabindex: "0",
    role: "region",
    "aria-label": "As a video site shows them",
  });
  const note = h("span", { class: "thumbnb-quiet" });
  /** @type {Map<number, string>} */
  const titles = new Map(); // by the id of the cell
  let theme = isDark(context.el) ? "Dark" : "Light";
  /** @type {AbortController | null} */
  let ended = null;

  /**
   * @param {Cell} cell
   * @param {number} index
   */
  const titleOf = (cell, index) =>
    given(model.get("titles"), index, titles.get(cell.id) || cell.caption || LONG_TITLE);
  /** @param {Shown} shown */
  const fetchTitle = async ({ cell, index }) => {
    if (titles.has(cell.id) || given(model.get("titles"), index, "")) return;
    titles.set(cell.id, "");
    const { answer } = await request(model, "facts", { id: cell.id }, { signal }).catch(() => ({
      answer: {},
    }));
    titles.set(cell.id, answer.title || (answer.prompt ?? "").slice(0, 100));
    for (const el of pages.querySelectorAll(`[data-id="${cell.id}"]`)) {
      el.textContent = titleOf(cell, index);
    }
  };
  const draw = () => {
    ended?.abort();
    ended = childController(signal);
    const selected = model.get("selected");
    const cells = model
      .get("cells")
      .map((cell, index) => ({ cell, index, title: titleOf(cell, index) }))
      .filter(({ cell }) => !cell.state);
    const chosen = cells.filter(({ index }) => selected.includes(index));
    const shown = (chosen.length ? chosen : cells).slice(0, MAX_SHOWN);
    const which = chosen.length ? "those selected" : "select those to see";
    const all = shown.length === cells.length;
    note.textContent = all ? "" : `${shown.length} of ${cells.length}: ${which}`;
    const themes = theme === "Both" ? ["Light", "Dark"] : [theme];
    const inner = { ...context, signal: ended.signal };
    pages.replaceChildren(...themes.map((each) => feedPage(each, shown, inner)));
    for (const each of shown) fetchTitle(each);
  };
  const switches = segmentedButtons(
    "Theme of the site",
    ["Light", "Dark", "Both"],
    (name) => {
      theme = name;
      draw();
    },
    signal,
    theme,
  );
  observe(model, ["cells", "selected", "titles", "durations"], draw, signal);
  const space = h("span", { class: "thumbnb-grow" });
  return h("div", {}, h("div", { class: "thumbnb-bar-line" }, note, space, switches.el), pages);
}
