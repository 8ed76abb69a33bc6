// A file goes to Python in parts: a message has a limit that a picture may pass.

const PART = 2 ** 20;
const MOST = 25 * 2 ** 20;

/** Send a file; tell(share) is called as it goes. Rejects with words. */
async function sendFile(model, kind, file, tell, signal, most = MOST) {
  if (file.size > most) throw new Error(`${file.name} is larger than ${most / 2 ** 20} MB.`);
  if (!file.size) throw new Error(`${file.name} is empty.`);
  const parcel = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  for (let start = 0; start < file.size; start += PART) {
    const part = await file.slice(start, start + PART).arrayBuffer();
    if (signal.aborted) return;
    await ask(model, kind, { name: file.name, parcel, size: file.size }, { buffers: [part], signal });
    tell(Math.min(1, (start + PART) / file.size));
  }
}

/** The pictures of a drop or a paste. */
function picturesOf(transfer) {
  return [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}
