// The clipboard, where the page may use it.

/**
 * Put text into the clipboard; where the page may not, select it and return false.
 * @param {string} text
 * @param {Node} shown where the text can be seen
 */
export async function copyText(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(shown);
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    return false;
  }
}

/**
 * Put an image into the clipboard: a PNG, which is all that browsers take, and which may be still
 * to come. Rejects with words.
 * @param {Promise<DataView<ArrayBuffer>>} png
 */
export async function copyPng(png) {
  if (!navigator.clipboard?.write || !globalThis.ClipboardItem) {
    png.catch(() => {});
    throw new Error("This page may not copy images (that takes https or localhost): download it.");
  }
  const blob = png.then((bytes) => new Blob([bytes], { type: "image/png" }));
  await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
}
