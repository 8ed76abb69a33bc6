// The duel: two images, of which the better one is chosen, until the winner is clear.

import { segmentedButtons } from "../controls/buttons/segmented_buttons.js";
import { childController } from "../core/browser/child_controller.js";
import { activeElement, h, targetOf } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, observe, request } from "../core/browser/model.js";
import { copyImage, imageCopies, pixels } from "../grid/image_copies.js";
import { feedView } from "../grid/views/feed_view.js";
import { pairModel } from "./pair_model.js";
import { pairView } from "./pair_view.js";
import { standingsView } from "./standings_view.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { DuelTraits, Outcome } from "./types.js" */

const MODES = /** @type {const} */ ({ "Side by side": "pair", Feed: "feed" });

export default {
  /** @param {View<DuelTraits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-duel");
    const copies = imageCopies(model, signal);

    // A vote is for the pair that is seen: until the next one is there, no other counts.
    // Once it is seen one does, whether the answer is here or on its way.
    /** @type {number | null} */
    let requestedAt = null; // how many votes there were
    /**
     * @param {string} kind
     * @param {object} [body]
     */
    const ask = async (kind, body) => {
      const votes = model.get("votes");
      if (requestedAt === votes) return;
      requestedAt = votes;
      try {
        await request(model, kind, body, { signal });
      } catch (error) {
        setTraits(model, { error: errorText(error) });
      }
      if (requestedAt === votes) requestedAt = null;
    };
    /** @param {Outcome} outcome */
    const vote = (outcome) => {
      const [left, right] = model.get("pair").map((index) => model.get("cells")[index].id);
      if (right !== undefined) ask("vote", { left, right, outcome });
    };
    const undo = () => {
      if (model.get("votes")) ask("undo");
    };

    /**
     * @param {string} label
     * @param {string} keys
     * @param {() => void} onclick
     */
    const button = (label, keys, onclick) =>
      h("button", { class: "thumbnb-button", title: `${label} (${keys})`, onclick }, label);
    const buttons = [
      button("\u2190 Left", "left arrow", () => vote("left")),
      button("Tie", "down arrow", () => vote("tie")),
      button("Right \u2192", "right arrow", () => vote("right")),
    ];
    const takeBack = button("Undo", "u", undo);
    const blind = h(
      "button",
      {
        class: "thumbnb-button",
        title: "Whether the images are shown without their labels (b)",
        onclick: () => setTraits(model, { blind: !model.get("blind") }),
      },
      "Blind",
    );
    const names = /** @type {(keyof typeof MODES)[]} */ (Object.keys(MODES));
    const modes = segmentedButtons(
      "View",
      names,
      (name) => {
        setTraits(model, { mode: MODES[/** @type {keyof typeof MODES} */ (name)] });
      },
      signal,
    );
    const count = h("span", { class: "thumbnb-quiet", role: "status" });
    const verdict = h("p", { class: "thumbnb-duel-verdict" });
    const question = h("p", { class: "thumbnb-duel-question" }, "Which one would you click?");
    const main = h("div", { class: "thumbnb-duel-main" });
    const space = h("span", { class: "thumbnb-grow" });
    const bar = h("div", { class: "thumbnb-bar-line" }, count, space, blind, modes.el);
    const choices = h("div", { class: "thumbnb-duel-buttons" }, ...buttons, takeBack);
    el.append(
      bar,
      question,
      main,
      choices,
      verdict,
      standingsView({ model, copies, signal }),
      errorArea(model, signal),
    );

    /** @param {AbortSignal} ended */
    const winners = (ended) => {
      const top = model.get("verdict").top ?? [];
      const cards = top.slice(0, 3).map((index, at) => {
        const { id, caption } = model.get("cells")[index];
        const image = copyImage(copies, ended, { alt: caption });
        image.show(id, pixels(at ? 240 : 400));
        const place = h("strong", {}, at ? `${at + 1}` : "Winner");
        return h("figure", {}, image.el, h("figcaption", {}, place, ` ${caption}`));
      });
      return h("div", { class: "thumbnb-duel-winners" }, ...cards);
    };
    /** @type {AbortController | null} */
    let ended = null;
    let shown = "";
    observe(
      model,
      ["mode", "pair", "verdict"],
      () => {
        const isOver = !model.get("pair").length;
        const now = isOver ? `over ${model.get("votes")}` : model.get("mode");
        modes.press(names.find((name) => MODES[name] === model.get("mode")) ?? names[0]);
        question.hidden = isOver;
        for (const each of buttons) each.hidden = isOver;
        if (now === shown) return; // the view itself follows the pair
        shown = now;
        ended?.abort();
        ended = childController(signal);
        const inner = { copies, el, signal: ended.signal };
        const hadFocus = main.contains(activeElement(main));
        const made = isOver
          ? winners(ended.signal)
          : model.get("mode") === "feed"
            ? feedView({ ...inner, model: pairModel(model), isAlike: true })
            : pairView({ ...inner, model, vote });
        main.replaceChildren(made);
        if (hadFocus) el.focus();
      },
      signal,
    );
    observe(
      model,
      ["votes", "verdict", "blind"],
      () => {
        const votes = model.get("votes");
        count.textContent = votes === 1 ? "1 vote" : `${votes} votes`;
        takeBack.disabled = !votes;
        verdict.textContent = model.get("verdict").sentence ?? "";
        verdict.toggleAttribute("data-clear", Boolean(model.get("verdict").clear));
        blind.setAttribute("aria-pressed", String(model.get("blind")));
      },
      signal,
    );

    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => vote("left"),
      ArrowRight: () => vote("right"),
      ArrowDown: () => vote("tie"),
      u: undo,
      Backspace: undo,
      b: () => blind.click(),
    };
    el.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
        // The feed scrolls by the arrows up and down, when it has the focus. What the notebook
        // around the duel calls a region is not meant.
        const region = targetOf(event).closest("[role=region]");
        const isScrolling = event.key === "ArrowDown" && region !== null && el.contains(region);
        if (!(event.key in keys) || isScrolling) return;
        event.preventDefault();
        event.stopPropagation();
        keys[event.key]();
      },
      { signal, capture: true },
    );
  },
};
