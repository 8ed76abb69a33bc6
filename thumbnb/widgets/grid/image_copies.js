// Copies of pictures, made in Python no larger than they are shown.

const WIDTHS = [120, 180, 240, 320, 400, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840];

/** The pixels to ask for, of what is shown this many CSS pixels wide: one of a few widths. */
function pixels(width) {
  const wanted = width * Math.min(devicePixelRatio || 1, 3);
  return WIDTHS.find((each) => each >= wanted - 2) ?? WIDTHS.at(-1);
}

/**
 * The copies one view asks for. What is wanted in one turn is asked for in one message;
 * what was asked for and has not come is not asked for again.
 */
function copiesOf(model, signal) {
  const waiting = new Map(); // "id/width" -> those who take the bytes, or the error
  let wanted = [];
  const land = (id, width, copy) => {
    const takers = waiting.get(`${id}/${width}`) ?? [];
    waiting.delete(`${id}/${width}`);
    for (const take of takers) take(copy);
  };
  const order = async (some) => {
    try {
      await ask(model, "copies", { wanted: some }, { signal });
    } catch ({ message }) {
      for (const [id, width] of some) land(id, width, { error: message });
    }
  };
  const orderAll = () => {
    for (let at = 0; at < wanted.length; at += 200) order(wanted.slice(at, at + 200));
    wanted = [];
  };
  hear(model, "kind", "copy", ({ id, width, error }, [bytes]) => land(id, width, error ? { error } : { bytes }), signal);
  signal.addEventListener("abort", () => waiting.clear(), { once: true });
  return (id, width, take) => {
    const key = `${id}/${width}`;
    if (waiting.has(key)) return waiting.get(key).push(take);
    waiting.set(key, [take]);
    if (wanted.push([id, width]) === 1) queueMicrotask(orderAll);
  };
}

/**
 * An <img> that shows copies of pictures: show(id, width, came) asks for one, unless it shows
 * as large a one; came("") says that it is there, came(error) that nothing is. The address of
 * each copy is given back when the next is there.
 */
function copyImage(copies, signal, props = {}) {
  const img = h("img", { alt: "", draggable: "false", decoding: "async", ...props });
  const shown = { id: null, width: 0, asked: 0 };
  const release = () => {
    if (img.src) URL.revokeObjectURL(img.src);
    img.removeAttribute("src");
    Object.assign(shown, { id: null, width: 0, asked: 0 });
  };
  signal.addEventListener("abort", release, { once: true });
  img.release = release;
  img.show = (id, width, came = () => {}) => {
    if (shown.id === id && shown.asked >= width) return;
    if (shown.id !== id) release();
    Object.assign(shown, { id, asked: width });
    copies(id, width, ({ bytes, error }) => {
      if (signal.aborted || shown.id !== id || width < shown.width) return;
      if (error) return shown.width || came(error); // what is shown stays
      const before = img.src;
      img.src = blobUrl(bytes);
      shown.width = width;
      if (before) URL.revokeObjectURL(before);
      came("");
    });
  };
  return img;
}
