// A file goes to Python in parts: a message has a limit that an image may pass.

import { request } from "./model.js";

/** @import { Model } from "./types.js" */

const PART_BYTES = 2 ** 20;

/**
 * Send a file; onProgress(share) is called as it goes. Rejects with words.
 * @param {Model} model
 * @param {string} kind the message that takes a part
 * @param {File} file
 * @param {{ maxBytes: number, onProgress: (share: number) => void, signal: AbortSignal }} options
 */
export async function sendFile(model, kind, file, { maxBytes, onProgress, signal }) {
  if (file.size > maxBytes)
    throw new Error(`${file.name} is larger than ${maxBytes / 2 ** 20} MB.`);
  if (!file.size) throw new Error(`${file.name} is empty.`);
  const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  for (let start = 0; start < file.size; start += PART_BYTES) {
    const part = await file.slice(start, start + PART_BYTES).arrayBuffer();
    if (signal.aborted) return;
    const body = { name: file.name, upload_id: id, size: file.size };
    await request(model, kind, body, { buffers: [part], signal });
    onProgress(Math.min(1, (start + PART_BYTES) / file.size));
  }
}

/**
 * The images of a drop or a paste.
 * @param {DataTransfer | null} transfer
 */
export function imageFiles(transfer) {
  return [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}
