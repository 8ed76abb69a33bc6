const UNSET = "service decides";

/** Words as they are read: "keep-original" is "keep original". */
function said(value) {
  return String(value).replaceAll("-", " ");
}

/** A choice: one of a few values, or none. */
function choice(field, set) {
  const select = h("select", { class: "thumbnb-field", onchange: () => {
    const value = field.choices.find((each) => String(each) === select.value);
    set(value);
  } }, h("option", { value: "" }, UNSET), ...field.choices.map((each) => {
    const option = h("option", {}, said(each));
    option.value = String(each);
    return option;
  }));
  return { control: select, body: [select], show: (value) => {
    select.value = value === undefined ? "" : String(value);
    select.toggleAttribute("data-unset", value === undefined);
  } };
}

/** A number that can be switched off: off is not nought. */
function number(field, set) {
  const middle = Math.round((field.low + field.high) / 2);
  const on = h("input", { type: "checkbox", "aria-label": `Set ${field.label.toLowerCase()}` });
  const range = h("input", { type: "range", min: field.low, max: field.high, step: 1 });
  const told = h("output", { class: "thumbnb-options-told thumbnb-quiet" });
  on.addEventListener("change", () => set(on.checked ? Number(range.value) : undefined));
  range.addEventListener("input", () => { say(Number(range.value)); });
  range.addEventListener("change", () => set(Number(range.value)));
  const say = (value) => { told.textContent = value === undefined ? UNSET : `${value} ${field.unit}`; };
  return { control: range, body: [h("span", { class: "thumbnb-options-number" }, on, range, told)], show: (value) => {
    on.checked = value !== undefined;
    range.disabled = value === undefined;
    range.value = value ?? middle;
    say(value);
  } };
}

/** A text; empty is unset. */
function words(field, set) {
  const count = h("span", { class: "thumbnb-form-count thumbnb-quiet" });
  const area = h("textarea", { class: "thumbnb-field", rows: 2, placeholder: UNSET });
  area.addEventListener("input", () => say());
  area.addEventListener("change", () => set(area.value.trim() || undefined));
  const say = () => {
    const used = lengthOf(area.value);
    count.textContent = `${used} / ${field.most}`;
    count.toggleAttribute("data-over", used > field.most);
  };
  return { control: area, count, body: [area], show: (value) => {
    if (document.activeElement !== area) area.value = value ?? "";
    say();
  } };
}

const MAKE = { choice, number, text: words };

export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const set = (name, value) => {
      const values = { ...model.get("values") };
      if (value === undefined) delete values[name];
      else values[name] = value;
      tell(model, { values });
    };
    const parts = model.get("fields").map((field) => {
      const part = MAKE[field.kind](field, (value) => set(field.name, value));
      part.control.id = newId("option");
      const label = h("label", { class: "thumbnb-form-label", for: part.control.id }, field.label);
      const head = h("div", { class: "thumbnb-form-head" }, label, part.count);
      const frame = h("div", { class: "thumbnb-options-item", "data-kind": field.kind }, head, ...part.body);
      return { field, frame, show: part.show };
    });
    const fault = h("div", { class: "thumbnb-form-fault", role: "alert", hidden: true });
    const reset = h("button", { class: "thumbnb-button", onclick: () => {
      if (!Object.keys(model.get("values")).length) return;
      reset.focus(); // not every browser has done so: a text that is being written is not shown anew
      tell(model, { values: {} });
    } }, "Reset all");
    el.append(
      h("div", { class: "thumbnb-options", role: "group", "aria-label": "Advanced options" }, ...parts.map((part) => part.frame)),
      fault,
      h("div", { class: "thumbnb-options-foot" }, reset),
    );
    follow(model, ["values", "fault"], () => {
      const values = model.get("values");
      for (const { field, show } of parts) show(values[field.name]);
      fault.textContent = model.get("fault");
      fault.hidden = !model.get("fault");
      // Not "disabled", which would take the focus from a keyboard that has just pressed it.
      reset.setAttribute("aria-disabled", String(!Object.keys(values).length));
    }, signal);
  },
};
