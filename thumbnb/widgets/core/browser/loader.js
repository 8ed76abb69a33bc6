// All that a widget's state has of what it runs. The rest comes by message, once for all
// widgets of a kind in a page, so that a saved notebook holds none of it (see front.py).
const id = "FRONT";
const fronts = (globalThis.thumbnbFronts ??= new Map());
if (!fronts.has(id)) {
  const made = { taken: false, asked: 0 };
  made.module = new Promise((resolve) => (made.resolve = resolve));
  fronts.set(id, made);
}
const front = fronts.get(id);

function take({ module, style }) {
  if (front.taken) return;
  front.taken = true;
  const sheet = document.createElement("style");
  sheet.id = `thumbnb-${id}`;
  sheet.textContent = style;
  document.head.append(sheet);
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  front.resolve(import(url).finally(() => URL.revokeObjectURL(url)));
}

export default {
  initialize({ model, signal }) {
    model.on("msg:custom", (content) => content?.kind === "front" && content.id === id && take(content));
    // A page that was loaded later has missed it, and asks; one of a kind is enough.
    let looks = 0;
    const timer = setInterval(() => {
      if (front.taken || signal?.aborted || ++looks > 20) return clearInterval(timer);
      if (Date.now() - front.asked < 1000) return;
      front.asked = Date.now();
      model.send({ kind: "front" });
    }, 100);
  },
  // Nobody is held up by it: where no kernel is, it never comes.
  render(view) {
    // Where its cell is run again the notebook holds on to a view that has ended.
    view.signal.addEventListener("abort", () => view.el.replaceChildren(), { once: true });
    front.module.then((module) => {
      module.parting(view);
      if (!view.signal.aborted) module.default.render(view);
    });
  },
};
