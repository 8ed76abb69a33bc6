// The board: a sweep's cells as a table, a list, two compared, or a feed; the brief beside.

import { childController } from "../core/browser/child_controller.js";
import { activeElement, h, newId } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, observe, request } from "../core/browser/model.js";
import { cellList } from "../grid/cell_list.js";
import { downloader, imageCopier } from "../grid/downloader.js";
import { imageCopies } from "../grid/image_copies.js";
import { compareView } from "../grid/views/compare_view.js";
import { feedView } from "../grid/views/feed_view.js";
import { imageDialog } from "../grid/views/image_dialog.js";
import { arrangeBar } from "./arrange_bar.js";
import { keyHelp, takeKeys } from "./board_keys.js";
import { briefPanel } from "./brief/brief_panel.js";
import { differenceView } from "./brief/difference_view.js";
import { isChoosable } from "./cell_choices.js";
import { listModel } from "./list_model.js";
import { control, runBar } from "./run_bar.js";
import { scrollToForm } from "./scroll_to_form.js";
import { axisTabs } from "./table/axis_tabs.js";
import { boardTable } from "./table/board_table.js";
import { otherAxes } from "./table/table_layout.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { Actions, BoardTraits, Mode } from "./types.js" */

export default {
  /** @param {View<BoardTraits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-board");
    const shown = listModel(model);
    const copies = imageCopies(model, signal);
    const download = downloader(model, signal);
    /** @param {string} words */
    const fail = (words) => setTraits(model, { error: words });
    let focusCells = () => {};
    const dialog = imageDialog({
      model: shown,
      signal,
      copies,
      actions: { download, copy: imageCopier(model, signal) },
      fail,
      closed: (place) => {
        const index = model.get("order")[place];
        if (index !== undefined) setTraits(model, { focused: index });
        focusCells();
      },
    });
    /** @type {Mode} */
    let before = "table";
    const back = () => setTraits(model, { mode: mode === "list" ? "table" : before });

    /** @type {Actions} */
    const actions = {
      open(index) {
        const place = model.get("order").indexOf(index);
        if (isChoosable(model, index) && place >= 0) dialog.open(place);
      },
      compare(index) {
        if (!isChoosable(model, index)) return;
        const others = model.get("selected").filter((each) => each !== index);
        const selected = others.length ? [others[others.length - 1], index] : [];
        setTraits(model, { selected, focused: index, mode: "compare" });
      },
      async remix(index) {
        try {
          await request(model, "remix", { id: model.get("cells")[index].id }, { signal });
          scrollToForm(el, signal);
        } catch (error) {
          fail(errorText(error));
        }
      },
      retry(indices) {
        const failed = indices.map((index) => model.get("cells")[index]);
        const ids = failed.filter(({ progress }) => progress === "failed").map(({ id }) => id);
        if (ids.length) control(model, "retry", { ids });
      },
      write() {
        if (brief.el.hidden) toggleBrief();
        brief.write(() => focusCells());
      },
    };
    const brief = briefPanel({ model, signal, actions });
    const help = keyHelp();
    const toggleHelp = () => {
      help.hidden = !help.hidden;
      helpButton.setAttribute("aria-expanded", String(!help.hidden));
    };
    const helpButton = h(
      "button",
      {
        class: "thumbnb-icon",
        "aria-label": "Keys",
        "aria-expanded": "false",
        title: "Keys (?)",
        onclick: toggleHelp,
      },
      "?",
    );
    const toggleBrief = () => {
      brief.el.hidden = !brief.el.hidden;
      briefButton.setAttribute("aria-expanded", String(!brief.el.hidden));
    };
    const briefButton = h(
      "button",
      { class: "thumbnb-button", "aria-expanded": "true", onclick: toggleBrief },
      "Brief",
    );

    const panelId = newId("board");
    const tabs = axisTabs(model, signal, panelId);
    const main = h("div", { class: "thumbnb-board-main", id: panelId });
    const arrange = arrangeBar(model, signal);
    el.append(
      runBar({ model, signal, actions, more: [briefButton, helpButton] }),
      arrange,
      tabs,
      h("div", { class: "thumbnb-board-body" }, main, brief.el),
      help,
      errorArea(model, signal),
      dialog.el,
    );
    takeKeys({ el, model, signal, actions, toggleHelp, back });

    /** @param {AbortSignal} ended */
    const makeList = (ended) => {
      const open = (/** @type {number} */ place) => dialog.open(place);
      const list = cellList({ model: shown, signal: ended, copies, open });
      list.el.setAttribute("aria-label", "Cells");
      const empty = h(
        "p",
        { class: "thumbnb-quiet thumbnb-grid-empty" },
        "No cell is of this kind.",
      );
      observe(
        model,
        ["order"],
        () => {
          empty.hidden = model.get("order").length > 0;
        },
        ended,
      );
      focusCells = () => list.focus(Math.max(0, shown.get("focused")));
      return [list.el, empty];
    };
    /** @param {AbortSignal} ended */
    const makeCompare = (ended) => {
      const difference = differenceView(model, ended);
      const onPair = difference.show;
      const mode = "Side by side"; // the difference stands below, each brief under its image
      return [compareView({ model, copies, signal: ended, onPair, mode }), difference.el];
    };
    /** @param {AbortSignal} ended */
    const makeTable = (ended) => {
      const context = { model, copies, actions, pointAt: brief.pointAt, signal: ended };
      const table = boardTable(context);
      focusCells = table.focus;
      return [table.el];
    };
    observe(
      model,
      ["mode", "axes", "rows", "columns"],
      () => {
        const isTabbed = model.get("mode") === "table" && otherAxes(model).length > 0;
        tabs.hidden = !isTabbed;
        if (isTabbed) main.setAttribute("role", "tabpanel");
        else main.removeAttribute("role");
        if (isTabbed) main.setAttribute("aria-label", "Cells");
        else main.removeAttribute("aria-label");
      },
      signal,
    );
    /** @type {AbortController | null} */
    let ended = null;
    /** @type {Mode | null} */
    let mode = null;
    observe(
      model,
      ["mode"],
      () => {
        const next = model.get("mode");
        if (next === mode) return;
        const hadFocus = main.contains(activeElement(main));
        if (mode === "table" || mode === "list") before = mode;
        mode = next;
        ended?.abort();
        ended = childController(signal);
        focusCells = () => {};
        const make = {
          table: makeTable,
          list: makeList,
          compare: makeCompare,
          feed: (/** @type {AbortSignal} */ end) => [
            feedView({ model: shown, copies, el, signal: end }),
          ],
        }[next];
        el.toggleAttribute("data-pair", next === "compare" || next === "feed");
        briefButton.hidden = next === "compare" || next === "feed";
        arrange.hidden = next === "compare";
        main.replaceChildren(...make(ended.signal));
        if (hadFocus) {
          focusCells();
          if (!main.contains(activeElement(main))) main.querySelector("button")?.focus();
        }
      },
      signal,
    );
  },
};
