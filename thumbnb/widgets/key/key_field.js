export default {
  render({ model, el, signal }) {
    const input = h("input", {
      type: "password", class: "thumbnb-field thumbnb-key-input", autocomplete: "off", spellcheck: "false",
      autocapitalize: "off", maxlength: 1000, "data-1p-ignore": true, "data-lpignore": "true",
    });
    const label = h("span", {});
    const save = h("input", { type: "checkbox" });
    const use = h("button", { class: "thumbnb-button thumbnb-primary" }, "Use this key");
    const entry = h("div", { class: "thumbnb-key-row" },
      h("label", {}, label, input), use,
      h("label", { class: "thumbnb-key-save" }, save, "Save it for next time"));
    const told = h("span", {});
    const replace = h("button", { class: "thumbnb-button" }, "Replace");
    const forget = h("button", { class: "thumbnb-button" }, "Forget");
    const set = h("div", { class: "thumbnb-key-row" }, told, replace, forget);
    const hint = h("p", { class: "thumbnb-quiet thumbnb-key-hint" },
      "It goes to the kernel and is not in this notebook. Saved, it is in the system\u2019s keyring, or in a file only you can read.");
    const spoken = h("span", { class: "thumbnb-unseen", role: "status" });
    el.classList.add("thumbnb");
    el.append(h("div", { class: "thumbnb-key" }, entry, set, hint, spoken), errorArea(model, signal));

    let gone = false;
    lost(model, () => (gone = true), signal);

    let entering = !model.get("has_key");
    const show = () => {
      const has = model.get("has_key");
      const service = model.get("service");
      const place = model.get("place");
      label.textContent = `Key of ${service}`;
      const from = { entered: "was entered", keyring: "is saved in the keyring", file: "is saved in a file" };
      // What is from the environment is not ours to take away.
      forget.hidden = !(place in from);
      told.textContent = `The key of ${service} ${from[place] ?? `is from ${place}`}.`;
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

    async function act(kind, body) {
      const inside = el.contains(document.activeElement);
      try {
        const { answer } = await ask(model, kind, body, { signal });
        const place = answer?.place;
        entering = kind === "forget" && !place;
        spoken.textContent = kind === "key" ? "The key is there."
          : `The key is forgotten.${place ? ` ${place} is set still.` : ""}`;
      } catch (error) {
        tell(model, { error: error.message });
        if (gone && body.key) input.value = body.key; // nobody has it: it is as it was
      }
      show();
      if (inside) (entry.hidden ? replace : input).focus();
    }

    use.addEventListener("click", send);
    input.addEventListener("keydown", (event) => event.key === "Enter" && send());
    replace.addEventListener("click", () => {
      entering = true;
      show();
      input.focus();
    });
    forget.addEventListener("click", () => act("forget", {}));
    follow(model, ["has_key", "service", "place"], () => {
      if (!model.get("has_key")) entering = true;
      show();
    }, signal);
    // What was typed and not sent goes with the view.
    signal.addEventListener("abort", () => (input.value = ""));
  },
};
