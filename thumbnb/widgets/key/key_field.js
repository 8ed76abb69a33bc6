import { activeElement, h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, KernelLost, observe, request } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/** @typedef {WidgetTraits & { service: string, has_key: boolean, source: string }} Traits */

// Where a key may be from that is ours to take away again.
/** @type {Record<string, string>} */
const SOURCES = {
  entered: "was entered",
  keyring: "is saved in the keyring",
  file: "is saved in a file",
};

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    const input = h("input", {
      type: "password",
      class: "thumbnb-field thumbnb-key-input",
      autocomplete: "off",
      spellcheck: "false",
      autocapitalize: "off",
      maxlength: 1000,
      "data-1p-ignore": true,
      "data-lpignore": "true",
    });
    const label = h("span", {});
    const save = h("input", { type: "checkbox" });
    const use = h("button", { class: "thumbnb-button thumbnb-primary" }, "Use this key");
    const entry = h(
      "div",
      { class: "thumbnb-key-row" },
      h("label", {}, label, input),
      use,
      h("label", { class: "thumbnb-key-save" }, save, "Save it for next time"),
    );
    const found = h("span", {});
    const replace = h("button", { class: "thumbnb-button" }, "Replace");
    const forget = h("button", { class: "thumbnb-button" }, "Forget");
    const set = h("div", { class: "thumbnb-key-row" }, found, replace, forget);
    const hint = h(
      "p",
      { class: "thumbnb-quiet thumbnb-key-hint" },
      "It goes to the kernel and is not in this notebook. Saved, it is in the system\u2019s keyring, or in a file only you can read.",
    );
    const spoken = h("span", { class: "thumbnb-unseen", role: "status" });
    el.classList.add("thumbnb");
    el.append(
      h("div", { class: "thumbnb-key" }, entry, set, hint, spoken),
      errorArea(model, signal),
    );

    let entering = !model.get("has_key");
    const show = () => {
      const has = model.get("has_key");
      const service = model.get("service");
      const source = model.get("source");
      label.textContent = `Key of ${service}`;
      forget.hidden = !(source in SOURCES);
      found.textContent = `The key of ${service} ${SOURCES[source] ?? `is from ${source}`}.`;
      entry.hidden = hint.hidden = has && !entering;
      set.hidden = !entry.hidden;
    };

    async function send() {
      const key = input.value;
      if (!key) return input.focus();
      // Before anything else: from here on the page has nothing of it.
      input.value = "";
      await act("key", { key, save: save.checked });
    }

    /**
     * @param {"key" | "forget"} kind
     * @param {{ key?: string, save?: boolean }} body
     */
    async function act(kind, body) {
      const inside = el.contains(activeElement(el));
      try {
        const { answer } = await request(model, kind, body, { signal });
        const source = answer?.source;
        entering = kind === "forget" && !source;
        spoken.textContent =
          kind === "key"
            ? "The key is there."
            : `The key is forgotten.${source ? ` ${source} is set still.` : ""}`;
      } catch (error) {
        setTraits(model, { error: errorText(error) });
        // Nobody has it: the field is as it was.
        if (error instanceof KernelLost && body.key) input.value = body.key;
      }
      show();
      if (inside) (entry.hidden ? replace : input).focus();
    }

    use.addEventListener("click", send);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") send();
    });
    replace.addEventListener("click", () => {
      entering = true;
      show();
      input.focus();
    });
    forget.addEventListener("click", () => act("forget", {}));
    observe(
      model,
      ["has_key", "service", "source"],
      () => {
        if (!model.get("has_key")) entering = true;
        show();
      },
      signal,
    );
    // What was typed and not sent goes with the view.
    signal.addEventListener("abort", () => {
      input.value = "";
    });
  },
};
