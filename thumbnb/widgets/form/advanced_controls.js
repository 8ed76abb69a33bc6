import { characterCount } from "../controls/field_frame.js";
import { activeElement, h, newId } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/**
 * @typedef {string | number | undefined} Value undefined where the service decides
 * @typedef {{ name: string, label: string, unit: string }} Named
 * @typedef {Named & { kind: "choice", choices: (string | number)[] }} ChoiceOption
 * @typedef {Named & { kind: "number", low: number, high: number }} NumberOption
 * @typedef {Named & { kind: "text", max_length: number }} TextOption
 * @typedef {{
 *   control: HTMLElement, body: HTMLElement, count?: HTMLElement, show: (value: Value) => void,
 * }} Control
 * @typedef {WidgetTraits & {
 *   values: Record<string, Value>, fields: (ChoiceOption | NumberOption | TextOption)[],
 *   fault: string,
 * }} Traits
 */

const UNSET = "service decides";

/**
 * A value as it is read: "keep-original" is "keep original".
 * @param {string | number} value
 */
function valueText(value) {
  return String(value).replaceAll("-", " ");
}

/**
 * A choice: one of a few values, or none.
 * @param {ChoiceOption} option
 * @param {(value: Value) => void} set
 * @returns {Control}
 */
function choiceControl(option, set) {
  const options = option.choices.map((each) =>
    h("option", { value: String(each) }, valueText(each)),
  );
  const choose = () => set(option.choices.find((each) => String(each) === select.value));
  const select = h(
    "select",
    { class: "thumbnb-field", onchange: choose },
    h("option", { value: "" }, UNSET),
    ...options,
  );
  return {
    control: select,
    body: select,
    show(value) {
      select.value = value === undefined ? "" : String(value);
      select.toggleAttribute("data-unset", value === undefined);
    },
  };
}

/**
 * A number that can be switched off: off is not nought.
 * @param {NumberOption} option
 * @param {(value: Value) => void} set
 * @returns {Control}
 */
function numberControl(option, set) {
  const middle = Math.round((option.low + option.high) / 2);
  const label = `Set ${option.label.toLowerCase()}`;
  const on = h("input", { type: "checkbox", "aria-label": label });
  const range = h("input", { type: "range", min: option.low, max: option.high, step: 1 });
  const output = h("output", { class: "thumbnb-options-value thumbnb-quiet" });
  /** @param {Value} value */
  const showValue = (value) => {
    output.textContent = value === undefined ? UNSET : `${value} ${option.unit}`;
  };
  on.addEventListener("change", () => set(on.checked ? Number(range.value) : undefined));
  range.addEventListener("input", () => showValue(Number(range.value)));
  range.addEventListener("change", () => set(Number(range.value)));
  return {
    control: range,
    body: h("span", { class: "thumbnb-options-number" }, on, range, output),
    show(value) {
      on.checked = value !== undefined;
      range.disabled = value === undefined;
      range.value = String(value ?? middle);
      showValue(value);
    },
  };
}

/**
 * A text; empty is unset.
 * @param {TextOption} option
 * @param {(value: Value) => void} set
 * @returns {Control}
 */
function textControl(option, set) {
  const count = h("span", { class: "thumbnb-form-count thumbnb-quiet" });
  const area = h("textarea", { class: "thumbnb-field", rows: 2, placeholder: UNSET });
  const showLength = () => {
    const used = characterCount(area.value);
    count.textContent = `${used} / ${option.max_length}`;
    count.toggleAttribute("data-over", used > option.max_length);
  };
  area.addEventListener("input", showLength);
  area.addEventListener("change", () => set(area.value.trim() || undefined));
  return {
    control: area,
    count,
    body: area,
    show(value) {
      if (activeElement(area) !== area) area.value = String(value ?? "");
      showLength();
    },
  };
}

/**
 * @param {Traits["fields"][number]} option
 * @param {(value: Value) => void} set
 */
function optionControl(option, set) {
  if (option.kind === "choice") return choiceControl(option, set);
  if (option.kind === "number") return numberControl(option, set);
  return textControl(option, set);
}

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    /**
     * @param {string} name
     * @param {Value} value
     */
    const set = (name, value) => {
      const values = { ...model.get("values") };
      if (value === undefined) delete values[name];
      else values[name] = value;
      setTraits(model, { values });
    };
    const items = model.get("fields").map((option) => {
      const { control, body, count, show } = optionControl(option, (value) =>
        set(option.name, value),
      );
      control.id = newId("option");
      const label = h("label", { class: "thumbnb-form-label", for: control.id }, option.label);
      const head = h("div", { class: "thumbnb-form-head" }, label, count);
      const props = { class: "thumbnb-options-item", "data-kind": option.kind };
      return { name: option.name, frame: h("div", props, head, body), show };
    });
    const fault = h("div", { class: "thumbnb-form-fault", role: "alert", hidden: true });
    const names = new Set(items.map((item) => item.name));
    /** @param {boolean} here those with a control here, or those that are set elsewhere */
    const setValues = (here) =>
      Object.entries(model.get("values")).filter(([name]) => names.has(name) === here);
    const resetAll = () => {
      if (!setValues(true).length) return;
      reset.focus(); // not every browser has done so: a text that is being written is not shown anew
      setTraits(model, { values: Object.fromEntries(setValues(false)) });
    };
    const reset = h("button", { class: "thumbnb-button", onclick: resetAll }, "Reset all");
    const groupProps = {
      class: "thumbnb-options",
      role: "group",
      "aria-label": "Advanced options",
    };
    el.append(
      h("div", groupProps, ...items.map((item) => item.frame)),
      fault,
      h("div", { class: "thumbnb-options-foot" }, reset),
      errorArea(model, signal),
    );
    observe(
      model,
      ["values", "fault"],
      () => {
        const values = model.get("values");
        for (const { name, show } of items) show(values[name]);
        fault.textContent = model.get("fault");
        fault.hidden = !model.get("fault");
        // Not "disabled", which would take the focus from a keyboard that has just pressed it.
        reset.setAttribute("aria-disabled", String(!setValues(true).length));
      },
      signal,
    );
  },
};
