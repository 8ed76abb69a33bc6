// What every field of a form has: a label, a control, a count, a hint, and its fault.

import { activeElement, h, newId } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";

/** @import { Model, WidgetTraits } from "../core/browser/types.js" */
/**
 * @typedef {WidgetTraits & {
 *   value: string | string[], label: string, hint: string, fault: string,
 * }} FieldTraits
 */

/**
 * How long a text is to Python and the service: in characters, not in halves of them.
 * @param {string} text
 */
export function characterCount(text) {
  return [...text].length;
}

/**
 * Put a control into its frame. It is described by its hint, its count and its fault; the
 * fault is shown once there is something in the field or it has been left.
 * @param {Model<FieldTraits>} model
 * @param {HTMLElement} control
 * @param {AbortSignal} signal
 */
export function fieldFrame(model, control, signal, { grouped = false } = {}) {
  const id = newId("control");
  control.id = id;
  const label = h(grouped ? "span" : "label", { class: "thumbnb-form-label" });
  if (grouped) {
    label.id = newId("label");
    control.setAttribute("aria-labelledby", label.id);
  } else label.setAttribute("for", id);
  const count = h("span", { class: "thumbnb-form-count thumbnb-quiet" });
  const hint = h("div", { class: "thumbnb-form-hint thumbnb-quiet", id: newId("hint") });
  const faultText = h("span", {});
  const faultProps = { class: "thumbnb-form-fault", role: "alert", id: newId("fault") };
  const fault = h("div", faultProps, faultText);
  const head = h("div", { class: "thumbnb-form-head" }, label, count);
  const frame = h("div", { class: "thumbnb-form-field" }, head, control, hint, fault);
  let wasLeft = false;

  const show = () => {
    const text = model.get("fault");
    const seen = Boolean(text) && (wasLeft || model.get("value").length > 0);
    faultText.textContent = seen ? text : "";
    fault.hidden = !seen;
    frame.toggleAttribute("data-faulty", seen);
    if (!grouped) control.setAttribute("aria-invalid", String(seen));
    hint.textContent = model.get("hint");
    hint.hidden = !model.get("hint");
    label.textContent = model.get("label");
    const described = [!hint.hidden && hint.id, seen && fault.id].filter(Boolean).join(" ");
    if (described) control.setAttribute("aria-describedby", described);
    else control.removeAttribute("aria-describedby");
  };
  const leave = () => {
    wasLeft = true;
    show();
  };
  control.addEventListener("focusout", leave, { signal });
  observe(model, ["label", "hint", "fault", "value"], show, signal);
  return { frame, head, count };
}

/**
 * Keep a text control and the trait "value" the same. What is typed is sent at once: the
 * notebook sends one message at a time by itself, and an echo of an older value would
 * overwrite what is typed and not yet sent. alsoSend() returns traits that go with it.
 * @param {Model} model
 * @param {HTMLInputElement | HTMLTextAreaElement} control
 * @param {AbortSignal} signal
 * @param {{ onChange?: () => void, alsoSend?: () => Record<string, unknown> }} options
 */
export function bindText(model, control, signal, { onChange, alsoSend }) {
  let isReplaced = false;
  /** @param {Event} event */
  const send = (event) => {
    if (isReplaced) event.stopImmediatePropagation();
    else setTraits(model, { value: control.value, ...alsoSend?.() });
  };
  control.addEventListener("input", send, { signal });
  observe(
    model,
    ["value"],
    () => {
      if (control.value !== model.get("value")) {
        isReplaced = true;
        replaceText(control, model.get("value"));
        isReplaced = false;
      }
      onChange?.();
    },
    signal,
  );
}

/**
 * Put another text into a control: as if it had been typed where the user is at work beside it,
 * so that Ctrl+Z brings the old one back.
 * @param {HTMLInputElement | HTMLTextAreaElement} control
 * @param {string} text
 */
function replaceText(control, text) {
  const focused = /** @type {HTMLElement | null} */ (activeElement(control));
  const place = control.closest(".thumbnb-panel") ?? control;
  if (control.value && focused && place.contains(focused)) {
    control.focus({ preventScroll: true });
    control.select();
    document.execCommand(text ? "insertText" : "delete", false, text);
    focused.focus({ preventScroll: true });
  }
  if (control.value !== text) control.value = text;
}

/**
 * Show how many characters of a text's maximum are used.
 * @param {HTMLElement} count
 * @param {string} text
 * @param {number} maxLength 0 where they are not counted
 */
export function showCount(count, text, maxLength) {
  const used = characterCount(text);
  count.textContent = maxLength ? `${used} / ${maxLength}` : "";
  count.toggleAttribute("data-over", used > maxLength);
}
