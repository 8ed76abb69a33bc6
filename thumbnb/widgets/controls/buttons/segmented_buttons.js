import { h } from "../../core/browser/dom.js";

/**
 * Buttons of which one is pressed.
 * @param {string} label
 * @param {string[]} names
 * @param {(name: string) => void} onChoose
 * @param {AbortSignal} signal
 */
export function segmentedButtons(label, names, onChoose, signal, first = names[0]) {
  const buttons = names.map((name) => h("button", { class: "thumbnb-segment" }, name));
  const el = h(
    "div",
    { class: "thumbnb-segments", role: "group", "aria-label": label },
    ...buttons,
  );
  /** @param {string} name */
  const press = (name) => {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-pressed", String(names[at] === name));
    });
  };
  buttons.forEach((button, at) => {
    button.addEventListener(
      "click",
      () => {
        press(names[at]);
        onChoose(names[at]);
      },
      { signal },
    );
  });
  press(first);
  return { el, press };
}
