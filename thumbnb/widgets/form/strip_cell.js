import { h } from "../core/browser/dom.js";

/**
 * @typedef {{
 *   pick: (key: string) => void, focused: (key: string) => void, remove: (key: string) => void,
 *   move: (key: string, step: number) => void, focusNext: (key: string, step: number) => void,
 * }} StripActions
 */

/**
 * One image of the strip: click names it in the prompt; the arrows walk, with alt they move it.
 * @param {string} key
 * @param {string} dragType
 * @param {StripActions} actions
 */
export function stripCell(key, dragType, actions) {
  const image = h("img", { alt: "", class: "thumbnb-strip-image", draggable: "false" });
  const token = h("span", { class: "thumbnb-strip-token" });
  const nameText = h("span", { class: "thumbnb-strip-name thumbnb-quiet" });
  const mainProps = { class: "thumbnb-strip-main", tabindex: -1, draggable: "true" };
  const main = h("button", mainProps, image, token);
  /**
   * @param {string} title
   * @param {string} sign
   * @param {() => void} onclick
   */
  const tool = (title, sign, onclick) =>
    h("button", { class: "thumbnb-strip-tool", tabindex: -1, title, onclick }, sign);
  const back = tool("Move back", "‹", () => actions.move(key, -1));
  const forward = tool("Move on", "›", () => actions.move(key, 1));
  const remove = tool("Remove", "×", () => actions.remove(key));
  const tools = h("span", { class: "thumbnb-strip-tools" }, back, forward, remove);
  main.addEventListener("click", () => actions.pick(key));
  main.addEventListener("focus", () => actions.focused(key));
  main.addEventListener("dragstart", (event) => {
    if (!event.dataTransfer) return;
    event.dataTransfer.setData(dragType, key);
    event.dataTransfer.effectAllowed = "move";
  });
  main.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (step && event.altKey) actions.move(key, step);
    else if (step) actions.focusNext(key, step);
    else if (event.key === "Delete" || event.key === "Backspace") actions.remove(key);
    else return;
    event.preventDefault();
  });
  const cell = h("li", { class: "thumbnb-strip-cell" }, main, tools, nameText);
  return {
    cell,
    main,
    image,
    /** @param {{ number: number, of: number, name: string, inPrompt: boolean }} shown */
    show({ number, of, name, inPrompt }) {
      const tokenText = `@image${number}`;
      token.textContent = inPrompt ? tokenText : "";
      token.hidden = !inPrompt;
      nameText.textContent = name;
      nameText.title = name;
      const label = inPrompt
        ? `${tokenText}, ${name}: put its name into the prompt`
        : `Image ${number}, ${name}`;
      main.setAttribute("aria-label", label);
      for (const button of [back, forward, remove]) {
        button.setAttribute("aria-label", `${button.title} ${inPrompt ? tokenText : name}`);
      }
      back.disabled = number === 1;
      forward.disabled = number === of;
    },
  };
}
