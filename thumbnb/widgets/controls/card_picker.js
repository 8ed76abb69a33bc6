import { activeElement, blobUrl, childrenOf, h, placeOf } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe, request } from "../core/browser/model.js";
import { fieldFrame } from "./field_frame.js";

/** @import { Model, View } from "../core/browser/types.js" */
/** @import { FieldTraits } from "./field_frame.js" */
/**
 * @typedef {{
 *   key: string, label: string, description: string, emoji: string, group: string,
 *   has_image: boolean,
 * }} Card
 * @typedef {FieldTraits & {
 *   value: string, cards: Card[], none_label: string, variant: "cards" | "portraits" | "pills",
 *   searchable: boolean,
 * }} Traits
 * @typedef {(image: HTMLImageElement, key: string) => void} LoadImage
 */

// Images on their way: a sample may have to be rendered first.
const MAX_REQUESTS = 3;

/**
 * Return a function that loads the image of a card once it comes into sight, a few at a time.
 * @param {Model<Traits>} model
 * @param {AbortSignal} signal
 * @returns {LoadImage}
 */
function imageLoader(model, signal) {
  /** @type {Map<string, string>} */
  const urls = new Map();
  /** @type {{ key: string, image: HTMLImageElement }[]} */
  const waiting = [];
  let busy = 0;
  const next = async () => {
    if (busy >= MAX_REQUESTS || signal.aborted) return;
    const first = waiting.shift();
    if (!first) return;
    busy += 1;
    try {
      const { buffers } = await request(model, "image", { key: first.key }, { signal });
      if (buffers.length && !signal.aborted) {
        const url = blobUrl(buffers[0]);
        urls.set(first.key, url);
        first.image.src = url;
      }
    } catch {
      // The card keeps its emoji and its name, which say what it is.
    }
    busy -= 1;
    next();
  };
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        const image = /** @type {HTMLImageElement} */ (target);
        waiting.push({ key: image.dataset.key ?? "", image });
        next();
      }
    },
    { rootMargin: "100px" },
  );
  signal.addEventListener("abort", () => {
    seen.disconnect();
    for (const url of urls.values()) URL.revokeObjectURL(url);
  });
  return (image, key) => {
    image.dataset.key = key;
    const url = urls.get(key);
    if (url) image.src = url;
    else seen.observe(image);
  };
}

/**
 * What is above a card's label: its image, or its emoji.
 * @param {Card} card
 * @param {LoadImage} load
 */
function cardFace(card, load) {
  if (!card.has_image && !card.emoji) return null;
  const face = h("span", { class: "thumbnb-card-face", "aria-hidden": "true" }, card.emoji);
  if (card.has_image) {
    const image = h("img", { alt: "", class: "thumbnb-card-image" });
    face.append(image);
    load(image, card.key);
  }
  return face;
}

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const group = h("div", { class: "thumbnb-cards", role: "radiogroup" });
    const { frame, head } = fieldFrame(model, group, signal, { grouped: true });
    const nothing = h(
      "div",
      { class: "thumbnb-quiet", role: "status", hidden: true },
      "Nothing is like that.",
    );
    const search = h("input", {
      class: "thumbnb-field",
      type: "search",
      placeholder: "Search",
      "aria-label": "Search",
    });
    const groups = h("select", { class: "thumbnb-field", "aria-label": "Category" });
    const filters = h("div", { class: "thumbnb-cards-filters" }, search, groups);
    head.append(filters);
    group.after(nothing);
    el.append(frame, errorArea(model, signal));

    const load = imageLoader(model, signal);
    /** @type {HTMLButtonElement[]} */
    let radios = [];

    /** @param {string} key */
    const choose = (key) => {
      if (key !== model.get("value")) setTraits(model, { value: key });
    };
    const visible = () => radios.filter((radio) => !radio.hidden);
    const markChosen = () => {
      const value = model.get("value");
      for (const radio of radios) {
        radio.setAttribute("aria-checked", String(radio.dataset.key === value));
      }
      const there = visible();
      const stop = there.find((radio) => radio.dataset.key === value) ?? there[0];
      for (const radio of radios) radio.tabIndex = radio === stop ? 0 : -1;
    };
    const filter = () => {
      const words = search.value.trim().toLowerCase();
      for (const radio of radios) {
        const { key, text = "", group: kind } = radio.dataset;
        const matches = text.includes(words) && (!groups.value || kind === groups.value);
        radio.hidden = Boolean(key) && !matches;
      }
      nothing.hidden = visible().some((radio) => radio.dataset.key);
      markChosen();
    };
    /** @param {Pick<Card, "key" | "label" | "description" | "group"> & Partial<Card>} card */
    const cardRadio = (card) => {
      const text = h("span", { class: "thumbnb-card-label" }, card.label);
      const face =
        model.get("variant") !== "pills" &&
        cardFace({ emoji: "", has_image: false, ...card }, load);
      return h(
        "button",
        {
          class: card.key ? "thumbnb-card" : "thumbnb-card thumbnb-card-none",
          role: "radio",
          title: card.description || card.label,
          "data-key": card.key,
          "data-group": card.group,
          "data-text": `${card.label} ${card.description}`.toLowerCase(),
          onclick: () => choose(card.key),
        },
        face,
        text,
      );
    };
    group.addEventListener(
      "keydown",
      (event) => {
        const there = visible();
        const at = placeOf(there, event.target);
        const to = new Map([
          ["ArrowRight", at + 1],
          ["ArrowDown", at + 1],
          ["ArrowLeft", at - 1],
          ["ArrowUp", at - 1],
          ["Home", 0],
          ["End", -1],
        ]).get(event.key);
        if (to === undefined || at < 0) return;
        event.preventDefault();
        const radio = /** @type {HTMLButtonElement} */ (there.at(to % there.length));
        choose(radio.dataset.key ?? "");
        radio.focus();
      },
      { signal, capture: true },
    ); // the cards keep their keys from the notebook, and so from here
    search.addEventListener("input", filter, { signal });
    groups.addEventListener("change", filter, { signal });

    observe(
      model,
      ["cards", "none_label", "variant"],
      () => {
        const label = model.get("none_label");
        const cards = model.get("cards");
        const focused = placeOf(childrenOf(group), activeElement(group));
        const none = label ? [{ key: "", label, description: "", group: "" }] : [];
        radios = [...none, ...cards].map(cardRadio);
        group.replaceChildren(...radios);
        group.dataset.variant = model.get("variant");
        const kinds = [...new Set(cards.map((card) => card.group).filter(Boolean))].sort();
        const options = kinds.map((kind) => h("option", { value: kind }, kind));
        groups.replaceChildren(h("option", { value: "" }, "All"), ...options);
        groups.hidden = kinds.length < 2;
        filter();
        nothing.hidden = true;
        if (focused >= 0) radios[focused]?.focus();
      },
      signal,
    );
    observe(
      model,
      ["searchable"],
      () => {
        filters.hidden = !model.get("searchable");
      },
      signal,
    );
    observe(model, ["value"], markChosen, signal);
  },
};
