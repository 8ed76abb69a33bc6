/** @import { Listener, Model, Reply } from "./types.js" */

/**
 * Call fn now and whenever one of the traits changes, until the view is gone.
 * @param {Model} model
 * @param {string[]} names
 * @param {() => void} fn
 * @param {AbortSignal} signal
 */
export function observe(model, names, fn, signal) {
  const events = names.map((name) => `change:${name}`);
  for (const event of events) model.on(event, fn);
  const stop = () => {
    for (const event of events) model.off(event, fn);
  };
  signal.addEventListener("abort", stop, { once: true });
  fn();
}

/**
 * Set traits, and let Python know when the notebook comes to it: for what changes all the time.
 * See setTraits for what must arrive at once.
 * @param {Model} model
 * @param {Record<string, unknown>} traits
 */
export function saveTraits(model, traits) {
  for (const [name, value] of Object.entries(traits)) model.set(name, value);
  model.save_changes();
}

/**
 * Listen to messages from Python in which a field has a value, until the view is gone.
 * @param {Model} model
 * @param {string} name
 * @param {unknown} value
 * @param {(content: any, buffers: DataView<ArrayBuffer>[]) => void} fn
 * @param {AbortSignal} signal
 */
export function onMessage(model, name, value, fn, signal) {
  /** @type {Listener} */
  const listen = (content, buffers) => {
    if (content?.[name] === value) fn(content, buffers ?? []);
  };
  model.on("msg:custom", listen);
  signal.addEventListener("abort", () => model.off("msg:custom", listen), { once: true });
}

/**
 * Call fn when the kernel is gone, which the notebook says once; it never comes back.
 * @param {Model} model
 * @param {() => void} fn
 * @param {AbortSignal} signal
 */
export function onKernelLost(model, fn, signal) {
  model.on("comm_live_update", fn);
  signal.addEventListener("abort", () => model.off("comm_live_update", fn), { once: true });
}

/** What a request ends with where the kernel is gone: nobody has got it. */
export class KernelLost extends Error {
  constructor() {
    super("The kernel is not there any more: run the cell again.");
  }
}

/**
 * Send Python a message; returns false where the kernel is gone. A view that was made after
 * that has missed what onKernelLost listens to.
 * @param {Model} model
 * @param {object} content
 * @param {ArrayBuffer[]} [buffers]
 */
export function trySend(model, content, buffers) {
  try {
    model.send(content, undefined, buffers);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ask Python; rejects with the error's words, or with KernelLost. The signal ends the wait
 * with the view.
 * @param {Model} model
 * @param {string} kind
 * @param {object} [body]
 * @param {{ buffers?: ArrayBuffer[], signal?: AbortSignal }} [options]
 * @returns {Promise<Reply>}
 */
export function request(model, kind, body = {}, { buffers, signal } = {}) {
  const number = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const waiting = new AbortController();
  signal?.addEventListener("abort", () => waiting.abort(), { signal: waiting.signal });
  /** @type {Promise<Reply>} */
  const answered = new Promise((resolve, reject) => {
    const gone = () => reject(new KernelLost());
    onMessage(
      model,
      "number",
      number,
      (content, attached) => {
        if (content.error) reject(new Error(content.error));
        else resolve({ answer: content.answer, buffers: attached });
      },
      waiting.signal,
    );
    onKernelLost(model, gone, waiting.signal);
    if (!trySend(model, { ...body, kind, number }, buffers)) gone();
  });
  return answered.finally(() => waiting.abort());
}

/**
 * What an error says.
 * @param {unknown} error
 */
export function errorText(error) {
  return error instanceof Error ? error.message : String(error);
}
