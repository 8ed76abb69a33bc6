// One image over the whole page, with all that is known of it.

import { activeElement, h, targetOf } from "../../core/browser/dom.js";
import { errorText, observe, request } from "../../core/browser/model.js";
import { throttle } from "../../core/browser/throttle.js";
import { cellName, toggle } from "../cells.js";
import { copyImage, MAX_WIDTH, pixels, WIDTHS } from "../image_copies.js";
import { factsList } from "./image_facts.js";
import { zoomButtons, zoomPan } from "./zoom_pan.js";

/** @import { RequestCopy } from "../image_copies.js" */
/** @import { Cell, CellsModel, ImageActions } from "../types.js" */

/**
 * @param {string} label
 * @param {string} keys
 * @param {string} sign
 * @param {() => void} onclick
 * @param {Record<string, unknown>} [more]
 */
function iconButton(label, keys, sign, onclick, more = {}) {
  const title = `${label} (${keys})`;
  return h("button", { class: "thumbnb-icon", "aria-label": label, title, onclick, ...more }, sign);
}

/**
 * Keep Tab inside: after the last control comes the first.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} dialog
 */
function keepTab(event, dialog) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = dialog.querySelectorAll("button, [tabindex='0']");
  const controls = [...all].filter((el) => el.checkVisibility());
  const edge = controls.at(event.shiftKey ? 0 : -1);
  if (!edge || activeElement(edge) !== edge) return;
  event.preventDefault();
  controls.at(event.shiftKey ? -1 : 0)?.focus();
}

/**
 * The dialog. `closed` is called with the index it was left at (-1 where its image is gone),
 * the `actions` with the id of the image it shows, `fail` with what went wrong once the dialog
 * shows something else.
 * @param {{
 *   model: CellsModel, signal: AbortSignal, copies: RequestCopy, closed: (index: number) => void,
 *   actions: ImageActions, fail: (words: string) => void,
 * }} context
 */
export function imageDialog({ model, signal, copies, closed, actions, fail }) {
  let id = -1;
  const index = () => model.get("cells").findIndex((cell) => cell.id === id);
  const cellsThere = () => model.get("cells").filter((cell) => !cell.state);
  const placeThere = () => cellsThere().findIndex((cell) => cell.id === id);

  const image = copyImage(copies, signal);
  const place = h("span", { class: "thumbnb-quiet" });
  const caption = h("strong", {});
  const problem = h("p", { class: "thumbnb-dialog-problem", role: "alert" });
  const aside = h("aside", {
    class: "thumbnb-facts",
    "aria-label": "About this image",
    tabindex: "0",
  });
  const stage = h(
    "div",
    {
      class: "thumbnb-dialog-stage",
      tabindex: "0",
      role: "group",
      "aria-label": "Image",
    },
    image.el,
    problem,
  );
  /** @type {ReturnType<typeof zoomPan>} */
  const zoom = zoomPan([stage], {
    signal,
    draw: (transform, scale) => {
      image.el.style.transform = transform;
      stage.toggleAttribute("data-near", scale > 1);
      zoomers.show(scale);
      sharpenSoon();
    },
  });
  const zoomers = zoomButtons(() => zoom);
  const sharpenSoon = throttle(() => {
    const cell = model.get("cells")[index()];
    if (!cell) return;
    const wanted = pixels(stage.clientWidth * zoom.scale());
    // More than the image has would bring the same once more.
    const side = Math.max(...(cell.size ?? [MAX_WIDTH]));
    const most = WIDTHS.find((each) => each >= side) ?? MAX_WIDTH;
    image.show(id, Math.min(wanted, most), (error) => {
      if (error) problem.textContent = error;
    });
  }, 150);

  const saveFile = () => {
    const saved = id;
    problem.textContent = "";
    actions.download([saved], (words) => {
      // The grid's error area is behind the dialog.
      if (dialog.open && saved === id) problem.textContent = words;
      else fail(words);
    });
  };
  /**
   * Do something with the image, and say what came of it where it is seen.
   * @param {(id: number) => Promise<unknown>} action
   * @param {string} done
   */
  const doWith = async (action, done) => {
    const at = id;
    problem.textContent = "";
    try {
      await action(at);
      if (dialog.open && at === id) status.textContent = done;
    } catch (error) {
      if (dialog.open && at === id) problem.textContent = errorText(error);
      else fail(errorText(error));
    }
  };
  const copyIt = () => doWith(actions.copy, "Copied.");
  const { remove, more } = actions;
  const removeIt = () => {
    if (remove) doWith((each) => remove([each]), "");
  };
  const moreLikeIt = () => {
    if (more && /** @type {any} */ (model).get("more"))
      doWith(more, "More like this are being made: they come into the grid.");
  };
  /** @param {"selected" | "starred"} trait */
  const mark = (trait) => toggle(model, trait, index());
  const star = iconButton("Star", "s", "\u2605", () => mark("starred"));
  const tick = iconButton("Select", "space", "\u2713", () => mark("selected"));
  const flipDetails = () => showDetails(aside.hidden);
  const details = iconButton("Details", "i", "\u2139", flipDetails, { "aria-expanded": "true" });
  /** @param {boolean} on */
  const showDetails = (on) => {
    aside.hidden = !on;
    details.setAttribute("aria-expanded", String(on));
  };
  const step = { class: "thumbnb-icon thumbnb-dialog-step" };
  const back = iconButton("Previous image", "\u2190", "\u2039", () => showNext(-1), step);
  const forward = iconButton("Next image", "\u2192", "\u203a", () => showNext(1), step);
  const save = iconButton("Download", "d", "\u2913", saveFile);
  const copy = iconButton("Copy image", "c", "Copy", copyIt);
  const drop = remove && iconButton("Remove from the grid", "Delete", "Remove", removeIt);
  const like = more && h("button", { class: "thumbnb-button", onclick: moreLikeIt });
  const status = h("span", { class: "thumbnb-quiet", role: "status" });
  const close = iconButton("Close", "Escape", "\u00d7", () => dialog.close());
  const space = h("span", { class: "thumbnb-grow" });
  const bar = h(
    "div",
    { class: "thumbnb-dialog-bar" },
    place,
    caption,
    status,
    space,
    like,
    ...zoomers.elements,
    tick,
    star,
    copy,
    save,
    drop,
    details,
    close,
  );
  const body = h("div", { class: "thumbnb-dialog-body" }, back, stage, forward, aside);
  const dialog = h("dialog", { class: "thumbnb-dialog", "aria-label": "Image" }, bar, body);

  const showMarks = () => {
    star.setAttribute("aria-pressed", String(model.get("starred").includes(index())));
    tick.setAttribute("aria-pressed", String(model.get("selected").includes(index())));
  };
  const showFacts = async () => {
    const requested = id;
    try {
      const { answer } = await request(model, "facts", { id }, { signal });
      if (requested === id) aside.replaceChildren(...factsList(answer));
    } catch (error) {
      const words = h("p", { class: "thumbnb-quiet" }, errorText(error));
      if (requested === id) aside.replaceChildren(words);
    }
  };
  const showName = () => {
    const cell = model.get("cells")[index()];
    image.el.alt = cellName(cell, index(), model);
    stage.setAttribute("aria-label", image.el.alt);
    place.textContent = `${index() + 1} / ${model.get("cells").length}`;
    caption.textContent = cell.caption;
  };
  /** @param {Cell} cell */
  const show = (cell) => {
    id = cell.id;
    problem.textContent = "";
    status.textContent = "";
    aside.replaceChildren();
    image.release();
    showName();
    zoom.reset();
    sharpenSoon.flush();
    showMarks();
    showFacts();
  };
  /** @param {number} at */
  const showAt = (at) => {
    const cell = cellsThere()[at];
    if (cell) show(cell);
  };
  /** @param {number} by */
  const showNext = (by) => showAt(placeThere() + by);

  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => showNext(-1),
    ArrowRight: () => showNext(1),
    Home: () => showAt(0),
    End: () => showAt(cellsThere().length - 1),
    s: () => mark("starred"),
    " ": () => mark("selected"),
    c: copyIt,
    d: saveFile,
    m: moreLikeIt,
    Delete: removeIt,
    i: flipDetails,
  };
  dialog.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Tab") return keepTab(event, dialog);
      // Escape is the dialog's own; a button has its own keys, and the text its scrolling.
      const isPress = /^( |Enter)$/.test(event.key) && targetOf(event).closest("button");
      if (isPress || event.key === "Escape") return;
      if (!zoom.handleKey(event)) {
        if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
        keys[event.key]();
      }
      event.preventDefault();
    },
    { signal, capture: true },
  );
  dialog.addEventListener(
    "close",
    () => {
      image.release();
      closed(index());
    },
    { signal },
  );
  observe(model, ["selected", "starred"], showMarks, signal);
  if (like) {
    const words = () => {
      const price = /** @type {any} */ (model).get("more");
      like.hidden = !price;
      like.textContent = `More like this \u00b7 ${price}`;
      like.title = `${like.textContent} (m)`;
    };
    observe(model, ["more"], words, signal);
  }
  observe(
    model,
    ["cells"],
    () => {
      if (!dialog.open) return;
      if (index() < 0) dialog.close();
      else showName();
    },
    signal,
  );
  const resized = new ResizeObserver(() => {
    if (dialog.open) sharpenSoon();
  });
  resized.observe(stage);
  signal.addEventListener(
    "abort",
    () => {
      resized.disconnect();
      if (dialog.open) dialog.close();
      dialog.remove();
    },
    { once: true },
  );
  return {
    el: dialog,
    /** @param {number} at */
    open(at) {
      dialog.showModal();
      show(model.get("cells")[at]);
      stage.focus();
    },
  };
}
