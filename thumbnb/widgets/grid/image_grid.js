import { childController } from "../core/browser/child_controller.js";
import { h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";
import { cellList } from "./cell_list.js";
import { downloader } from "./downloader.js";
import { imageCopies } from "./image_copies.js";
import { segmentedButtons } from "./segmented_buttons.js";
import { compareView } from "./views/compare_view.js";
import { feedView } from "./views/feed_view.js";
import { imageDialog } from "./views/image_dialog.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { Download, GridModel, Traits } from "./types.js" */

const VIEWS = /** @type {const} */ ({ Grid: "grid", Compare: "compare", Feed: "feed" });

/**
 * How many images there are, and what is chosen of them.
 * @param {GridModel} model
 */
function countText(model) {
  const cells = model.get("cells");
  /** @param {string} state */
  const inState = (state) => cells.filter((cell) => cell.state === state).length;
  /** @type {[number, string][]} */
  const counts = [
    [inState("waiting"), "being made"],
    [inState("failed"), "failed"],
    [model.get("selected").length, "selected"],
    [model.get("starred").length, "starred"],
  ];
  const words = counts.filter(([count]) => count).map((each) => each.join(" "));
  return [cells.length === 1 ? "1 image" : `${cells.length} images`, ...words].join(" \u00b7 ");
}

/**
 * @param {{
 *   model: GridModel, signal: AbortSignal, download: Download, fail: (words: string) => void,
 * }} context
 */
function toolbar({ model, signal, download, fail }) {
  const title = h("strong", { class: "thumbnb-grid-title" });
  const count = h("span", { class: "thumbnb-quiet", role: "status" });
  const names = /** @type {(keyof typeof VIEWS)[]} */ (Object.keys(VIEWS));
  const views = segmentedButtons(
    "View",
    names,
    (name) => {
      setTraits(model, { view: VIEWS[/** @type {keyof typeof VIEWS} */ (name)] });
    },
    signal,
  );
  const save = h("button", { class: "thumbnb-button" });
  save.addEventListener(
    "click",
    async () => {
      const cells = model.get("cells");
      const there = cells.filter((cell) => !cell.state);
      const selected = model.get("selected").map((index) => cells[index]);
      const chosen = selected.filter((cell) => cell && !cell.state);
      save.disabled = true;
      await download(
        (chosen.length ? chosen : there).map((cell) => cell.id),
        fail,
      );
      save.disabled = false;
      save.focus();
    },
    { signal },
  );
  observe(
    model,
    ["title"],
    () => {
      title.textContent = model.get("title");
      title.hidden = !model.get("title");
    },
    signal,
  );
  observe(
    model,
    ["cells", "selected", "starred"],
    () => {
      const words = countText(model);
      if (count.textContent !== words) count.textContent = words;
      const chosen = model.get("selected").length;
      save.textContent = chosen ? `Download ${chosen}` : "Download all";
      save.hidden = !model.get("cells").some((cell) => !cell.state);
    },
    signal,
  );
  observe(
    model,
    ["view"],
    () => {
      views.press(names.find((name) => VIEWS[name] === model.get("view")) ?? "Grid");
    },
    signal,
  );
  const space = h("span", { class: "thumbnb-grow" });
  return h("div", { class: "thumbnb-bar-line" }, title, count, space, views.el, save);
}

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-grid");
    const copies = imageCopies(model, signal);
    const download = downloader(model, signal);
    /** @param {string} words */
    const fail = (words) => setTraits(model, { error: words });
    /** @param {number} index */
    const closed = (index) => list.focus(index);
    const dialog = imageDialog({ model, signal, copies, closed, download, fail });
    const list = cellList({ model, signal, copies, open: dialog.open });
    const empty = h("p", { class: "thumbnb-quiet thumbnb-grid-empty" }, "No images yet.");
    const other = h("div", {});
    observe(
      model,
      ["title"],
      () => {
        list.el.setAttribute("aria-label", model.get("title") || "Images");
      },
      signal,
    );
    observe(
      model,
      ["cells"],
      () => {
        empty.hidden = model.get("cells").length > 0;
      },
      signal,
    );
    const bar = toolbar({ model, signal, download, fail });
    el.append(bar, empty, list.el, other, errorArea(model, signal), dialog.el);

    // The list stays while another view is seen; that one is made again each time.
    /** @type {AbortController | null} */
    let ended = null;
    observe(
      model,
      ["view"],
      () => {
        ended?.abort();
        ended = childController(signal);
        const name = model.get("view");
        const context = { model, copies, el, signal: ended.signal };
        list.el.hidden = name !== "grid";
        if (name === "grid") other.replaceChildren();
        else other.replaceChildren(name === "compare" ? compareView(context) : feedView(context));
      },
      signal,
    );
  },
};
