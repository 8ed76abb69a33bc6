// All that a widget's state has of what it runs. The rest comes by message, once for all
// widgets of a kind in a page, so that a saved notebook holds none of it (front_end_assets.py).

/** @import { View } from "./types.js" */
/**
 * @typedef {{ prepareView: (view: View) => void, default: { render: (view: View) => void } }} Module
 * @typedef {{ loaded: boolean, requested: number, style: string, module: Promise<Module>,
 *   resolve: (module: Promise<Module>) => void }} Assets
 */

const id = "ASSETS_ID";
const page = /** @type {{ thumbnbAssets?: Map<string, Assets> }} */ (globalThis);
page.thumbnbAssets ??= new Map();
const known = page.thumbnbAssets;
const assets = known.get(id) ?? newAssets();
known.set(id, assets);

/** @returns {Assets} */
function newAssets() {
  let resolve = (/** @type {Promise<Module>} */ _) => {};
  const module = /** @type {Promise<Module>} */ (
    new Promise((done) => {
      resolve = done;
    })
  );
  return { loaded: false, requested: 0, style: "", module, resolve };
}

/**
 * Put the style sheet into a document, or into the shadow tree that marimo shows a widget in:
 * the document's style sheets don't reach there.
 * @param {Document | ShadowRoot} place
 */
function addStyle(place) {
  if (place.getElementById(`thumbnb-${id}`)) return;
  const sheet = document.createElement("style");
  sheet.id = `thumbnb-${id}`;
  sheet.textContent = assets.style;
  (place === document ? document.head : place).append(sheet);
}

/** @param {DataView<ArrayBuffer>} packed */
async function load(packed) {
  if (assets.loaded) return;
  assets.loaded = true;
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { module, style } = await new Response(text).json();
  assets.style = style;
  addStyle(document);
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  assets.resolve(import(url).finally(() => URL.revokeObjectURL(url)));
}

export default {
  /** @param {Pick<View, "model"> & { signal?: AbortSignal }} view */
  initialize({ model, signal }) {
    model.on("msg:custom", (content, buffers) => {
      if (content?.kind === "assets" && content.id === id) load(buffers[0]);
    });
    // A page that was loaded later has missed it, and asks; one of a kind is enough.
    let tries = 0;
    const timer = setInterval(() => {
      tries += 1;
      if (assets.loaded || signal?.aborted || tries > 20) clearInterval(timer);
      else if (Date.now() - assets.requested >= 1000) {
        assets.requested = Date.now();
        try {
          model.send({ kind: "assets" });
        } catch {
          clearInterval(timer); // the kernel is gone
        }
      }
    }, 100);
  },
  // Nothing waits for it: without a kernel it never comes.
  /** @param {View} view */
  render(view) {
    // Where its cell is run again the notebook holds on to a view that has ended.
    view.signal.addEventListener("abort", () => view.el.replaceChildren(), { once: true });
    assets.module.then((module) => {
      const root = view.el.getRootNode();
      if (root instanceof ShadowRoot) addStyle(root);
      module.prepareView(view);
      if (!view.signal.aborted) module.default.render(view);
    });
  },
};
