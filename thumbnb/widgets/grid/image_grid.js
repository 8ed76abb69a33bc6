import { childController } from "../core/browser/child_controller.js";
import { h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, observe, request } from "../core/browser/model.js";
import { cellList } from "./cell_list.js";
import { downloader, imageCopier } from "./downloader.js";
import { gridToolbar } from "./grid_toolbar.js";
import { imageCopies } from "./image_copies.js";
import { orderedModel } from "./ordered_model.js";
import { compareView } from "./views/compare_view.js";
import { feedView } from "./views/feed_view.js";
import { imageDialog } from "./views/image_dialog.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { Traits } from "./types.js" */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-grid");
    const shown = orderedModel(model, (index) => ({
      ...model.get("cells")[index],
      number: index + 1,
    }));
    const copies = imageCopies(model, signal);
    const actions = {
      download: downloader(model, signal),
      copy: imageCopier(model, signal),
      remove: (/** @type {number[]} */ ids) => request(model, "remove", { ids }, { signal }),
      more: (/** @type {number} */ id) => request(model, "more", { id }, { signal }),
    };
    /** @param {string} words */
    const fail = (words) => setTraits(model, { error: words });
    /** @param {number} index */
    const closed = (index) => list.focus(index);
    const dialog = imageDialog({ model: shown, signal, copies, closed, actions, fail });
    /**
     * @param {() => Promise<unknown>} action
     * @returns {true}
     */
    const act = (action) => {
      if (model.get("error")) setTraits(model, { error: "" }); // it was the last action's
      action().catch((error) => fail(errorText(error)));
      return true;
    };
    /** @type {(event: KeyboardEvent, index: number) => boolean} */
    const actOnKey = ({ key, ctrlKey, metaKey }, index) => {
      const cell = shown.get("cells")[index];
      if (!cell) return false;
      const isThere = !cell.state;
      if (key === "c" && isThere && !getSelection()?.toString())
        return act(() => actions.copy(cell.id));
      if (ctrlKey || metaKey) return false;
      if (key === "m" && isThere && model.get("more")) return act(() => actions.more(cell.id));
      if (key !== "Delete" && key !== "Backspace") return false;
      const selected = shown.get("selected").map((at) => shown.get("cells")[at].id);
      return act(() => actions.remove(selected.includes(cell.id) ? selected : [cell.id]));
    };
    const list = cellList({ model: shown, signal, copies, open: dialog.open, act: actOnKey });
    const empty = h("p", { class: "thumbnb-quiet thumbnb-grid-empty" });
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
      ["cells", "order"],
      () => {
        empty.hidden = model.get("order").length > 0;
        const isFiltered = model.get("cells").length > 0;
        empty.textContent = isFiltered ? "No image is starred: press s on one." : "No images yet.";
      },
      signal,
    );
    const bar = gridToolbar({ model, shown, signal, actions, fail });
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
        const context = { model: shown, copies, el, signal: ended.signal };
        list.el.hidden = name !== "grid";
        if (name === "grid") other.replaceChildren();
        else other.replaceChildren(name === "compare" ? compareView(context) : feedView(context));
      },
      signal,
    );
  },
};
