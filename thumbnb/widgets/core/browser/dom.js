/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Make an element. Strings become text, never HTML; "on..." are listeners; what can have
 * the focus keeps its keys from the notebook.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") {
      Object.assign(el, { [name]: value });
    } else if (value !== null && value !== undefined && value !== false) {
      el.setAttribute(name, value === true ? "" : String(value));
    }
  }
  if (el instanceof HTMLButtonElement && !props.type) el.type = "button";
  if (/^(button|input|select|textarea|summary)$/.test(tag) || "tabindex" in props) keepKeys(el);
  el.append(
    ...children
      .filter((child) => child || child === "")
      .map((child) => (child instanceof Node ? child : String(child))),
  );
  return el;
}

/**
 * Keep the keys of a focused element from the notebook. Lab asks the focused element itself
 * for the attribute; marimo and others only see events.
 * @param {HTMLElement} el
 */
function keepKeys(el) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("keydown", (event) => event.stopPropagation());
}

// Each kind of widget has its own copy of this file in the same page.
const copyId = Math.random().toString(36).slice(2);
let idCount = 0;

/**
 * An id for an element that another one points to.
 * @param {string} name
 */
export function newId(name) {
  idCount += 1;
  return `thumbnb-${name}-${copyId}-${idCount}`;
}

/**
 * Encoded bytes as an address for <img>; give it back with URL.revokeObjectURL.
 * @param {DataView<ArrayBuffer>} bytes
 */
export function blobUrl(bytes, type = "image/jpeg") {
  return URL.createObjectURL(new Blob([bytes], { type }));
}

/**
 * The element that an event is at.
 * @param {Event} event
 */
export function targetOf(event) {
  return /** @type {HTMLElement} */ (event.target);
}

/**
 * The elements inside another one.
 * @param {Element} el
 */
export function childrenOf(el) {
  return /** @type {HTMLElement[]} */ ([...el.children]);
}

/**
 * The place of an element in a list; -1 where it is not in it.
 * @param {readonly (EventTarget | null)[]} list
 * @param {EventTarget | null} element
 */
export function placeOf(list, element) {
  return list.indexOf(element);
}

/**
 * What has the focus in the tree that an element is in: in marimo that is a shadow tree, of which
 * the document knows no more than where it is.
 * @param {Element} near
 */
export function activeElement(near) {
  const root = near.getRootNode();
  return root instanceof ShadowRoot ? root.activeElement : document.activeElement;
}
