// How a prompt names its images: @image1 and so on, by the pattern that Python gives.

import { h, newId } from "../core/browser/dom.js";

/** @typedef {{ token: string, name: string }} Offer */

/**
 * The prompt in pieces: plain texts, and tokens with whether there is such an image.
 * @param {string} text
 * @param {RegExp} pattern global; its first group is the number
 * @param {number} imageCount
 */
export function promptPieces(text, pattern, imageCount) {
  /** @type {{ text: string, isToken: boolean, isKnown: boolean }[]} */
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const number = Number(match[1]);
    const isKnown = number >= 1 && number <= imageCount;
    pieces.push({ text: text.slice(end, match.index), isToken: false, isKnown: false });
    pieces.push({ text: match[0], isToken: true, isKnown });
    end = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(end), isToken: false, isKnown: false });
  return pieces;
}

/**
 * The token that is being typed before the cursor, such as "@im"; empty where there is none.
 * @param {HTMLTextAreaElement} area
 */
function typedToken(area) {
  if (area.selectionStart !== area.selectionEnd) return "";
  const before = area.value.slice(0, area.selectionStart);
  return /(?:^|[^\w@])(@\w*)$/.exec(before)?.[1] ?? "";
}

/**
 * The list that "@" opens. choose(token, typed) is called with what was picked.
 * @param {HTMLTextAreaElement} area
 * @param {() => Offer[]} offers
 * @param {(token: string, typed: string) => void} choose
 * @param {AbortSignal} signal
 */
export function completionList(area, offers, choose, signal) {
  const list = h("ul", {
    class: "thumbnb-offer",
    role: "listbox",
    id: newId("offer"),
    "aria-label": "Images",
    hidden: true,
  });
  let at = 0;
  /** @type {Offer[]} */
  let shown = [];

  const close = () => {
    list.hidden = true;
    shown = [];
    area.removeAttribute("aria-activedescendant");
  };
  const markActive = () => {
    [...list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === at));
    });
    area.setAttribute("aria-activedescendant", list.children[at].id);
  };
  /** @param {number} index */
  const pick = (index) => {
    const { token } = shown[index];
    const typed = typedToken(area);
    close();
    choose(token, typed);
  };
  const open = () => {
    const typed = typedToken(area);
    const starts = (/** @type {Offer} */ { token }) => token.startsWith(typed) && token !== typed;
    shown = typed ? offers().filter(starts) : [];
    if (!shown.length) return close();
    at = 0;
    const items = shown.map(({ token, name }, index) => {
      /** @param {Event} event */
      const onmousedown = (event) => {
        event.preventDefault();
        pick(index);
      };
      const props = { role: "option", id: newId("option"), onmousedown };
      return h("li", props, h("strong", {}, token), name ? ` ${name}` : "");
    });
    list.replaceChildren(...items);
    list.hidden = false;
    markActive();
  };
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  area.addEventListener("input", open, { signal });
  area.addEventListener("blur", close, { signal });
  area.addEventListener(
    "keydown",
    (event) => {
      if (list.hidden) return;
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step) at = (at + step + shown.length) % shown.length;
      else if (event.key === "Enter" || event.key === "Tab") pick(at);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      if (!list.hidden) markActive();
    },
    { signal },
  );
  return list;
}
