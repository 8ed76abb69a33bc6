/** One picture: click names it in the prompt; the arrows walk, with alt they move it. */
function picture(model, key, ends) {
  const image = h("img", { alt: "", class: "thumbnb-strip-image", draggable: "false" });
  const token = h("span", { class: "thumbnb-strip-token" });
  const name = h("span", { class: "thumbnb-strip-name thumbnb-quiet" });
  const main = h("button", { class: "thumbnb-strip-main", tabindex: -1, draggable: "true" }, image, token);
  const tool = (label, sign, act) => h("button", { class: "thumbnb-strip-tool", tabindex: -1, title: label, onclick: act }, sign);
  const back = tool("Move back", "‹", () => ends.move(key, -1));
  const on = tool("Move on", "›", () => ends.move(key, 1));
  const gone = tool("Remove", "×", () => ends.remove(key));
  const tools = h("span", { class: "thumbnb-strip-tools" }, back, on, gone);
  main.addEventListener("click", () => ends.pick(key));
  main.addEventListener("focus", () => ends.focused(key));
  main.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/x-thumbnb", key);
    event.dataTransfer.effectAllowed = "move";
  });
  main.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.altKey) ends.move(key, step);
    else if (step) ends.walk(key, step);
    else if (event.key === "Delete" || event.key === "Backspace") ends.remove(key);
    else return;
    event.preventDefault();
  });
  const cell = h("li", { class: "thumbnb-strip-cell" }, main, tools, name);
  return {
    cell, main, image,
    show(number, of, called, named) {
      token.textContent = named ? `@image${number}` : "";
      token.hidden = !named;
      name.textContent = called;
      name.title = called;
      const what = named ? `@image${number}, ${called}: put its name into the prompt` : `Picture ${number}, ${called}`;
      main.setAttribute("aria-label", what);
      for (const button of [back, on, gone]) button.setAttribute("aria-label", `${button.title} ${named ? `@image${number}` : called}`);
      back.disabled = number === 1;
      on.disabled = number === of;
    },
  };
}

export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const list = h("ul", { class: "thumbnb-strip-list", role: "list" });
    const input = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true, tabindex: -1, "aria-hidden": "true" });
    const choose = h("button", { class: "thumbnb-strip-add", onclick: () => input.click() });
    const status = h("div", { class: "thumbnb-strip-status thumbnb-quiet", role: "status" });
    const box = h("div", { class: "thumbnb-strip", role: "group" }, list, choose, input);
    const { frame, count } = fieldFrame(model, box, signal, { grouped: true });
    frame.append(status);
    el.append(frame, errorArea(model, signal));

    const cells = new Map();
    const urls = new Map();
    let current = null;

    const keys = () => model.get("value");
    const go = (key) => cells.get(key)?.main.focus();
    const ends = {
      async pick(key) {
        const detail = `@image${keys().indexOf(key) + 1}`;
        const event = new CustomEvent("thumbnb-name", { bubbles: true, cancelable: true, detail });
        // The prompt of the same form knows best where its cursor is; any other is told by Python.
        const taken = model.get("named") && !el.dispatchEvent(event);
        if (!taken) await ask(model, "pick", { key }, { signal }).catch(() => {});
        if (model.get("named")) status.textContent = `${detail} is named in the prompt.`;
      },
      focused(key) {
        current = key;
        rove();
      },
      walk(key, step) {
        go(keys()[keys().indexOf(key) + step]);
      },
      move(key, step) {
        const at = keys().indexOf(key);
        place(key, at + step);
        go(key);
      },
      remove(key) {
        const at = keys().indexOf(key);
        const rest = keys().filter((each) => each !== key);
        tell(model, { value: rest });
        status.textContent = "Removed.";
        if (rest.length) go(rest[Math.min(at, rest.length - 1)]);
        else choose.focus();
      },
    };

    const place = (key, to) => {
      const rest = keys().filter((each) => each !== key);
      if (to < 0 || to > rest.length) return;
      rest.splice(to, 0, key);
      tell(model, { value: rest });
      status.textContent = `Moved to place ${to + 1}.`;
    };

    const rove = () => {
      if (!cells.has(current)) current = keys()[0] ?? null;
      for (const [key, cell] of cells) {
        for (const button of cell.cell.querySelectorAll("button")) button.tabIndex = key === current ? 0 : -1;
      }
    };

    const paint = () => {
      const shown = keys();
      for (const [key, cell] of cells) {
        if (shown.includes(key)) continue;
        cell.cell.remove();
        cells.delete(key);
        URL.revokeObjectURL(urls.get(key));
        urls.delete(key);
      }
      shown.forEach((key, index) => {
        if (!cells.has(key)) {
          cells.set(key, picture(model, key, ends));
          load(key);
        }
        const { cell, show } = cells.get(key);
        if (list.children[index] !== cell) list.insertBefore(cell, list.children[index] ?? null);
        show(index + 1, shown.length, model.get("names")[index] ?? "picture", model.get("named"));
      });
      const most = model.get("most");
      count.textContent = most > 1 ? `${shown.length} / ${most}` : "";
      choose.hidden = shown.length >= most;
      choose.textContent = shown.length ? "+ Add" : `Drop, paste or choose ${most > 1 ? "pictures" : "a picture"}`;
      choose.setAttribute("aria-label", most > 1 ? "Choose pictures" : "Choose a picture");
      list.hidden = !shown.length;
      input.multiple = most > 1;
      rove();
    };

    const load = async (key) => {
      try {
        const { buffers } = await ask(model, "preview", { key }, { signal });
        const cell = cells.get(key);
        if (!buffers.length || !cell || signal.aborted) return;
        urls.set(key, blobUrl(buffers[0]));
        cell.image.src = urls.get(key);
      } catch (error) {
        cells.get(key)?.cell.setAttribute("data-unseen", "");
        status.textContent = error.message;
      }
    };

    const take = async (files) => {
      const room = model.get("most") - keys().length;
      if (files.length > room) tell(model, { error: `There is room for ${room} more.` });
      for (const file of files.slice(0, room)) {
        try {
          await sendFile(model, "add", file, (share) => {
            status.textContent = share < 1 ? `${file.name}: ${Math.round(100 * share)} %` : "";
          }, signal);
        } catch (error) {
          status.textContent = "";
          tell(model, { error: error.message });
        }
      }
    };

    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    }, { signal });
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      box.setAttribute("data-over", "");
    }, { signal });
    box.addEventListener("dragleave", () => box.removeAttribute("data-over"), { signal });
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      box.removeAttribute("data-over");
      const key = event.dataTransfer.getData("text/x-thumbnb");
      if (!key) return take(picturesOf(event.dataTransfer));
      if (!cells.has(key)) return;
      const over = event.target.closest(".thumbnb-strip-cell");
      const to = [...list.children].indexOf(over);
      place(key, to < 0 ? keys().length - 1 : to);
    }, { signal });
    const paste = (event) => {
      const files = picturesOf(event.clipboardData);
      // A table that is copied is a text and a picture of it: a text field wants the text.
      const words = event.clipboardData.types.includes("text/plain") && event.target.matches("input, textarea");
      if (!files.length || words) return;
      event.preventDefault();
      event.stopPropagation();
      take(files);
    };
    el.addEventListener("paste", paste, { signal });
    // What is pasted elsewhere in the form belongs to the pictures of its prompt.
    requestAnimationFrame(() => {
      if (model.get("named") && !signal.aborted) el.closest(".thumbnb-panel")?.addEventListener("paste", paste, { signal });
    });
    signal.addEventListener("abort", () => urls.forEach((url) => URL.revokeObjectURL(url)));
    follow(model, ["value", "names", "most", "named"], paint, signal);
  },
};
