// What every field of a form has: a label, a control, a count, a hint, and its fault.

// Each kind of widget has its own copy of this file in the same page.
const fieldRoom = Math.random().toString(36).slice(2);
let fieldCount = 0;

/** An id for an element that another one points to. */
function newId(what) {
  fieldCount += 1;
  return `thumbnb-${what}-${fieldRoom}-${fieldCount}`;
}

/** How long a text is to Python and the service: in characters, not in halves of them. */
function lengthOf(text) {
  return [...text].length;
}

/**
 * Put a control into its frame. It is described by its hint, its count and its fault; the
 * fault is shown once there is something in the field or it has been left.
 */
function fieldFrame(model, control, signal, { grouped = false } = {}) {
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
  const fault = h("div", { class: "thumbnb-form-fault", role: "alert", id: newId("fault") }, faultText);
  const head = h("div", { class: "thumbnb-form-head" }, label, count);
  const frame = h("div", { class: "thumbnb-form-field" }, head, control, hint, fault);
  let left = false;

  const show = () => {
    const words = model.get("fault");
    const seen = Boolean(words) && (left || model.get("value").length > 0);
    faultText.textContent = seen ? words : "";
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
  control.addEventListener("focusout", () => { left = true; show(); }, { signal });
  follow(model, ["label", "hint", "fault", "value"], show, signal);
  return { frame, head, count };
}

/**
 * Keep a text control and the trait "value" the same. What is set is saved at once: the
 * notebook sends one message at a time by itself, and an echo of an older value would
 * overwrite what is set and not yet saved. also() returns traits that go with it.
 */
function bindText(model, control, signal, onchange = () => {}, also = () => ({})) {
  control.addEventListener("input", () => tell(model, { value: control.value, ...also() }), { signal });
  follow(model, ["value"], () => {
    if (control.value !== model.get("value")) control.value = model.get("value");
    onchange();
  }, signal);
}

/** Show how much of the room is used. */
function showCount(model, count, most) {
  const used = lengthOf(model.get("value"));
  count.textContent = most ? `${used} / ${most}` : "";
  count.toggleAttribute("data-over", used > most);
}
