import { childController } from "./child_controller.js";
import { isKnown } from "./kernel_state.js";

/** @import { Listener, Model, Reply } from "./types.js" */

/**
 * Call fn now and whenever one of the traits changes, until the view is gone.
 * @param {Model} model
 * @param {string[]} names
 * @param {() => void} fn
 * @param {AbortSignal} signal
 */
export function observe(model, names, fn, signal) {
  if (signal.aborted) return; // a callback that came after the view's end
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
  if (signal.aborted) return;
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
  if (signal.aborted) return;
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

// A request that the kernel has not taken by then is looked after: see followUp.
const SILENT_MS = 5_000;
const BUSY =
  "The kernel has not answered yet: a cell is running, and this is done when it ends. \
If none is running, the kernel was restarted: run the cell again.";

/** @type {WeakSet<Model>} */
const forgotten = new WeakSet(); // models that their kernel does not know any more

/**
 * Ask Python; rejects with the error's words, or with KernelLost. The signal ends the wait
 * with the view; where that is gone already, the message is sent and its answer not waited for.
 * @param {Model} model
 * @param {string} kind
 * @param {object} [body]
 * @param {{ buffers?: ArrayBuffer[], signal?: AbortSignal }} [options]
 * @returns {Promise<Reply>}
 */
export function request(model, kind, body = {}, { buffers, signal } = {}) {
  const number = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const waiting = signal ? childController(signal) : new AbortController();
  /** @type {Promise<Reply>} */
  const answered = new Promise((resolve, reject) => {
    const gone = () => reject(new KernelLost());
    const received = followUp(model, gone, waiting.signal);
    onMessage(
      model,
      "number",
      number,
      (content, attached) => {
        if (content.received) received();
        else if (content.error) reject(new Error(content.error));
        else resolve({ answer: content.answer, buffers: attached });
      },
      waiting.signal,
    );
    onKernelLost(model, gone, waiting.signal);
    if (forgotten.has(model) || !trySend(model, { ...body, kind, number }, buffers)) gone();
  });
  return answered.finally(() => waiting.abort());
}

/**
 * Say within ten seconds why a request has no answer: nobody knows of it any more, or a cell
 * runs. Returns what is to be called when Python has it.
 * @param {Model} model
 * @param {() => void} gone
 * @param {AbortSignal} signal
 */
function followUp(model, gone, signal) {
  if (signal.aborted) return () => {};
  const timer = setTimeout(async () => {
    const known = await isKnown(model);
    if (signal.aborted) return;
    if (known === false) {
      forgotten.add(model);
      gone();
    } else if (!known) {
      model.set("error", BUSY);
    }
  }, SILENT_MS);
  const end = () => {
    clearTimeout(timer);
    if (model.get("error") === BUSY) model.set("error", "");
  };
  signal.addEventListener("abort", end, { once: true });
  return end;
}

/**
 * What an error says.
 * @param {unknown} error
 */
export function errorText(error) {
  return error instanceof Error ? error.message : String(error);
}
